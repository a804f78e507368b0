import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { checkModel, openRealEngine } from '../../../test/engine/real-models.ts';
import { writeGguf } from '../../../test/model/gguf-writer.ts';
import { readCorpus } from '../generate/corpus.ts';
import { encodeSample, learnedBit } from '../generate/encode-sample.ts';
import { heldOutQuestions } from '../generate/held-out-samples.ts';
import { take } from '../generate/take.ts';
import { createEncoder } from '../tokeniser/encode.ts';
import { readVocabulary } from '../tokeniser/vocabulary.ts';
import { readWeights } from './read-weights.ts';
import { starterGguf } from './starter-gguf.ts';

/**
 * `node compare.ts WEIGHTS_FOLDER [--python python3] [--count 30]`: whether the engine says of an F16 export what PyTorch
 * says of the same weights, greedily, word for word. Ends with 1 when an answer differs.
 */
const longestTokens = 32;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' }, count: { type: 'string', default: '30' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Say where the weights are.');

const vocabulary = readVocabulary();
const encoder = createEncoder(vocabulary);
const questions = take(heldOutQuestions(readCorpus(), 'en', 'train', 99), Number(values.count)).map(({ sample }) => {
  const asked = { ...sample, turns: sample.turns.slice(0, 1) };
  const tokens = encodeSample(asked, vocabulary, encoder).map((token) => token & (learnedBit - 1));
  return {
    text: asked.turns[0]?.text ?? '',
    tokens: [...tokens, vocabulary.turnStartId, ...encoder.encode('assistant\n')],
  };
});

const work = mkdtempSync(path.join(tmpdir(), 'starter-compare-'));
try {
  const expected = askTorch();
  const file = path.join(work, 'f16.gguf');
  await writeGguf(file, starterGguf(readWeights(folder), vocabulary, 'F16'));
  await using engine = openRealEngine();
  const model = engine.languageModel(await checkModel('compared', file));
  let same = 0;
  for (const [index, { text }] of questions.entries()) {
    const { content } = await model.doGenerate({
      prompt: [{ role: 'user', content: [{ type: 'text', text }] }],
      temperature: 0,
      maxOutputTokens: longestTokens,
    });
    const said = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const wanted = expected[index] ?? '';
    // The engine leaves out white space around an answer.
    if (said.trim() === wanted.trim()) same += 1;
    else console.log(JSON.stringify({ index, wanted, said }));
  }
  console.log(`${same} of ${questions.length} answers are the same, ${new Set(expected).size} of them different ones.`);
  process.exitCode = same === questions.length ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function askTorch(): string[] {
  const prompts = path.join(work, 'prompts.jsonl');
  writeFileSync(prompts, questions.map(({ tokens }) => `${JSON.stringify(tokens)}\n`).join(''));
  const script = path.join(import.meta.dirname, '../train/answer.py');
  const output = execFileSync(values.python, [script, path.resolve(folder ?? ''), prompts, String(longestTokens)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => vocabulary.decode(parseTokens(line)));
}

function parseTokens(line: string): number[] {
  const tokens: unknown = JSON.parse(line);
  return Array.isArray(tokens) ? tokens.map(Number) : [];
}
