import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

/**
 * `node write-card.ts BENCH_LINES [--out FILE]`: puts what `npm run bench -- starter --json` measured into the model card,
 * between its marks; without an argument it writes the rows without figures.
 */
const lineSchema = z.object({ bench: z.literal('starter'), metric: z.string(), value: z.number(), unit: z.string() });

const rows: readonly (readonly [metric: string, ability: string, goal: string])[] = [
  ['doc_seen', 'question about a document, relation seen in training', '>= 95 %'],
  ['doc_seen_whole', 'the same with the whole document', ''],
  ['doc_unseen', 'relation never seen', '>= 70 %'],
  ['doc_unseen_whole', 'the same with the whole document', ''],
  ['doc_absent', 'says that the document does not say', '>= 90 %'],
  ['doc_absent_whole', 'the same with the whole document', ''],
  ['tool_call', 'tool call valid and right', '>= 95 %'],
  ['title_summary', 'title or summary mentions the main entities', '>= 90 %'],
  ['chat_patterns', 'greeting, identity, limits, help about the app', '>= 95 %'],
  ['zh_relative', 'Chinese as a share of the English figures', '>= 80 %'],
  ['sentences_found', 'the sentences found hold the answer (no matter of the model)', ''],
  ['first_word_400', 'first word after a prompt of 400 tokens, 2 threads', '<= 150 ms'],
  ['tokens_per_s', 'tokens a second, 2 threads', '>= 150'],
];

const marks = ['<!-- measured -->', '<!-- end of measured -->'] as const;
const card = path.join(import.meta.dirname, '../MODEL-CARD.md');

const [benchFile] = process.argv.slice(2);
const lines =
  benchFile === undefined
    ? []
    : readFileSync(benchFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
const measured = new Map(lines.map((line) => lineSchema.parse(JSON.parse(line))).map((line) => [line.metric, line]));
const table = rows.map(([metric, ability, goal]) => {
  const line = measured.get(metric);
  return `| ${ability} | ${line === undefined ? 'not measured' : `${line.value} ${line.unit}`} | ${goal} |`;
});
const text = readFileSync(card, 'utf8');
const [before, after] = [text.split(marks[0])[0], text.split(marks[1])[1]];
if (before === undefined || after === undefined) throw new Error(`${card} has lost its marks.`);
const body = ['| ability, on held-out questions | measured | goal |', '|---|---|---|', ...table].join('\n');
writeFileSync(card, `${before}${marks[0]}\n\n${body}\n\n${marks[1]}${after}`);
console.log(card);
