import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { evalEntrySchema, type EvalEntry } from '../eval/eval-set.ts';
import { readCorpus } from './corpus.ts';
import { heldOutQuestions } from './held-out-samples.ts';
import { absentQuestions, chatTasks, summaryTasks, toolTasks } from './held-out-tasks.ts';
import type { Language } from './slot-lists.ts';
import { take } from './take.ts';

/** Writes the committed test: `node models/starter/generate/write-eval.ts`. The same corpus gives the same file. */
const corpus = readCorpus();

function questions(language: Language, row: 'doc_seen' | 'doc_unseen', count: number, seed: number): EvalEntry[] {
  const held = heldOutQuestions(corpus, language, row === 'doc_seen' ? 'train' : 'eval', seed);
  return take(held, count).map(({ document, question, value }) => ({
    row,
    language,
    document,
    question,
    check: { kind: 'value', value },
  }));
}

const entries: EvalEntry[] = [
  ...questions('en', 'doc_seen', 500, 11),
  ...questions('en', 'doc_unseen', 500, 12),
  ...take(absentQuestions(corpus, 'en', 13), 300),
  ...take(toolTasks(corpus, 'en', 14), 300),
  ...take(summaryTasks(corpus, 'en', 15), 200),
  ...questions('zh', 'doc_seen', 250, 21),
  ...questions('zh', 'doc_unseen', 250, 22),
  ...take(absentQuestions(corpus, 'zh', 23), 120),
  ...take(toolTasks(corpus, 'zh', 24), 120),
  ...take(summaryTasks(corpus, 'zh', 25), 100),
  ...chatTasks(),
];
const file = path.join(import.meta.dirname, '../eval/held-out.jsonl');
writeFileSync(file, entries.map((entry) => `${JSON.stringify(evalEntrySchema.parse(entry))}\n`).join(''));
console.log(`${entries.length} questions: ${file}`);
