import { setImmediate as nextTurn } from 'node:timers/promises';

import type { DocumentRecord, DocumentStore, NewPassage } from '../store/document-store.ts';

/** About 20 ms of work on a slow core: whoever waits for the process is served in between. */
export const passagesPerStep = 100;

export interface WritingRequest {
  readonly record: DocumentRecord;
  /** Taken one by one, as they are written. */
  readonly passages: Iterable<NewPassage>;
  /** What is kept of the reading, when the number of passages is known. */
  readonly reportFor: (passages: number) => string;
  readonly signal: AbortSignal;
}

/**
 * Writes a document of any size without holding the process for long. It is there when all of it is; when the signal
 * aborts or a step fails, nothing of it stays.
 *
 * @throws the signal's reason, DISK_FULL
 */
export async function writePassages(
  store: DocumentStore,
  { record, passages, reportFor, signal }: WritingRequest,
): Promise<DocumentRecord> {
  store.begin(record);
  try {
    let written = 0;
    let step: NewPassage[] = [];
    const write = (): void => {
      store.append(record.id, written, step);
      written += step.length;
      step = [];
    };
    for (const passage of passages) {
      step.push(passage);
      if (step.length < passagesPerStep) continue;
      write();
      await nextTurn();
      signal.throwIfAborted();
    }
    write();
    const report = reportFor(written);
    store.finish(record.id, report);
    return { ...record, report };
  } catch (error) {
    await discardDocument(store, record.id);
    throw error;
  }
}

/** Deletes what there is of a document that was not finished, or as much of it as is done when the signal aborts. */
export async function discardDocument(store: DocumentStore, documentId: string, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true && !store.discard(documentId, passagesPerStep)) await nextTurn();
}
