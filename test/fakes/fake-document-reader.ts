import type { DocumentReader } from '../../electron/documents/document-reader.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** There is nothing to show. */
export function createFakeDocumentReader(): DocumentReader {
  const missing = (documentId: string): never => {
    throw new ClawdbotError('DOCUMENT_NOT_FOUND', 'There is no such document.', { documentId });
  };
  return { open: async (documentId) => missing(documentId), piece: async (id) => missing(id), passages: missing };
}
