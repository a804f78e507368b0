import { corrupt, DocumentFailure } from '../failure.ts';
import type { Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { pictureSize } from './picture-size.ts';
import { meanConfidence, recognisedBlocks } from './recognised-text.ts';
import { openRecogniser } from './recogniser.ts';

const mostBytes = 64 * 1024 * 1024;
/** Unpacked, a picture takes four bytes a pixel, and recognition as much again. */
const mostPixels = 40_000_000;
/** Below this a person should look at the picture. */
export const sureConfidence = 0.7;

/** A picture of text. @throws DocumentFailure */
export async function readImage(file: SourceFile, reading: Reading): Promise<void> {
  await reading.recognised('image', 1);
  if (file.sizeBytes > mostBytes) {
    throw new DocumentFailure({ code: 'TOO_LARGE', data: { sizeBytes: file.sizeBytes, limitBytes: mostBytes } });
  }
  const bytes = await file.read(0, file.sizeBytes);
  const size = pictureSize(bytes);
  if (size !== undefined && size.width * size.height > mostPixels) {
    const sizeBytes = size.width * size.height * 4;
    throw new DocumentFailure({ code: 'TOO_LARGE', data: { sizeBytes, limitBytes: mostPixels * 4 } });
  }
  const paragraphs = (await openRecogniser()).recognise(bytes);
  if (paragraphs === null) throw corrupt('the picture cannot be decoded');
  const confidence = meanConfidence(paragraphs);
  // A picture has pixels; one counts as a point.
  const blocks = recognisedBlocks(paragraphs, (box) => box);
  await reading.page({
    unit: 'page',
    ...(size === undefined ? {} : { widthPt: size.width, heightPt: size.height }),
    blocks,
    pictures: 1,
    ...(confidence === null ? {} : { recognised: confidence }),
  });
  if (confidence !== null && confidence < sureConfidence) {
    reading.problem({ code: 'RECOGNITION_UNSURE', data: { pages: [1], confidence } });
  }
}
