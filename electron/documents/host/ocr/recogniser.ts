import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

import { locateOcrFiles } from './ocr-files.ts';
import { parseTsv, type RecognisedParagraph } from './recognised-text.ts';

/** What is used of Tesseract's C++ interface. */
interface TesseractCore {
  readonly FS: { writeFile(name: string, bytes: Uint8Array): void; unlink(name: string): void };
  readonly TessBaseAPI: new () => TesseractApi;
  readonly OEM_LSTM_ONLY: number;
}

interface TesseractApi {
  Init(dataPath: null, languages: string, engine: number): number;
  /** The file `/input`; answers 1 when it is no picture it knows. */
  SetImageFile(exif: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  Clear(): void;
}

export interface Recogniser {
  /** The text of a picture in PNG, JPEG, TIFF, BMP, GIF, WebP or PNM; null when it is none of them. Boxes in pixels. */
  recognise(picture: Uint8Array): readonly RecognisedParagraph[] | null;
}

const inputFile = '/input';
let opened: Promise<Recogniser> | undefined;

/** English and Simplified Chinese, on this machine. Kept once it was needed: it takes a while to start. */
export function openRecogniser(): Promise<Recogniser> {
  opened ??= start();
  return opened;
}

async function start(): Promise<Recogniser> {
  const files = locateOcrFiles();
  // Which file it is, is decided above and by nobody else; a bundler cannot follow it into a WebAssembly module.
  const load = createRequire(import.meta.url);
  const make: unknown = load(files.core);
  if (typeof make !== 'function') throw new Error('Tesseract is not what it was.');
  const quiet = (): void => undefined;
  const core: TesseractCore = await Reflect.apply(make, undefined, [
    { wasmBinary: readFileSync(files.wasm), print: quiet, printErr: quiet },
  ]);
  for (const [language, file] of Object.entries(files.languages)) {
    core.FS.writeFile(`${language}.traineddata`, gunzipSync(readFileSync(file)));
  }
  const api = new core.TessBaseAPI();
  if (api.Init(null, Object.keys(files.languages).join('+'), core.OEM_LSTM_ONLY) !== 0) {
    throw new Error('Tesseract could not read its languages.');
  }
  return {
    recognise(picture) {
      core.FS.writeFile(inputFile, picture);
      try {
        if (api.SetImageFile(1, 0) === 1) return null;
        api.Recognize(null);
        return parseTsv(api.GetTSVText(0));
      } finally {
        api.Clear();
        core.FS.unlink(inputFile);
      }
    },
  };
}
