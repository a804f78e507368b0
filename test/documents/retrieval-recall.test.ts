import { expect, test } from 'vitest';

import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { indexDocuments, measureRecall } from './retrieval/measure-recall.ts';
import { readQuestionSet } from './retrieval/read-question-set.ts';

test('of a hundred questions at least 95 find the passage that answers them among the first five', () => {
  const set = readQuestionSet();
  const store = createStoredDocuments(openTempDatabase());
  indexDocuments(store, set);
  const { asked, inFive, missed } = measureRecall(store, set);
  expect(inFive / asked, missed.map(({ question }) => question).join('\n')).toBeGreaterThanOrEqual(0.95);
});
