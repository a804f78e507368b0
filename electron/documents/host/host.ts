import {
  madePieceBytes,
  type ExtractionProduct,
  type ExtractionReport,
  type ExtractionRequest,
  type ExtractionSource,
} from '../../../shared/model/documents/extraction-protocol.ts';
import { corrupt, DocumentFailure } from './failure.ts';
import { readDocument } from './read-document.ts';
import { createReading } from './reading.ts';
import { openSource } from './source-file.ts';

/** Reads what it is asked to, one file after another. */
export function createHost(
  send: (report: ExtractionReport) => Promise<void>,
  setMemoryLimit: (limitBytes: number) => void,
): (request: ExtractionRequest) => void {
  let last = Promise.resolve();
  return (request) => {
    last = last.then(() => readOne(request));
  };

  async function readOne({ id, source, limits, make }: ExtractionRequest): Promise<void> {
    setMemoryLimit(limits.memoryBytes);
    if (make !== undefined) return makeOne(id, source, make);
    const reading = createReading(id, limits, send);
    try {
      await using file = await openSource(source);
      await readDocument(file, reading);
    } catch (error) {
      reading.problem(problemOf(error));
    }
    const { title, language } = await reading.finish();
    await send({ type: 'finished', id, title, language, residentBytes: process.memoryUsage.rss() });
  }

  async function makeOne(id: number, source: ExtractionSource, make: ExtractionProduct): Promise<void> {
    try {
      await using file = await openSource(source);
      const { makeFromDicom } = await import('./dicom/make-from-dicom.ts');
      const made = await makeFromDicom(file, make);
      for (let at = 0; at < made.length; at += madePieceBytes) {
        // A copy, for a part of a buffer is sent with all of it.
        await send({ type: 'made', id, bytes: Uint8Array.from(made.subarray(at, at + madePieceBytes)) });
      }
    } catch (error) {
      await send({ type: 'problem', id, problem: problemOf(error) });
    }
    const residentBytes = process.memoryUsage.rss();
    await send({ type: 'finished', id, title: null, language: null, residentBytes });
  }
}

/** Readers throw what they understand; anything else is a file that no reader was prepared for. */
function problemOf(error: unknown): DocumentFailure['problem'] {
  if (error instanceof DocumentFailure) return error.problem;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return corrupt('its content contradicts itself', error).problem;
}
