import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase, type Database } from '../../electron/store/database.ts';
import { allMigrations } from '../../electron/store/migrations/all-migrations.ts';
import { build } from '../../electron/store/query-builder.ts';
import { listSnapshots, snapshotFolder } from '../../electron/store/snapshot-files.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { testKey } from './temp-database.ts';
import { tempFolder } from './temp-folder.ts';

const log = createRecordingLog();
const conversations = 40;
const exchanges = 6;

/** What the first version of the app could have written, in the words of its own schema. */
function fillAsFirstVersion(database: Database): void {
  const run = (statement: ReturnType<typeof sql>) => database.run(statement.compile(build));
  database.transaction(() => {
    for (let c = 0; c < conversations; c += 1) {
      const head = `c${c}-m${exchanges * 2 - 1}`;
      run(sql`INSERT INTO conversations (id, title, title_source, created_at, updated_at, pinned, head_message_id, model_id, removed_at)
        VALUES (${`c${c}`}, ${c % 3 === 0 ? `冰川与河流 ${c}` : `Glaciers and rivers ${c}`}, 'message', ${1000 + c}, ${2000 + c},
          ${c % 7 === 0 ? 1 : 0}, ${head}, 'library/model.gguf', ${c === 5 ? 3000 : null})`);
      for (let m = 0; m < exchanges * 2; m += 1) {
        const failed = c === 9 && m === 3;
        run(sql`INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name, error, stats, removed_at, removed_by, request_id)
          VALUES (${`c${c}-m${m}`}, ${`c${c}`}, ${m === 0 ? null : `c${c}-m${m - 1}`}, ${m + 1}, ${m % 2 === 0 ? 'user' : 'assistant'},
            ${m % 2 === 0 ? `Why does river ${c} bend? 天气怎么样` : `Because of the stones.\n\n1. First\n2. Second ${'and so on '.repeat(30)}`},
            ${failed ? 'failed' : 'done'}, ${1000 + m}, ${m % 2 === 0 ? null : 'library/model.gguf'}, ${m % 2 === 0 ? null : 'Model'},
            ${failed ? JSON.stringify({ code: 'ENGINE_CRASHED', message: 'x', data: { reason: 'SIGSEGV' } }) : null},
            ${m % 2 === 0 ? null : JSON.stringify({ promptTokens: 5 })}, ${c === 6 && m >= 10 ? 3000 : null},
            ${c === 6 && m >= 10 ? 'c6-m10' : null}, ${m % 2 === 0 ? `request-${c}-${m}` : null})`);
      }
    }
    // One was being written when the app was killed.
    run(sql`UPDATE messages SET state = 'running', text = '' WHERE id = 'c1-m11'`);
    run(
      sql`INSERT INTO message_journal (message_id, seq, text) VALUES ('c1-m11', 0, 'Half an '), ('c1-m11', 1, 'answer')`,
    );
    run(sql`INSERT INTO web_sessions VALUES (${'a'.repeat(64)}, 1, 2, 3)`);
  });
}

describe.each(allMigrations.slice(0, -1).map(({ version, name }) => [version, name] as const))(
  'a database of format %i (%s)',
  (version) => {
    test('comes to the newest with everything in it, and a copy of it as it was', () => {
      const file = path.join(tempFolder(), 'clawdbot.db');
      {
        using old = openDatabase({ path: file, key: testKey, log, migrations: allMigrations.slice(0, version) });
        fillAsFirstVersion(old);
      }
      using database = openDatabase({ path: file, key: testKey, log });
      const store = createStore(database);
      expect(store.journal.recover()).toBe(1);
      expect(store.conversations.count()).toBe(conversations - 1);
      for (let c = 0; c < conversations; c += 1) {
        if (c === 5) continue;
        const head = store.conversations.find(`c${c}`)?.headId ?? '';
        const { messages } = store.messages.branch(head, 100);
        expect(messages.map(({ id }) => id)).toEqual(Array.from({ length: exchanges * 2 }, (_, m) => `c${c}-m${m}`));
        expect(messages[0]).toMatchObject({ role: 'user', thought: null, version: { index: 0 } });
      }
      expect(store.messages.find('c1-m11')).toMatchObject({ state: 'interrupted', text: 'Half an answer' });
      expect(store.messages.find('c9-m3')?.error).toMatchObject({ code: 'ENGINE_CRASHED' });
      expect(store.messages.find('c6-m10')).toBeUndefined();
      expect(
        store.bin
          .list(null, 10)
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(['c5', 'c6-m10']);
      expect(store.search.titles(['冰川'], 50)).toHaveLength(14);
      expect(store.search.messages({ words: ['stones'], limit: 50 }).found).toHaveLength(50);

      expect(store.messages.findRequest('request-2-0')).toMatchObject({ messageId: 'c2-m0' });
      expect(database.all(sql`PRAGMA integrity_check`.compile(build))).toEqual([{ integrity_check: 'ok' }]);
      expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);

      const [copy] = listSnapshots(snapshotFolder(file));
      expect(copy?.reason).toBe('update');
      using asItWas = openDatabase({
        path: copy?.path ?? '',
        key: testKey,
        log,
        migrations: allMigrations.slice(0, version),
        kept: 'no',
      });
      expect(asItWas.first(sql<{ n: number }>`SELECT count(*) AS n FROM messages`.compile(build))?.n).toBe(
        conversations * exchanges * 2,
      );
    });
  },
);
