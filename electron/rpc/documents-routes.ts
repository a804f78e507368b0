import type { DocumentEvent } from '../../shared/contract/index.ts';
import type { Documents } from '../documents/documents.ts';
import type { IncomingFiles } from '../transfer/incoming-files.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function documentsRoutes(
  os: Implementer['documents'],
  { documents, files }: { readonly documents: Documents; readonly files: IncomingFiles },
) {
  return os.router({
    add: os.add.handler(({ input, signal }) => stream(signal, (ended) => read(input.ticket, ended))),
    report: os.report.handler(({ input: { documentId } }) => ({
      ...documents.report(documentId),
      embedding: documents.embedding(documentId),
    })),
    list: os.list.handler(({ input }) => ({ documents: documents.list(input.limit) })),
    passages: os.passages.handler(({ input }) => ({ passages: documents.passages(input.documentId, input.seqs) })),
    remove: os.remove.handler(({ input }) => {
      documents.remove(input.documentId);
      return {};
    }),
    restore: os.restore.handler(({ input }) => documents.restore(input.documentId)),
  });

  /** What was handed over is deleted as soon as it was read. */
  async function* read(ticket: string, signal: AbortSignal): AsyncGenerator<DocumentEvent> {
    using file = files.take(ticket);
    yield* documents.add(file, signal);
  }
}
