import { expect, test } from 'vitest';

import { createRowsSelector } from '../../../renderer/chat/thread-rows.ts';
import { createMessage } from './scripted-chat.ts';

const question = createMessage({ id: 'm1', text: 'Why?' });
const reply = createMessage({ id: 'm2', parentId: 'm1', role: 'assistant', state: 'running', text: 'Be' });

test('the rows of a thread stay the same while the running answer only grows', () => {
  const select = createRowsSelector();
  const rows = select([question, reply]);
  expect(select([question, { ...reply, text: 'Because' }])).toBe(rows);
});

test('they change when a message comes, goes, ends, or is another one', () => {
  const select = createRowsSelector();
  const lists = [
    [question, reply],
    [question],
    [question, reply],
    [question, { ...reply, state: 'done' as const }],
    [{ ...question, text: 'Why not?' }, reply],
    [question, { ...reply, text: 'Another text' }],
    [question, { ...reply, id: 'm3', text: 'Another text' }],
  ];
  for (const list of lists) expect(select(list)).toBe(list);
});
