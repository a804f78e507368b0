import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';

import { build } from '../../electron/store/query-builder.ts';
import type { Message } from '../../shared/contract/index.ts';
import { startScript } from '../store/child-script.ts';
import { record, startChat, type ChatUnderTest } from '../chat/chat-under-test.ts';
import { chatGptConversation, claudeConversation, openAiLine } from './foreign-exports.ts';
import { endOf, startTransfer, type TransferUnderTest } from './transfer-under-test.ts';

const titles = (under: ChatUnderTest): string[] => under.chat.list(null, 500).conversations.map(({ title }) => title);

async function thread(under: ChatUnderTest, title: string): Promise<Message[]> {
  const found = under.chat.list(null, 500).conversations.find((conversation) => conversation.title === title);
  return under.messages(found?.id ?? 'none');
}

const rows = ({ database }: ChatUnderTest, table: string): number =>
  database.first(sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.compile(build))?.n ?? -1;

const idle = async ({ under }: TransferUnderTest): Promise<void> =>
  vi.waitFor(() => expect(under.store.archive.hasStaged()).toBe(false), { timeout: 30_000 });

describe('an export of ChatGPT', () => {
  test('comes in as a tree with its thoughts, models and times, and what was left out is said', async () => {
    const here = startTransfer();
    const job = await here.import(JSON.stringify([chatGptConversation(1), chatGptConversation(2)]));
    expect(job).toMatchObject({
      state: 'done',
      conversations: 2,
      added: 2,
      messages: 10,
      lostCount: 0,
      formats: ['chatgpt'],
      leftOut: { attachments: 2, toolSteps: 4, messages: 0 },
    });
    expect(titles(here.under)).toEqual(['Glaciers 2', 'Glaciers 1']);
    const messages = await thread(here.under, 'Glaciers 1');
    expect(messages.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'Where is glacier 1?'],
      ['assistant', '在北方。'],
    ]);
    expect(messages[1]).toMatchObject({
      thought: { text: 'Looking\nIt is cold there.' },
      model: { name: 'gpt-4o' },
      createdAt: 1_700_000_001_250,
      version: { index: 1, count: 2 },
    });
    here.under.chat.selectVersion(messages[1]?.id ?? '', 0);
    expect((await thread(here.under, 'Glaciers 1')).map(({ text }) => text)).toEqual([
      'Where is glacier 1?',
      'In the north.',
    ]);
    const found = here.under.store.search.messages({ words: ['在北方'], limit: 10 }).found;
    expect(found).toHaveLength(2);
  });

  test('with conversations that are broken brings the others', async () => {
    const good = JSON.stringify(chatGptConversation(1));
    const job = await startTransfer().import(
      `[${good},{"title":"no mapping"},{"mapping":{"a":3}},null,17,${good.slice(0, -2)}]`,
    );
    expect(job).toMatchObject({ state: 'done', conversations: 1, added: 1 });
    expect(job.lost.map(({ reason }) => reason)).toEqual([
      'notAConversation',
      'notAConversation',
      'notAConversation',
      'notAConversation',
      'cut',
    ]);
  });

  test('whose nodes go in circles or have no parents ends, with what can be reached', async () => {
    const circle = {
      a: { parent: 'b', message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['a'] } } },
      b: { parent: 'a', message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['b'] } } },
      c: { parent: 'gone', message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['c'] } } },
    };
    const here = startTransfer();
    const job = await here.import(
      JSON.stringify([chatGptConversation(1, { mapping: circle, current_node: 'zzz', title: 'Circle' })]),
    );
    expect(job).toMatchObject({ added: 1, messages: 1, leftOut: { messages: 2 } });
    expect((await thread(here.under, 'Circle')).map(({ text }) => text)).toEqual(['c']);
  });

  test('thousands of messages deep is read', async () => {
    const mapping: Record<string, unknown> = {};
    for (let index = 0; index < 1200; index += 1) {
      mapping[`n${index}`] = {
        parent: index === 0 ? null : `n${index - 1}`,
        message: {
          author: { role: index % 2 === 0 ? 'user' : 'assistant' },
          content: { content_type: 'text', parts: [`m${index}`] },
        },
      };
    }
    const job = await startTransfer().import(
      JSON.stringify([chatGptConversation(1, { mapping, current_node: 'n1199' })]),
    );
    expect(job).toMatchObject({ added: 1, messages: 1200, lostCount: 0 });
  });
});

describe('an export of Claude', () => {
  test('comes in with its versions, thoughts and pasted text', async () => {
    const here = startTransfer();
    const job = await here.import(JSON.stringify([claudeConversation(1)]));
    expect(job).toMatchObject({
      added: 1,
      messages: 3,
      formats: ['claude'],
      leftOut: { attachments: 1, toolSteps: 2 },
    });
    const messages = await thread(here.under, 'Rivers 1');
    expect(messages[0]?.text).toBe('Why does a river bend?\n\nnotes.txt\n````\nThe ``` outer bank\n````');
    expect(messages[1]).toMatchObject({
      text: 'Because the outer bank wears away.',
      version: { index: 1, count: 2 },
      model: { name: 'Claude' },
    });
    here.under.chat.selectVersion(messages[1]?.id ?? '', 0);
    expect((await thread(here.under, 'Rivers 1'))[1]).toMatchObject({
      text: 'Because of the stones.',
      thought: { text: 'Stones, mostly.' },
    });
  });
});

describe('OpenAI lines', () => {
  test('come in one conversation each, with their instructions; a broken line costs only itself', async () => {
    const here = startTransfer();
    const lines = [0, 1, 2, 3].map((index) => JSON.stringify(openAiLine(index)));
    lines[1] = lines[1]?.slice(0, 60) ?? '';
    const job = await here.import(
      `${lines.join('\n')}\n{"messages":[]}\n{"messages":[{"role":"tool","content":"x"}]}\n`,
      'lines.jsonl',
    );
    expect(job).toMatchObject({ added: 3, messages: 6, formats: ['openai'] });
    expect(job.lost.map(({ reason }) => reason)).toEqual(['notJson', 'notAConversation', 'notAConversation']);
    const { id } = here.under.chat.list(null, 10).conversations[0] ?? { id: '' };
    expect(here.under.store.setups.find(id)).toMatchObject({ systemPrompt: 'Be brief.' });
    expect((await here.under.messages(id)).map(({ role }) => role)).toEqual(['user', 'assistant']);
  });
});

describe('importing', () => {
  test('twice does not double, and brings what has come since', async () => {
    const here = startTransfer();
    await here.import(JSON.stringify([claudeConversation(1)]));
    const again = await here.import(JSON.stringify([claudeConversation(1)]));
    expect(again).toMatchObject({ state: 'done', conversations: 1, added: 0, known: 1, messages: 0 });
    const longer = claudeConversation(1);
    const more = {
      uuid: 'h2',
      sender: 'human',
      text: 'And then?',
      created_at: '2025-04-01T00:00:00Z',
      parent_message_uuid: 'a2-1',
    };
    const grown = {
      ...longer,
      chat_messages: [...(Array.isArray(longer['chat_messages']) ? longer['chat_messages'] : []), more],
    };
    expect(await here.import(JSON.stringify([grown]))).toMatchObject({ extended: 1, messages: 1 });
    expect(rows(here.under, 'conversations')).toBe(1);
    expect(rows(here.under, 'messages')).toBe(4);
    // It continues what was on screen.
    const [{ id } = { id: '' }] = here.under.chat.list(null, 1).conversations;
    expect((await here.under.messages(id)).at(-1)?.text).toBe('And then?');
  });

  test('what follows a message that is deleted meanwhile goes and comes back with it', async () => {
    const here = startTransfer();
    await here.import(JSON.stringify([claudeConversation(1)]));
    const [{ id } = { id: '' }] = here.under.chat.list(null, 1).conversations;
    const last = (await here.under.messages(id)).at(-1)?.id ?? '';
    const more = { id: 'more', parentId: last, role: 'user', text: 'And then?', state: 'done', createdAt: 5 } as const;
    const head = { id, title: '', titleSource: 'none', createdAt: 1, updatedAt: 1, pinned: false } as const;
    for (const _ of here.under.store.archive.stage({ ...head, messages: [more] })) here.under.chat.removeMessage(last);
    here.under.store.archive.commit();
    expect(here.under.store.messages.find('more')).toBeUndefined();
    here.under.chat.restoreMessage(last);
    const shown = (await here.under.messages(id)).map(({ id: messageId }) => messageId);
    expect(shown.slice(-2)).toEqual([last, 'more']);
  });

  test('leaves what was deleted in the bin', async () => {
    const here = startTransfer();
    await here.import(JSON.stringify([claudeConversation(1)]));
    here.under.chat.remove(here.under.chat.list(null, 1).conversations[0]?.id ?? '');
    expect(await here.import(JSON.stringify([claudeConversation(1)]))).toMatchObject({ inBin: 1, added: 0 });
    expect(titles(here.under)).toEqual([]);
  });

  test('shows nothing before all of it is there, then everything to who watches', async () => {
    const here = startTransfer();
    const list = record((signal) => here.under.chat.watchConversations(signal));
    await list.until((events) => events.length > 0);
    const seen: number[] = [];
    const looking = setInterval(() => seen.push(here.under.chat.list(null, 1).total), 1);
    await here.import(JSON.stringify(Array.from({ length: 200 }, (_, index) => claudeConversation(index))));
    clearInterval(looking);
    expect(new Set(seen.filter((total) => total !== 0 && total !== 200))).toEqual(new Set());
    await list.until((events) => events.at(-1)?.type === 'snapshot' && here.under.chat.list(null, 1).total === 200);
  });

  test('that is stopped leaves nothing', async () => {
    const here = startTransfer();
    await here.under.exchange('Mine', 'Yes.');
    const running = here.import(JSON.stringify(Array.from({ length: 2000 }, (_, index) => claudeConversation(index))));
    await vi.waitFor(() => expect(rows(here.under, 'messages')).toBeGreaterThan(10), { timeout: 30_000, interval: 1 });
    expect(() => here.transfer.startImport('other')).toThrow(/Another file/);
    here.transfer.cancelImport();
    expect(await running).toMatchObject({ state: 'cancelled' });
    await idle(here);
    expect(rows(here.under, 'conversations')).toBe(1);
    expect(rows(here.under, 'messages')).toBe(2);
    here.transfer.dismissImport();
    expect(await here.import(JSON.stringify([claudeConversation(1)]))).toMatchObject({ added: 1 });
  });

  test('that a crash cut off leaves nothing after the next start', async () => {
    const under = startChat();
    await under.exchange('Mine', 'Yes.');
    const here = startTransfer(under);
    void here.import(JSON.stringify(Array.from({ length: 2000 }, (_, index) => claudeConversation(index))));
    await vi.waitFor(() => expect(rows(under, 'messages')).toBeGreaterThan(10), { timeout: 30_000, interval: 1 });
    // As the database lies there in the middle of it.
    const copy = `${under.databasePath}.crashed`;
    await under.database.copyTo(copy);
    here.transfer.cancelImport();
    await endOf(here.transfer);
    const after = startTransfer(startChat({ databasePath: copy }));
    expect(titles(after.under)).toEqual(['Mine']);
    await idle(after);
    expect(rows(after.under, 'conversations')).toBe(1);
    expect(rows(after.under, 'messages')).toBe(2);
  });

  test('begun right after a crash shows nothing of the one that was cut off, and can bring all of it', async () => {
    const under = startChat();
    const here = startTransfer(under);
    const archive = JSON.stringify(Array.from({ length: 2000 }, (_, index) => claudeConversation(index)));
    void here.import(archive);
    await vi.waitFor(() => expect(rows(under, 'messages')).toBeGreaterThan(100), { timeout: 30_000, interval: 1 });
    const copy = `${under.databasePath}.crashed`;
    await under.database.copyTo(copy);
    here.transfer.cancelImport();
    await endOf(here.transfer);
    const after = startTransfer(startChat({ databasePath: copy }));
    const some = JSON.stringify([claudeConversation(0), claudeConversation(5000)]);
    expect(await after.import(some)).toMatchObject({ state: 'done', added: 2, inBin: 0, messages: 6 });
    expect(titles(after.under).toSorted()).toEqual(['Rivers 0', 'Rivers 5000']);
    for (const { id } of after.under.chat.list(null, 2).conversations) {
      expect((await after.under.messages(id)).at(-1)?.text).toBe('Because the outer bank wears away.');
    }
  });

  test.each<[string, string]>([
    ['something else', 'Dear diary, today nothing happened.'],
    ['nothing', ''],
    ['an empty list', '[]'],
    ['a web page', '<!doctype html><html><body>conversations</body></html>'],
    ['half an archive', 'PK\u0003\u0004 and then nothing'],
  ])('a file that is %s says so and changes nothing', async (_, content) => {
    const here = startTransfer();
    expect(await here.import(content)).toMatchObject({ state: 'failed', error: { code: 'IMPORT_UNREADABLE' } });
    expect(rows(here.under, 'conversations')).toBe(0);
  });

  test('something that pretends to be another conversation is refused, the rest is taken', async () => {
    const here = startTransfer();
    const mine = await here.under.exchange('Mine', 'Yes.');
    const message = { id: mine.messageId, parentId: null, role: 'user', text: 'Stolen', state: 'done', createdAt: 5 };
    const conversation = { id: 'x', title: 'Other', createdAt: 1, updatedAt: 1, messages: [message] };
    const good = { ...conversation, id: 'y', title: 'Good', messages: [{ ...message, id: 'fresh' }] };
    const job = await here.import(
      JSON.stringify({ format: 'clawdbot.conversations', version: 1, conversations: [conversation, good] }),
    );
    expect(job).toMatchObject({ state: 'done', added: 1, lost: [{ reason: 'conflict', title: 'Other' }] });
    await idle(here);
    expect(titles(here.under).toSorted()).toEqual(['Good', 'Mine']);
    expect((await here.under.messages(mine.conversationId))[0]?.text).toBe('Mine');
  });
});

test('a file far larger than the memory is read in a small one', async () => {
  const child = startScript(`
    import v8 from 'node:v8';
    import { splitJson } from './electron/transfer/split-json.ts';
    import { tryReadChatGpt } from './electron/transfer/read-chatgpt.ts';
    v8.setFlagsFromString('--max-old-space-size=64');
    const words = 'the river bends because of the stones '.repeat(400);
    async function* document() {
      yield Buffer.from('[');
      for (let index = 0; index < 12_000; index += 1) {
        const node = { parent: null, message: { author: { role: 'user' }, content: { content_type: 'text', parts: [words + index] } } };
        yield Buffer.from((index === 0 ? '' : ',') + JSON.stringify({ title: 't', conversation_id: String(index), mapping: { a: node } }));
      }
      yield Buffer.from(']');
    }
    let conversations = 0, bytes = 0, most = 0;
    for await (const piece of splitJson(document(), new Set(['conversations']), { limitBytes: 1e6 })) {
      if (piece.kind !== 'value') throw new Error(piece.kind);
      bytes += piece.bytes.length;
      if (tryReadChatGpt(JSON.parse(piece.bytes.toString()), 1)?.conversation.messages.length === 1) conversations += 1;
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    console.log(JSON.stringify({ conversations, bytes, most }));`);
  const said: unknown = JSON.parse(await child.line((line) => line.startsWith('{')));
  expect(said).toMatchObject({ conversations: 12_000 });
  expect(Reflect.get(Object(said), 'bytes')).toBeGreaterThan(180e6);
  expect(Reflect.get(Object(said), 'most')).toBeLessThan(100e6);
});
