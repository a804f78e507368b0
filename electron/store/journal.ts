import { sql } from 'kysely';

import type { Message } from '../../shared/contract/index.ts';
import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { JournalPart } from './schema.ts';
import type { Journal, Outcome } from './store.ts';

const journalled = (messageId: string, part: JournalPart) => sql`coalesce((SELECT group_concat(text, '' ORDER BY seq)
  FROM message_journal WHERE message_id = ${messageId} AND part = ${part}), '')`;

const lastEntered = sql<string>`coalesce((SELECT progress FROM turns WHERE message_id = messages.id), '{"phase":"starting"}')`;

export function createJournal(database: Database): Journal {
  const append = database.prepare<[messageId: string, seq: number, text: string, part: JournalPart]>(
    'INSERT INTO message_journal (message_id, seq, text, part) VALUES (?, ?, ?, ?)',
  );

  const enter = database.prepare<[messageId: string, progress: string]>(
    `INSERT INTO turns (message_id, progress) VALUES (?, ?) ON CONFLICT (message_id) DO UPDATE SET progress = excluded.progress`,
  );

  /** The text index is kept by a trigger on this update: the words of a reply become searchable when it ends. */
  const fold = (messageId: string): void => {
    database.run(
      sql`UPDATE messages SET text = text || ${journalled(messageId, 'text')},
          thought = thought || ${journalled(messageId, 'thought')}
        WHERE id = ${messageId}`.compile(build),
    );
    database.run(build.deleteFrom('message_journal').where('message_id', '=', messageId).compile());
  };

  const leave = (messageId: string): void => {
    database.run(build.deleteFrom('turns').where('message_id', '=', messageId).compile());
  };

  const setOutcome = (messageId: string, { state, error, stats }: Outcome): void => {
    const change = {
      state,
      error: error === null ? null : JSON.stringify(error),
      stats: stats === null ? null : JSON.stringify(stats),
      interrupted_in: state === 'interrupted' ? lastEntered : null,
    };
    database.run(build.updateTable('messages').set(change).where('id', '=', messageId).compile());
  };

  return {
    append: (messageId, seq, text, part = 'text') => void append(messageId, seq, text, part),

    enter: (messageId, progress) => void enter(messageId, JSON.stringify(progress)),

    thoughtFor(messageId, durationMs) {
      database.run(build.updateTable('messages').set({ thought_ms: durationMs }).where('id', '=', messageId).compile());
    },

    finish(messageId, outcome) {
      try {
        database.transaction(() => {
          fold(messageId);
          setOutcome(messageId, outcome);
          leave(messageId);
        });
      } catch (error) {
        if (!hasCode(error, 'DISK_FULL')) throw error;
        // Changes a few bytes in place, which often still fits. The next start moves the text.
        setOutcome(messageId, outcome);
      }
    },

    reopen(messageId, model: NonNullable<Message['model']>) {
      database.transaction(() => {
        fold(messageId);
        // Left there when the disk was too full to end it in full.
        leave(messageId);
        const change = {
          state: 'running',
          error: null,
          stats: null,
          interrupted_in: null,
          model_id: model.id,
          model_name: model.name,
        } as const;
        database.run(build.updateTable('messages').set(change).where('id', '=', messageId).compile());
      });
    },

    recover() {
      return database.transaction(() => {
        const left = database.all(build.selectFrom('message_journal').select('message_id').distinct().compile());
        for (const { message_id } of left) fold(message_id);
        // Written out: SQLite uses the partial index only when it sees the constant.
        const interrupted = database.run(
          sql`UPDATE messages SET state = 'interrupted', interrupted_in = ${lastEntered} WHERE state = 'running'`.compile(
            build,
          ),
        );
        database.run(build.deleteFrom('turns').compile());
        return interrupted;
      });
    },
  };
}
