import { sql } from 'kysely';

import type { Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { RandomBits } from '../model/random-bits.ts';
import type { Words } from './store-words.ts';

export interface Library {
  readonly messages: number;
  readonly conversations: number;
  /** The thread of 10,000 messages. */
  readonly longThreadId: string;
  readonly textChars: number;
}

export interface LibraryPlan {
  readonly messages: number;
  readonly longThread: number;
  readonly note: (text: string) => void;
}

const messagesEach = 20;
const messagesOfOneTransaction = 20_000;
const firstMs = Date.UTC(2023, 0, 1);
const stepMs = 90_000;

/**
 * Fills a database as a few years of use would: threads of 20 messages and one long one, every fourth in Chinese,
 * a question of about 12 words and an answer of about 50. The text indexes are made at the end, in one piece: row by row,
 * as in use, takes twice as long.
 */
export function fillLibrary(database: Database, words: Words, plan: LibraryPlan): Library {
  const random = new RandomBits(3);
  const insertConversation = database.prepare<[string, string, number, number, string]>(
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at, head_message_id)
     VALUES (?, ?, 'message', ?, ?, ?)`,
  );
  const insertMessage = database.prepare<
    [string, string, string | null, number, string, string, number, string | null, string | null]
  >(
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name)
     VALUES (?, ?, ?, ?, ?, ?, 'done', ?, ?, ?)`,
  );
  let written = 0;
  let conversations = 0;
  let textChars = 0;

  const sentence = (chinese: boolean, count: number): string => {
    let text = '';
    for (let index = 0; index < count; index += 1) {
      text += chinese ? words.nextChinese() : words.nextEnglish();
      if (index === count - 1) text += chinese ? '。' : '.';
      else if (index % 11 === 10) text += chinese ? '，' : ', ';
      else if (!chinese) text += ' ';
    }
    return text;
  };

  const thread = (length: number): string => {
    const beganMs = firstMs + written * stepMs;
    const conversationId = idAt(beganMs, conversations, 'c');
    const chinese = conversations % 4 === 3;
    const last = written + length - 1;
    const lastMs = firstMs + last * stepMs;
    insertConversation(conversationId, sentence(chinese, 7), beganMs, lastMs, idAt(lastMs, last, 'm'));
    let parentId: string | null = null;
    for (let index = 0; index < length; index += 1) {
      const asks = index % 2 === 0;
      const atMs = firstMs + written * stepMs;
      const id = idAt(atMs, written, 'm');
      const text = sentence(chinese, (asks ? 4 : 20) + ((random.next() >>> 0) % (asks ? 17 : 61)));
      textChars += text.length;
      const model = asks ? null : `model-${conversations % 3}`;
      insertMessage(id, conversationId, parentId, index + 1, asks ? 'user' : 'assistant', text, atMs, model, model);
      parentId = id;
      written += 1;
    }
    conversations += 1;
    return conversationId;
  };

  const indexAll = withoutTriggers(database);
  let longThreadId = '';
  while (written < plan.messages) {
    database.transaction(() => {
      const end = Math.min(plan.messages, written + messagesOfOneTransaction);
      while (written < end) {
        // In the middle of the years, where no cache has it.
        if (longThreadId === '' && written >= plan.messages / 2) longThreadId = thread(plan.longThread);
        else thread(Math.min(messagesEach, plan.messages - written));
      }
    });
    if (written % 200_000 < messagesOfOneTransaction) plan.note(`${written} messages written`);
  }
  indexAll();
  return { messages: written, conversations, longThreadId, textChars };
}

/** Takes the triggers of the text indexes away; the function it gives fills the indexes and puts the triggers back. */
function withoutTriggers(database: Database): () => void {
  const triggers = database.all(
    sql<{ name: string; sql: string }>`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'
      AND tbl_name IN ('messages', 'conversations')`.compile(build),
  );
  const run = (statement: string): void => void database.run(sql.raw(statement).compile(build));
  for (const { name } of triggers) run(`DROP TRIGGER ${name}`);
  return () => {
    database.transaction(() => {
      run('INSERT INTO conversations_text (rowid, words) SELECT row_id, title FROM conversations');
      run('INSERT INTO conversations_short (rowid, words) SELECT row_id, short_terms(title) FROM conversations');
      run('INSERT INTO messages_text (rowid, words) SELECT row_id, text FROM messages');
      run('INSERT INTO messages_short (rowid, words) SELECT row_id, short_terms(text) FROM messages');
      for (const trigger of triggers) run(trigger.sql);
    });
  };
}

/** As long as a real id, and sorted by time as those are. */
function idAt(atMs: number, count: number, kind: string): string {
  const time = atMs.toString(16).padStart(12, '0');
  const tail = ((count * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-80${kind === 'm' ? '00' : '01'}-${count.toString(16).padStart(4, '0')}${tail}`;
}
