import type { ExtractionProduct } from '../../../../shared/model/documents/extraction-protocol.ts';
import { DocumentFailure } from '../failure.ts';
import type { SourceFile } from '../source-file.ts';
import { deidentify } from './deidentify.ts';
import { planPicture } from './dicom-picture.ts';
import { openDicom } from './open-dicom.ts';

/** @throws DocumentFailure */
export async function makeFromDicom(file: SourceFile, make: ExtractionProduct): Promise<Buffer> {
  const dicom = await openDicom(file);
  switch (make.kind) {
    case 'deidentified':
      return deidentify(dicom, make.uidKey);
    case 'picture': {
      const { draw, refusal = 'no picture' } = planPicture(dicom);
      if (draw === undefined) throw new DocumentFailure({ code: 'PICTURE_NOT_SHOWN', data: { kind: refusal } });
      return draw();
    }
  }
}
