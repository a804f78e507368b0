import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { runCrashCampaign } from './crash-campaign.ts';
import { campaignKey, checkAfterCrash } from './crash-check.ts';
import { expectAfter } from './crash-expectations.ts';
import type { LogLine } from './crash-log.ts';

test('a core that is killed at any moment has kept everything it had acknowledged', { timeout: 600_000 }, async () => {
  const report = await runCrashCampaign({ rounds: 50, seed: 1 });
  expect(report.lost).toEqual([]);
  expect(report.torn).toEqual([]);
  expect(report).toMatchObject({ rounds: 50, kills: 10 });
  // It did something in between.
  expect(report.kept).toBeGreaterThan(50);
  expect(report.imports.done).toBeGreaterThan(0);
});

/** A database with one exchange, and the log that tells of it. */
function exchange(): { file: string; lines: LogLine[]; spoil: (statement: string) => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-crash-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'clawdbot.db');
  using database = openDatabase({ path: file, key: campaignKey, log: silentLog });
  const store = createStore(database);
  const conversation = { id: 'c', title: 'Tides', pinned: false };
  store.conversations.insert({
    ...conversation,
    titleSource: 'message',
    createdAt: 1,
    updatedAt: 1,
    headId: null,
    modelId: null,
  });
  const rest = { conversationId: 'c', createdAt: 1, model: null, requestId: null };
  store.messages.insert({ ...rest, id: 'q', parentId: null, role: 'user', text: 'why', state: 'done' });
  store.messages.insert({ ...rest, id: 'a', parentId: 'q', role: 'assistant', text: '', state: 'running' });
  store.journal.append('a', 0, 'because');
  store.conversations.update('c', { headId: 'a' });
  return {
    file,
    lines: [
      { type: 'begun', operation: 'send', conversationId: null },
      {
        type: 'acknowledged',
        conversation: { ...conversation, removed: false, branch: ['q', 'a'] },
        messages: [
          { id: 'q', parentId: null, role: 'user', text: 'why' },
          { id: 'a', parentId: 'q', role: 'assistant', text: null },
        ],
      },
      { type: 'shown', messageId: 'a', offset: 0, text: 'becau' },
    ],
    spoil(statement) {
      using spoilt = openDatabase({ path: file, key: campaignKey, log: silentLog });
      spoilt.run(sql.raw('PRAGMA foreign_keys = OFF').compile(build));
      spoilt.run(sql.raw(statement).compile(build));
    },
  };
}

describe('the check after a crash', () => {
  test('is content with what was acknowledged, and with more', async () => {
    const { file, lines } = exchange();
    expect(await checkAfterCrash(file, expectAfter(lines))).toEqual({ torn: [], lost: [], kept: 2 });
  });

  test('knows that words were stored whose showing nobody wrote down', async () => {
    const { file, lines } = exchange();
    const goneOn: LogLine[] = [...lines, { type: 'started' }, { type: 'shown', messageId: 'a', offset: 6, text: 'e' }];
    expect((await checkAfterCrash(file, expectAfter(goneOn))).lost).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['a message that is gone', `DELETE FROM messages WHERE id = 'q'`, /message q is gone/],
    ['a text that changed', `UPDATE messages SET text = 'how' WHERE id = 'q'`, /message q has another text/],
    ['words that were shown', `DELETE FROM message_journal`, /message a lost words/],
    ['an end that moved', `UPDATE conversations SET head_message_id = 'q'`, /conversation c shows q instead of q,a/],
    ['a conversation that is gone', `UPDATE conversations SET removed_at = 1`, /conversation c is gone/],
    ['a text that is not found', `DELETE FROM messages_text`, /message q is not found/],
  ])('notices %s', async (_, statement, problem) => {
    const { file, lines, spoil } = exchange();
    spoil(statement);
    const { lost } = await checkAfterCrash(file, expectAfter(lines));
    expect(lost).toContainEqual(expect.stringMatching(problem));
  });

  test.each<[string, string, RegExp]>([
    ['a parent that is not there', `UPDATE messages SET parent_id = 'x' WHERE id = 'a'`, /broken reference/],
    ['a text that is not in the index', `DELETE FROM messages_text WHERE rowid = 1`, /row 1 is not in messages_text/],
    ['an answer to nothing', `UPDATE messages SET parent_id = NULL WHERE id = 'a'`, /an answer to nothing: a/],
    [
      'a removal by halves',
      `UPDATE messages SET removed_at = 1 WHERE id = 'q'`,
      /a shown message after a removed one: a/,
    ],
  ])('sees %s', async (_, statement, problem) => {
    const { file, lines, spoil } = exchange();
    spoil(statement);
    const { torn } = await checkAfterCrash(file, expectAfter(lines));
    expect(torn).toContainEqual(expect.stringMatching(problem));
  });

  test('accepts either outcome of what was under way, and asks again when it is told next', () => {
    const { lines } = exchange();
    const cut: LogLine[] = [...lines, { type: 'begun', operation: 'remove', conversationId: 'c' }];
    expect(expectAfter(cut).underWay).toMatchObject({ operation: 'remove', conversationId: 'c' });
    expect(expectAfter([...cut, { type: 'started' }]).branches.has('c')).toBe(false);
    expect(expectAfter([...cut, { type: 'started' }]).messages.size).toBe(2);
  });
});
