import path from 'node:path';
import { parseArgs } from 'node:util';

import { writeGguf } from '../../../test/model/gguf-writer.ts';
import { readVocabulary } from '../tokeniser/vocabulary.ts';
import { readWeights } from './read-weights.ts';
import { starterGguf, type WeightType } from './starter-gguf.ts';

/** `node export.ts WEIGHTS_FOLDER [--out FILE] [--type Q8_0|F16]`: trained weights to a GGUF file. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, type: { type: 'string', default: 'Q8_0' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Say where the weights are.');
const file = path.resolve(values.out ?? path.join(import.meta.dirname, '../clawdbot-starter.gguf'));
const { sizeBytes } = await writeGguf(file, starterGguf(readWeights(folder), readVocabulary(), parseType(values.type)));
console.log(`${file}: ${(sizeBytes / 1e6).toFixed(1)} MB`);

function parseType(type: string): WeightType {
  if (type === 'F16' || type === 'Q8_0') return type;
  throw new Error(`--type is F16 or Q8_0, not ${type}.`);
}
