import { expect, test } from 'vitest';

import { createStoredDocuments } from '../../../electron/store/stored-documents.ts';
import { openTempDatabase } from '../../store/temp-database.ts';
import { indexDocuments } from '../retrieval/measure-recall.ts';
import { readQuestionSet } from '../retrieval/read-question-set.ts';
import { measureNegatives } from './measure-negatives.ts';

test('of questions that no document answers, nine in ten find nothing, or prove no invented answer', () => {
  const store = createStoredDocuments(openTempDatabase());
  const set = readQuestionSet();
  indexDocuments(store, set);
  const { asked, nothing, uncited, cited } = measureNegatives(store, set);
  expect(asked).toBeGreaterThanOrEqual(40);
  expect((nothing + uncited) / asked, cited.join('\n')).toBeGreaterThanOrEqual(0.9);
  // A number that stands nowhere is never borne out.
  expect(cited.filter((answer) => answer.includes('98'))).toEqual([]);
});
