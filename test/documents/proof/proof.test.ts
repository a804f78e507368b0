import { expect, test } from 'vitest';

import { createStoredDocuments } from '../../../electron/store/stored-documents.ts';
import { openTempDatabase } from '../../store/temp-database.ts';
import { indexDocuments } from '../retrieval/measure-recall.ts';
import { readQuestionSet } from '../retrieval/read-question-set.ts';
import { measureProof } from './measure-proof.ts';

test('over the whole question set, citations lead to the right page and marks are right', { timeout: 240_000 }, () => {
  const store = createStoredDocuments(openTempDatabase());
  const set = readQuestionSet();
  indexDocuments(store, set);
  const measured = measureProof(store, set);
  expect(measured.asked).toBeGreaterThan(300);
  expect(measured.misses).toEqual([]);
  expect(measured.wrongMarks).toEqual([]);
  expect(measured.untrueFound).toBe(0);
  expect(measured.found / measured.asked).toBeGreaterThan(0.9);
  expect(measured.bareFound / measured.bareAsked).toBeGreaterThan(0.5);
  expect(measured.absentFound / measured.absent).toBeLessThan(0.01);
  expect(measured.seenNumbers / measured.changedNumbers).toBeGreaterThan(0.99);
  expect(measured.seenQuotes / measured.changedQuotes).toBeGreaterThan(0.97);
});
