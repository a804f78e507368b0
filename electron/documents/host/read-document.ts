import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import { readSignature, signatureBytes } from './detect-format.ts';
import { DocumentFailure } from './failure.ts';
import { noteWrongExtension } from './known-extensions.ts';
import { readOle } from './office/read-ole.ts';
import type { Reading } from './reading.ts';
import { readRtf } from './rtf/read-rtf.ts';
import type { SourceFile } from './source-file.ts';
import { readText } from './text/read-text.ts';
import { readZip } from './zip/read-zip.ts';

/** @throws DocumentFailure */
export async function readDocument(file: SourceFile, reading: Reading): Promise<void> {
  const { sizeBytes } = file;
  if (sizeBytes === 0) throw new DocumentFailure({ code: 'EMPTY', data: {} });
  const limitBytes = reading.limits.fileBytes;
  if (sizeBytes > limitBytes) throw new DocumentFailure({ code: 'TOO_LARGE', data: { sizeBytes, limitBytes } });
  // Said as soon as it is known, so that it is also said of a file that fails later.
  let isNoted = false;
  const noted: Reading = {
    ...reading,
    async recognised(format: DocumentFormat, pages: number | null) {
      if (!isNoted) noteWrongExtension(file.extension, format, reading);
      isNoted = true;
      await reading.recognised(format, pages);
    },
  };
  const signature = readSignature(await file.read(0, signatureBytes));
  switch (signature.kind) {
    case 'unsupported':
      throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: signature.name } });
    case 'heic':
      throw new DocumentFailure({ code: 'HEIC_PICTURE', data: {} });
    case 'zip':
      return readZip(file, noted);
    case 'ole':
      return readOle(file);
    case 'none':
      await readText(file, noted);
      return;
    case 'format':
      switch (signature.format) {
        case 'pdf': {
          // Most of this process's code, and of the time it takes to start.
          const { readPdf } = await import('./pdf/read-pdf.ts');
          return readPdf(file, noted);
        }
        case 'rtf':
          return readRtf(file, noted);
        case 'dicom': {
          const { readDicom } = await import('./dicom/read-dicom.ts');
          return readDicom(file, noted);
        }
        default: {
          const { readImage } = await import('./ocr/read-image.ts');
          return readImage(file, noted);
        }
      }
  }
}
