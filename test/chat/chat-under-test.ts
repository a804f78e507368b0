import path from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';

import type { Chat, Reply } from '../../electron/chat/chat.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { createChat } from '../../electron/chat/create-chat.ts';
import { createAssembler } from '../../electron/context/assemble-prompt.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createBinClock } from '../../electron/keep/bin-clock.ts';
import type { Documents } from '../../electron/documents/documents.ts';
import type { Models } from '../../electron/library/models.ts';
import type { Clock } from '../../electron/ports.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../../electron/store/database.ts';
import { createStoredNotes } from '../../electron/store/stored-notes.ts';
import type { Store } from '../../electron/store/store.ts';
import {
  defaultSettings,
  type ConversationsEvent,
  type Message,
  type SearchFilter,
  type SearchHit,
  type ThreadEvent,
} from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';
import {
  createScriptedLanguageModel,
  type ScriptedCall,
  type ScriptedLanguageModel,
} from '../fakes/scripted-language-model.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { testKey } from '../store/temp-database.ts';

export interface ChatUnderTest {
  readonly chat: Chat;
  readonly store: Store;
  readonly database: Database;
  /** Reads plain text. */
  readonly documents: Documents;
  readonly databasePath: string;
  readonly log: RecordingLog;
  /** By id: `main`, which is the default, and `other`. */
  readonly models: Readonly<Record<'main' | 'other', ScriptedLanguageModel>>;
  /** Settable milliseconds since 1970. */
  readonly clock: { nowMs: number };
  readonly binClock: Clock;
  readonly settings: { systemPrompt: string };
  /** Takes a model away, as if its file had been deleted. */
  forget(modelId: string): void;
  /** Sends with a new request id. */
  ask(text: string, conversationId?: string | null): Reply & { messageId: string };
  /** Sends, answers with the pieces, and waits for the end. */
  exchange(question: string, answer: string, conversationId?: string | null): Promise<Reply & { messageId: string }>;
  finish(call: ScriptedCall, conversationId: string): Promise<void>;
  /** The stored messages of the branch on screen. */
  messages(conversationId: string): Promise<Message[]>;
  /** Closes everything as quitting does, and starts again on the same files. */
  restart(): Promise<ChatUnderTest>;
}

interface Options {
  readonly databasePath?: string;
  readonly database?: Partial<DatabaseOptions>;
  readonly contextTokens?: number;
  /** The models are of the kind that comes with the app. */
  readonly starter?: true;
  readonly nowMs?: number;
  /** What of documents fits a question, in the place of looking for it. */
  readonly choosePassages?: Documents['choose'];
}

let requests = 0;
export function newRequestId(): string {
  requests += 1;
  return `request-${requests}`;
}

/** The chat on a real encrypted database, with models that the test speaks for. */
export function startChat(options: Options = {}): ChatUnderTest {
  const databasePath = options.databasePath ?? path.join(tempFolder(), 'clawdbot.db');
  const log = createRecordingLog();
  const database = openDatabase({ path: databasePath, key: testKey, log, ...options.database });
  const store = createStore(database);
  const models = { main: createScriptedLanguageModel('main'), other: createScriptedLanguageModel('other') };
  const known = new Map<string, ScriptedLanguageModel>(Object.entries(models));
  const clock = { nowMs: options.nowMs ?? 1_800_000_000_000 };
  const binClock = createBinClock(createStoredNotes(database), { now: () => clock.nowMs });
  const settings = { systemPrompt: '' };
  const choose: Models['choose'] = (modelId) => {
    const id = modelId ?? 'main';
    const model = known.get(id);
    if (known.size === 0) throw new ClawdbotError('NO_MODEL', 'There is no model.', { searchedFolder: '/models' });
    if (model === undefined) throw new ClawdbotError('MODEL_NOT_FOUND', 'No such model.', { modelId: id });
    return {
      info: createModelInfo(options.starter ? { id, starter: true } : { id }),
      model,
      contextTokens: options.contextTokens ?? 4096,
    };
  };
  const documents = createDocuments({
    store: store.documents,
    extractor: createFakeExtractor(),
    estimateTokens,
    clock: binClock,
  });
  const { ofConversation } = store.documents;
  const chat = createChat({
    store,
    models: { choose },
    settings: { read: () => ({ ...defaultSettings, systemPrompt: settings.systemPrompt }) },
    assemblePrompt: createAssembler(
      store,
      { ofConversation, collectionsOf: () => [], choose: options.choosePassages ?? documents.choose },
      {
        messages: store.messages,
        ofConversation,
        whole: documents.whole,
        report: documents.report,
        results: store.taskResults,
        now: () => clock.nowMs,
      },
    ).assemble,
    clock: { now: () => clock.nowMs },
    binClock,
    log,
  });

  let closed: Promise<void> | undefined;
  const closeNow = async (): Promise<void> => {
    await chat[Symbol.asyncDispose]();
    database[Symbol.dispose]();
  };
  const close = (): Promise<void> => (closed ??= closeNow());
  onTestFinished(close);

  const test: ChatUnderTest = {
    chat,
    store,
    database,
    documents,
    databasePath,
    log,
    models,
    clock,
    binClock,
    settings,
    forget: (modelId) => void known.delete(modelId),
    ask: (text, conversationId = null) => chat.send({ requestId: newRequestId(), conversationId, text, modelId: null }),
    async exchange(question, answer, conversationId = null) {
      const reply = test.ask(question, conversationId);
      const call = await models.main.nextCall();
      call.say(answer);
      await test.finish(call, reply.conversationId);
      return reply;
    },
    async finish(call, conversationId) {
      call.finish();
      await ended(chat, conversationId);
    },
    async messages(conversationId) {
      const first = await firstEvent(chat, conversationId);
      if (first.type !== 'snapshot') throw new Error('The conversation is gone.');
      const earlier = first.messages[0] && first.hasEarlier ? chat.earlier(first.messages[0].id, 500).messages : [];
      return [...earlier, ...first.messages];
    },
    async restart() {
      await close();
      return startChat({ ...options, databasePath });
    },
  };
  return test;
}

/** Waits until nothing is being written in a conversation. */
export async function ended(chat: Chat, conversationId: string): Promise<void> {
  const controller = new AbortController();
  for await (const event of chat.watchThread(conversationId, controller.signal)) {
    if ((event.type === 'snapshot' || event.type === 'conversation') && !event.conversation.running) break;
    if (event.type === 'removed') break;
  }
}

export async function firstEvent(chat: Chat, conversationId: string): Promise<ThreadEvent> {
  for await (const event of chat.watchThread(conversationId, new AbortController().signal)) return event;
  throw new Error('The watch ended without an event.');
}

export interface Recorder<T> {
  readonly events: T[];
  readonly done: Promise<void>;
  stop(): void;
  /** Waits until the recorded events satisfy something. */
  until(satisfied: (events: T[]) => boolean): Promise<void>;
}

/** Reads a watch as quickly as it can. */
export function record<T extends ThreadEvent | ConversationsEvent>(
  watch: (signal: AbortSignal) => AsyncIterable<T>,
): Recorder<T> {
  const controller = new AbortController();
  const events: T[] = [];
  const read = async (): Promise<void> => {
    for await (const event of watch(controller.signal)) events.push(event);
  };
  const recorder: Recorder<T> = {
    events,
    done: read(),
    stop: () => controller.abort(),
    until: (satisfied) => vi.waitFor(() => expect(satisfied(events)).toBe(true), { timeout: 20_000, interval: 1 }),
  };
  onTestFinished(async () => {
    controller.abort();
    await recorder.done;
  });
  return recorder;
}

/** The first page of a search without filters. */
export function search(chat: Chat, query: string, limit = 20): SearchHit[] {
  return chat.search({ query, limit, cursor: null, filter: anything }).hits;
}

export const anything: SearchFilter = { modelId: null, file: null, fromMs: null, untilMs: null };
