import type { Documents } from '../../electron/documents/documents.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** Nobody has dropped anything, and what is dropped cannot be read. */
export function createFakeDocuments(): Documents {
  const missing = (documentId: string): never => {
    throw new ClawdbotError('DOCUMENT_NOT_FOUND', 'There is no such document.', { documentId });
  };
  return {
    add: () => (async function* () {})(),
    addQuietly: () => Promise.reject(new ClawdbotError('CANCELLED', 'Nothing is read here.', {})),
    rename: () => undefined,
    describe: ({ id }) => missing(id),
    report: missing,
    list: () => [],
    passages: missing,
    remove: missing,
    restore: missing,
    whole: () => [],
    rank: async () => undefined,
    embedding: () => null,
    choose: () => ({ kind: 'nothing', passages: [] }),
    async [Symbol.asyncDispose]() {},
  };
}
