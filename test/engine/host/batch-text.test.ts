import { expect, test } from 'vitest';
import { batchText, type Message } from '../../../electron/engine/host/batch-text.ts';
import type { EngineReport } from '../../../shared/model/engine-protocol.ts';

const text = (id: number, words: string): EngineReport => ({ type: 'text', id, text: words, tokens: 1, atMs: 1 });
const finished: EngineReport = {
  type: 'finished',
  id: 1,
  finish: 'stop',
  usage: { promptTokens: 1, cachedTokens: 0, replyTokens: 1 },
};

test('the texts of one moment go together, at the latest with its end', async () => {
  const posted: Message[] = [];
  const send = batchText((message) => void posted.push(message));
  send(text(1, 'a'));
  send(text(2, 'b'));
  expect(posted).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(posted).toEqual([[text(1, 'a'), text(2, 'b')]]);
});

test('no report overtakes a text', () => {
  const posted: Message[] = [];
  const send = batchText((message) => void posted.push(message));
  send({ type: 'ready' });
  send(text(1, 'a'));
  send(finished);
  expect(posted).toEqual([{ type: 'ready' }, [text(1, 'a')], finished]);
});
