import { countCharacters, type DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import type { Reading } from '../reading.ts';

/** A part is what is sent and stored at once; about 30 printed pages. */
const partChars = 50_000;

/** Sends the blocks of a format without pages in parts of a good size. */
export async function sendParts(reading: Reading, blocks: Iterable<DocumentBlock>, pictures = 0): Promise<void> {
  let part: DocumentBlock[] = [];
  let size = 0;
  let picturesLeft = pictures;
  const flush = async (): Promise<void> => {
    const found = part;
    const seen = picturesLeft;
    [part, size, picturesLeft] = [[], 0, 0];
    await reading.page({ unit: 'part', blocks: found, pictures: seen });
  };
  for (const block of blocks) {
    const length = countCharacters(block);
    if (size > 0 && size + length > partChars) await flush();
    part.push(block);
    size += length;
  }
  if (part.length > 0) await flush();
}
