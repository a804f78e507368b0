import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface OcrFiles {
  /** Tesseract's own module, CommonJS as it comes. */
  readonly core: string;
  readonly wasm: string;
  /** Compressed with gzip, by language. */
  readonly languages: Readonly<Record<string, string>>;
}

/** Beside the built program, or in the packages they come from; never from anywhere else. */
export function locateOcrFiles(): OcrFiles {
  const built = path.join(import.meta.dirname, 'ocr');
  const find = existsSync(path.join(built, 'core.cjs'))
    ? (name: string): string => path.join(built, name)
    : (_: string, specifier: string): string => createRequire(import.meta.url).resolve(specifier);
  return {
    core: find('core.cjs', 'tesseract.js-core/tesseract-core-simd-lstm.js'),
    wasm: find('core.wasm', 'tesseract.js-core/tesseract-core-simd-lstm.wasm'),
    languages: {
      eng: find('eng.traineddata.gz', '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
      chi_sim: find('chi_sim.traineddata.gz', '@tesseract.js-data/chi_sim/4.0.0_best_int/chi_sim.traineddata.gz'),
    },
  };
}
