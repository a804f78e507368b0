import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { findProblems } from './find-problems.ts';
import { findShortages } from './find-shortages.ts';
import { questionSchema, sourceDocumentSchema, type QuestionSet } from './question-set.ts';

/**
 * Documents to render into files, and questions about them that say which block answers.
 *
 * @throws for anything that is not as the schemas have it, or that `findProblems` or `findShortages` finds
 */
export function readQuestionSet(folder = import.meta.dirname): QuestionSet {
  const set = { documents: readDocuments(path.join(folder, 'documents')), questions: readQuestions(folder) };
  const problems = [...findProblems(set), ...findShortages(set)];
  if (problems.length > 0) throw new Error(`The question set is not in order:\n${problems.join('\n')}`);
  return set;
}

function readDocuments(folder: string) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => {
    const document = sourceDocumentSchema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
    if (`${document.id}.json` !== name) throw new Error(`${name} holds the document ${document.id}.`);
    return document;
  });
}

function readQuestions(folder: string) {
  const lines = readFileSync(path.join(folder, 'questions.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => questionSchema.parse(JSON.parse(line)));
}
