import { expect, test, vi } from 'vitest';

import type { PassageSelection } from '../../electron/documents/documents.ts';
import type { Message, PassageInfo } from '../../shared/contract/index.ts';
import { newRequestId, record, startChat, type ChatUnderTest } from './chat-under-test.ts';

const texts = ['The rent is 840 euros a month.', 'The deposit is 1,250 euros.', 'Dogs are allowed.'];
const lease: readonly PassageInfo[] = texts.map((text, seq) => ({
  documentId: 'lease',
  documentName: 'lease.pdf',
  seq,
  page: seq + 1,
  unit: 'page',
  headings: [],
  text,
}));

/** A chat whose documents answer each question with the given passages of the lease, in turn; the last for all others. */
function startWithLease(...selections: PassageSelection[]): ChatUnderTest {
  let asked = 0;
  const choosePassages = (): PassageSelection => {
    const selection = selections[Math.min(asked, selections.length - 1)];
    asked += 1;
    return selection ?? { kind: 'nothing', passages: [] };
  };
  const chat = startChat({ choosePassages });
  chat.store.documents.insert({
    id: 'lease',
    name: 'lease.pdf',
    sha256: 'abc',
    sizeBytes: 10,
    format: 'pdf',
    language: 'en',
    report: '{}',
    createdAt: 1,
    passages: lease.map(({ page, text }) => ({ page, heading: '', text, places: '[]', words: [] })),
  });
  return chat;
}

const whole: PassageSelection = { kind: 'whole', passages: lease };
const found = (...seqs: number[]): PassageSelection => ({
  kind: 'found',
  passages: lease.filter(({ seq }) => seqs.includes(seq)),
});

function ask(under: ChatUnderTest, text = 'How much is the deposit?') {
  return under.chat.send({
    requestId: newRequestId(),
    conversationId: null,
    text,
    modelId: null,
    documentIds: ['lease'],
  });
}

function sourcesOf(under: ChatUnderTest, messageId: string): Message['sources'] {
  return under.store.messages.find(messageId)?.sources;
}

async function checked(under: ChatUnderTest, messageId: string): Promise<NonNullable<Message['sources']>> {
  await vi.waitFor(() => expect(sourcesOf(under, messageId)?.marks).not.toBeNull(), { timeout: 20_000 });
  const sources = sourcesOf(under, messageId);
  if (sources === undefined) throw new Error('The answer was given no documents.');
  return sources;
}

test('what an answer is given to read is stored and shown before its first word, and checked when it is done', async () => {
  const under = startWithLease(whole);
  const { conversationId, replyId } = ask(under);
  const thread = record((signal) => under.chat.watchThread(conversationId, signal));
  const call = await under.models.main.nextCall();
  expect(sourcesOf(under, replyId)?.list.map(({ number, page }) => [number, page])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  call.say('The deposit is 1,250 euros.');
  await under.finish(call, conversationId);
  const marks = [{ type: 'supported', start: 0, end: 27, number: 2 }];
  expect(await checked(under, replyId)).toMatchObject({
    kind: 'whole',
    given: 3,
    marks,
    list: [{ number: 2, page: 2 }],
  });
  await thread.until((events) =>
    events.some(
      (event) => event.type === 'message' && event.message.id === replyId && event.message.sources?.marks !== null,
    ),
  );
});

test('sources stay with the answer over a restart and when their document is deleted', async () => {
  const under = startWithLease(found(1, 2));
  const { conversationId, replyId } = ask(under);
  const call = await under.models.main.nextCall();
  call.say('It is 1,250 euros [1], and 99 more [2].');
  await under.finish(call, conversationId);
  const before = await checked(under, replyId);
  expect(before.list.map(({ number, seq, deleted }) => [number, seq, deleted])).toEqual([
    [1, 1, false],
    [2, 2, false],
  ]);
  const again = await under.restart();
  expect(sourcesOf(again, replyId)).toEqual(before);
  again.store.documents.remove('lease', 5);
  expect(sourcesOf(again, replyId)?.list.every(({ deleted }) => deleted)).toBe(true);
});

test('an answer that a crash cut off is compared with its sources at the next start', async () => {
  const under = startWithLease(found(1));
  const { replyId } = ask(under);
  const call = await under.models.main.nextCall();
  call.say('The deposit is 1,250 euros.');
  await vi.waitFor(() => expect(under.store.messages.find(replyId)?.text).not.toBe(''), { timeout: 20_000 });
  // Quitting ends it before there is time for anything else.
  const again = await under.restart();
  expect((await checked(again, replyId)).marks).toMatchObject([{ type: 'supported', number: 1 }]);
});

test('each version of an answer has what it was given itself', async () => {
  const under = startWithLease(found(0), found(1));
  const { conversationId, replyId } = ask(under);
  await under.finish(await under.models.main.nextCall(), conversationId);
  const second = under.chat.regenerate(replyId, null);
  await under.finish(await under.models.main.nextCall(), conversationId);
  expect((await checked(under, replyId)).list).toMatchObject([{ number: 1, seq: 0 }]);
  expect((await checked(under, second.replyId)).list).toMatchObject([{ number: 1, seq: 1 }]);
});

test('an answer that is continued keeps its numbers, whatever is found now', async () => {
  const under = startWithLease(found(0, 1), found(1, 2));
  const { conversationId, replyId } = ask(under);
  const call = await under.models.main.nextCall();
  call.say('The deposit [2] ');
  await vi.waitFor(() => expect(under.store.messages.find(replyId)?.text).not.toBe(''), { timeout: 20_000 });
  under.chat.stop(conversationId);
  await checked(under, replyId);
  under.chat.continueReply(replyId);
  await under.finish(await under.models.main.nextCall(), conversationId);
  expect((await checked(under, replyId)).list.map(({ number, seq }) => [number, seq])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
  ]);
});

test('an answer to which the documents have nothing to say is told so, and one without documents has no sources', async () => {
  const under = startWithLease({ kind: 'nothing', passages: [] });
  const { conversationId, replyId } = ask(under);
  await under.finish(await under.models.main.nextCall(), conversationId);
  expect(await checked(under, replyId)).toEqual({ kind: 'nothing', given: 0, list: [], marks: [] });
  const plain = await under.exchange('Hello', 'Hi');
  expect(sourcesOf(under, plain.replyId)).toBeUndefined();
});
