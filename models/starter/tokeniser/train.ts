import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { readCorpus } from '../generate/corpus.ts';
import { stages, trainingSamples } from '../generate/mix.ts';
import { learnPieces } from './learn-pieces.ts';
import { splitText } from './split-text.ts';
import { createVocabulary } from './vocabulary.ts';

/** Learns the pieces from generated text: `node models/starter/tokeniser/train.ts`. The same corpus gives the same file. */
const samplesPerStage = 8000;
const vocabularySize = 8192;
const leastCharCount = 3;

const corpus = readCorpus();
const counts = new Map<string, number>();
const add = (text: string, times: number): void => {
  for (const part of splitText(text)) counts.set(part, (counts.get(part) ?? 0) + times);
};
for (const [index, stage] of stages.entries()) {
  let left = samplesPerStage;
  for (const { turns } of trainingSamples(corpus, stage, 900 + index)) {
    for (const { text } of turns) add(text, 1);
    left -= 1;
    if (left === 0) break;
  }
}
// Every printable sign of ASCII can be read, whether the corpus has it or not.
for (let code = 33; code < 127; code += 1) add(String.fromCharCode(code), leastCharCount);
const pieces = learnPieces(counts, vocabularySize - createVocabulary([]).size, leastCharCount);
const file = path.join(import.meta.dirname, 'pieces.json');
writeFileSync(file, `${JSON.stringify(pieces)}\n`);
console.log(`${pieces.length} pieces, ${createVocabulary(pieces).size} tokens, from ${counts.size} parts: ${file}`);
