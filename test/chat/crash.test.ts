import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { build } from '../../electron/store/query-builder.ts';
import { startScript } from '../store/child-script.ts';
import { failureOf } from '../store/failure-of.ts';
import { canMakeDisks, makeDisk, resizeDisk } from '../store/small-disk.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ended, record, startChat } from './chat-under-test.ts';

const shownSchema = z.union([
  z.object({ conversationId: z.string(), replyId: z.string() }),
  z.object({ offset: z.number(), text: z.string() }),
]);

describe('a process that is killed in mid-answer', () => {
  test(
    'has stored every word it had shown, however often it happens, and the answer can go on',
    { timeout: 120_000 },
    async () => {
      const databasePath = path.join(tempFolder(), 'clawdbot.db');
      let replyId: string | null = null;
      let conversationId = '';
      let before = '';
      for (const wanted of [150, 400, 250]) {
        const child = startScript(`
        import { answerForever } from './test/chat/answering-child.ts';
        await answerForever(${JSON.stringify(databasePath)}, ${JSON.stringify(replyId)});`);
        await child.line(() => child.lines.length > wanted);
        await child.kill();

        let shown = before;
        const lines = child.lines.flatMap((line) => tryShown(line));
        expect(lines.length).toBeGreaterThan(wanted);
        for (const line of lines) {
          if ('replyId' in line) ({ replyId, conversationId } = line);
          else {
            expect(line.offset).toBe(shown.length);
            shown += line.text;
          }
        }
        const under = startChat({ databasePath });
        const reply = (await under.messages(conversationId))[1];
        expect(reply).toMatchObject({ id: replyId, state: 'interrupted', error: null });
        expect(reply?.text.startsWith(shown)).toBe(true);
        before = reply?.text ?? '';
        expect(under.database.all(sql`SELECT * FROM message_journal`.compile(build))).toEqual([]);
        await under.chat[Symbol.asyncDispose]();
        under.database[Symbol.dispose]();
      }
      const last = startChat({ databasePath, contextTokens: 1_000_000 });
      last.chat.continueReply(replyId ?? '');
      const call = await last.models.main.nextCall();
      expect(call.lines).toEqual(['user: Count.', `assistant: ${before}`]);
      call.say('done');
      await last.finish(call, conversationId);
      expect((await last.messages(conversationId))[1]).toMatchObject({ text: `${before}done`, state: 'done' });
    },
  );
});

function tryShown(line: string): z.infer<typeof shownSchema>[] {
  // The last line may be cut off by the kill.
  try {
    return [shownSchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

describe('quitting in mid-answer', () => {
  test('marks the answer as interrupted and keeps its words', async () => {
    const under = startChat();
    const { conversationId } = under.ask('Count.');
    const call = await under.models.main.nextCall();
    call.say('one two');
    await new Promise((resolve) => setImmediate(resolve));
    call.say(' three');
    const again = await under.restart();
    expect(call.aborted).toBe(true);
    const reply = (await again.messages(conversationId))[1];
    expect(reply).toMatchObject({ state: 'interrupted', error: null });
    expect(reply?.text).toMatch(/^one two/);
  });

  test('is not held up by a model that does not react', async () => {
    const under = startChat();
    under.ask('Count.');
    await under.models.main.nextCall();
    await under.chat[Symbol.asyncDispose]();
    expect(under.chat.list(null, 1).conversations[0]?.running).toBe(false);
  });
});

describe('a full disk', () => {
  const pagesOf = (under: ReturnType<typeof startChat>): number =>
    under.database.first(sql<{ page_count: number }>`PRAGMA page_count`.compile(build))?.page_count ?? 0;
  const limitPages = (under: ReturnType<typeof startChat>, pages: number) =>
    under.database.all(sql`PRAGMA max_page_count = ${sql.lit(pages)}`.compile(build));

  test('ends the answer with that error, keeps what was stored, and the other conversations go on', async () => {
    const under = startChat();
    const filling = under.ask('Fill the disk.');
    const fillingCall = await under.models.main.nextCall();
    const other = under.ask('Elsewhere?');
    const otherCall = await under.models.main.nextCall();
    const watcher = record((signal) => under.chat.watchThread(filling.conversationId, signal));
    await watcher.until((events) => events.length === 1);
    limitPages(under, pagesOf(under) + 8);
    for (
      let index = 0;
      index < 400 && under.chat.list(null, 2).conversations.every(({ running }) => running);
      index += 1
    ) {
      fillingCall.say(`${index} ${'word '.repeat(100)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended(under.chat, filling.conversationId);
    expect(fillingCall.aborted).toBe(true);
    expect(otherCall.aborted).toBe(false);

    const shown = watcher.events.flatMap((event) => (event.type === 'delta' ? [event.text] : [])).join('');
    expect(shown.length).toBeGreaterThan(500);
    const reply = (await under.messages(filling.conversationId))[1];
    expect(reply).toMatchObject({
      state: 'failed',
      text: shown,
      error: { code: 'DISK_FULL', data: { path: under.databasePath } },
    });

    limitPages(under, 100_000);
    otherCall.say('Still here.');
    await under.finish(otherCall, other.conversationId);
    expect((await under.messages(other.conversationId))[1]).toMatchObject({ state: 'done', text: 'Still here.' });

    const again = await under.restart();
    expect((await again.messages(filling.conversationId))[1]).toMatchObject({
      state: 'failed',
      text: shown,
      error: { code: 'DISK_FULL' },
    });
    again.chat.continueReply(filling.replyId);
    const call = await again.models.main.nextCall();
    call.say('And on.');
    await again.finish(call, filling.conversationId);
    expect((await again.messages(filling.conversationId))[1]).toMatchObject({ state: 'done', text: `${shown}And on.` });
  });

  test('refuses a message that cannot be stored, and takes it when there is room again', async () => {
    const under = startChat({ contextTokens: 100_000 });
    const { conversationId } = await under.exchange('One?', 'One.');
    limitPages(under, pagesOf(under));
    const request = { requestId: 'big', conversationId, text: 'word '.repeat(20_000), modelId: null };
    const error = failureOf(() => under.chat.send(request));
    expect(error.code).toBe('DISK_FULL');
    expect(error.message).toContain('Free some space');
    expect(await under.messages(conversationId)).toHaveLength(2);
    expect(under.chat.list(null, 1).conversations[0]?.running).toBe(false);
    limitPages(under, 100_000);
    under.chat.send(request);
    await under.finish(await under.models.main.nextCall(), conversationId);
    expect(await under.messages(conversationId)).toHaveLength(4);
  });

  test.runIf(canMakeDisks)('that is really full loses nothing either', async () => {
    const folder = makeDisk('size=2m');
    const under = startChat({ databasePath: path.join(folder, 'clawdbot.db') });
    const { conversationId, replyId } = under.ask('Fill the disk.');
    const call = await under.models.main.nextCall();
    const watcher = record((signal) => under.chat.watchThread(conversationId, signal));
    await watcher.until((events) => events.length === 1);
    for (let index = 0; index < 4000 && under.chat.list(null, 1).conversations[0]?.running === true; index += 1) {
      call.say(`${index} ${'word '.repeat(200)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended(under.chat, conversationId);
    const shown = watcher.events.flatMap((event) => (event.type === 'delta' ? [event.text] : [])).join('');
    expect(shown.length).toBeGreaterThan(10_000);
    expect((await under.messages(conversationId))[1]).toMatchObject({
      id: replyId,
      state: 'failed',
      text: shown,
      error: { code: 'DISK_FULL' },
    });
    watcher.stop();

    resizeDisk(folder, '20m');
    const again = await under.restart();
    expect((await again.messages(conversationId))[1]).toMatchObject({
      state: 'failed',
      text: shown,
      error: { code: 'DISK_FULL' },
    });
    await again.exchange('And now?', 'Fine.', conversationId);
    await again.chat[Symbol.asyncDispose]();
    again.database[Symbol.dispose]();
  });
});

test(
  'a database that another process locks in mid-answer fails the answer and loses nothing',
  { timeout: 60_000 },
  async () => {
    const under = startChat();
    const { conversationId } = under.ask('Count.');
    const call = await under.models.main.nextCall();
    const watcher = record((signal) => under.chat.watchThread(conversationId, signal));
    call.say('one two');
    await watcher.until((events) => events.some(({ type }) => type === 'delta'));
    const other = startScript(`
    import { openDatabase } from './electron/store/database.ts';
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const database = openDatabase({ path: ${JSON.stringify(under.databasePath)}, key: new Uint8Array(32).fill(7), log });
    database.run({ sql: 'BEGIN IMMEDIATE', parameters: [] });
    console.log('locked');
    setInterval(() => {}, 1000);`);
    await other.line((line) => line === 'locked');
    call.say(' three');
    await ended(under.chat, conversationId);
    expect((await under.messages(conversationId))[1]).toMatchObject({
      state: 'failed',
      text: 'one two',
      error: { code: 'DATABASE_LOCKED' },
    });
    expect(failureOf(() => under.ask('Two?', conversationId)).code).toBe('DATABASE_LOCKED');

    await other.kill();
    await under.exchange('Two?', 'Two.', conversationId);
    const again = await under.restart();
    expect((await again.messages(conversationId))[1]).toMatchObject({
      state: 'failed',
      text: 'one two',
      error: { code: 'DATABASE_LOCKED' },
    });
    expect(await again.messages(conversationId)).toHaveLength(4);
  },
);
