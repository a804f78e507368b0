import { getDocument, PDFDataRangeTransport, VerbosityLevel, type PDFDocumentProxy } from 'unpdf/pdfjs';

import { corrupt, DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';
import { CharacterMaps } from './character-maps.ts';

/** A larger file is read where the reader needs it, so that its pictures never have to be in memory. */
const wholeBytes = 16 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** @throws DocumentFailure PASSWORD_PROTECTED, CORRUPT */
export async function openPdf(file: SourceFile): Promise<PDFDocumentProxy> {
  const isWhole = file.sizeBytes <= wholeBytes;
  const task = getDocument({
    // The reader takes the array for its own, and wants no other kind.
    ...(isWhole
      ? { data: new Uint8Array(await file.read(0, file.sizeBytes)) }
      : { range: rangesOf(file), rangeChunkSize: chunkBytes }),
    disableStream: true,
    disableAutoFetch: true,
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    BinaryDataFactory: CharacterMaps,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy().catch(() => undefined);
    if (error instanceof DocumentFailure) throw error;
    const name = error instanceof Error ? error.name : '';
    if (name === 'PasswordException') throw new DocumentFailure({ code: 'PASSWORD_PROTECTED', data: {} });
    throw corrupt('its structure cannot be made out', error);
  }
}

function rangesOf(file: SourceFile): PDFDataRangeTransport {
  class FileRanges extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      void file.read(begin, end - begin).then(
        (bytes) => this.onDataRange(begin, bytes),
        // A file that goes away while it is read: the reader waits for this range until its time is up.
        () => undefined,
      );
    }
  }
  return new FileRanges(file.sizeBytes, null);
}
