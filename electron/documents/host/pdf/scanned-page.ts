import { ImageKind, OPS, type PDFPageProxy } from 'unpdf/pdfjs';

import type { BlockBox, DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { meanConfidence, recognisedBlocks } from '../ocr/recognised-text.ts';
import { openRecogniser } from '../ocr/recogniser.ts';
import { encodePicture, type Pixels } from './encode-picture.ts';

export interface ScannedPage {
  readonly pictures: number;
  readonly blocks: readonly DocumentBlock[];
  readonly confidence: number | null;
}

/** Smaller pictures are logos and stamps. */
const leastPixels = 100_000;
const mostPixels = 40_000_000;

/** Recognises the text of the largest picture of a page that has no text of its own. */
export async function readScannedPage(page: PDFPageProxy): Promise<ScannedPage> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const names: string[] = [];
  for (const [index, operation] of fnArray.entries()) {
    const name: unknown = operation === OPS.paintImageXObject ? argsArray[index]?.[0] : undefined;
    if (typeof name === 'string') names.push(name);
  }
  let largest: Pixels | undefined;
  for (const name of names.slice(0, 20)) {
    const pixels = await findPixels(page, name);
    if (pixels === undefined || pixels.width * pixels.height > mostPixels) continue;
    if (largest === undefined || pixels.width * pixels.height > largest.width * largest.height) largest = pixels;
  }
  const nothing = { pictures: names.length, blocks: [], confidence: null };
  if (largest === undefined || largest.width * largest.height < leastPixels) return nothing;
  const viewport = page.getViewport({ scale: 1 });
  const { bytes, width, height } = encodePicture(largest, viewport.rotation);
  const paragraphs = (await openRecogniser()).recognise(bytes);
  if (paragraphs === null) return nothing;
  // A scan fills its page.
  const [across, down] = [viewport.width / width, viewport.height / height];
  const place = (box: BlockBox): BlockBox => ({
    x: round(box.x * across),
    y: round(box.y * down),
    width: round(box.width * across),
    height: round(box.height * down),
  });
  return {
    pictures: names.length,
    blocks: recognisedBlocks(paragraphs, place),
    confidence: meanConfidence(paragraphs),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

async function findPixels(page: PDFPageProxy, name: string): Promise<Pixels | undefined> {
  const store = name.startsWith('g_') ? page.commonObjs : page.objs;
  const found = await new Promise<unknown>((resolve) => {
    store.get(name, resolve);
  });
  if (typeof found !== 'object' || found === null) return undefined;
  const [width, height, kind, data]: unknown[] = ['width', 'height', 'kind', 'data'].map((key) =>
    Reflect.get(found, key),
  );
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return undefined;
  switch (kind) {
    case ImageKind.GRAYSCALE_1BPP:
      return { width, height, data, bitsPerPixel: 1 };
    case ImageKind.RGB_24BPP:
      return { width, height, data, bitsPerPixel: 24 };
    case ImageKind.RGBA_32BPP:
      return { width, height, data, bitsPerPixel: 32 };
    default:
      return undefined;
  }
}
