import dicomParser, { type DataSet } from 'dicom-parser';

import { corrupt, DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';
import { implicitLittleEndian } from './transfer-syntaxes.ts';

/** The whole file is in memory while it is read, and a copy of it while one is made. */
const mostBytes = 96 * 1024 * 1024;

export interface DicomFile {
  readonly bytes: Uint8Array;
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
}

/** @throws DocumentFailure CORRUPT, TOO_LARGE, NOT_SUPPORTED */
export async function openDicom(file: SourceFile): Promise<DicomFile> {
  const { sizeBytes } = file;
  if (sizeBytes > mostBytes) {
    throw new DocumentFailure({ code: 'TOO_LARGE', data: { sizeBytes, limitBytes: mostBytes } });
  }
  const bytes = await file.read(0, sizeBytes);
  const dataSet = parse(bytes);
  return { bytes, dataSet, transferSyntax: dataSet.string('x00020010') ?? implicitLittleEndian };
}

function parse(bytes: Uint8Array): DataSet {
  try {
    return dicomParser.parseDicom(bytes, {
      // What is packed there could unpack to anything; such files are rare.
      inflater() {
        throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: 'DICOM file with a deflated header' } });
      },
    });
  } catch (error) {
    // The parser throws strings, and objects around what it has caught.
    const cause = error instanceof DocumentFailure ? error : wrapped(error);
    if (cause instanceof DocumentFailure) throw cause;
    throw corrupt('its header cannot be made out', error);
  }
}

function wrapped(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'exception' in error ? error.exception : undefined;
}
