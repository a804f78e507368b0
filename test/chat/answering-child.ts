import { writeSync } from 'node:fs';

import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

import { createChat } from '../../electron/chat/create-chat.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { createAssembler } from '../../electron/context/assemble-prompt.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { defaultSettings } from '../../shared/contract/index.ts';
import { createScriptedLanguageModel } from '../fakes/scripted-language-model.ts';

/** One line the child prints for every event a window would have got. */
export type ShownLine = { conversationId: string; replyId: string } | { offset: number; text: string };

const ignore = (): void => {};
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function print(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function openChat(databasePath: string) {
  const model = createScriptedLanguageModel();
  const info = createModelInfo({ id: 'main', name: 'Main', path: '/main.gguf' });
  const store = createStore(openDatabase({ path: databasePath, key: new Uint8Array(32).fill(7), log }));
  const chat = createChat({
    store,
    models: { choose: () => ({ info, model, contextTokens: 1_000_000 }) },
    settings: { read: () => defaultSettings },
    assemblePrompt: createAssembler(store).assemble,
    clock: { now: Date.now },
    log,
  });
  return { chat, model };
}

/**
 * Runs in a process of its own until it is killed: asks, or continues the given reply, and prints each delta at the
 * moment a window would be sent it. Printed synchronously, so what the parent reads was shown.
 */
export async function answerForever(databasePath: string, replyId: string | null): Promise<void> {
  const { chat, model } = openChat(databasePath);
  const reply =
    replyId === null
      ? chat.send({ requestId: 'r', conversationId: null, text: 'Count.', modelId: null })
      : chat.continueReply(replyId);
  print({ conversationId: reply.conversationId, replyId: reply.replyId });
  const speak = async (): Promise<void> => {
    const call = await model.nextCall();
    for (let index = 0; ; index += 1) {
      call.say(`${index} 字👍 `);
      if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  void speak();
  for await (const event of chat.watchThread(reply.conversationId, new AbortController().signal)) {
    if (event.type === 'delta') print({ offset: event.offset, text: event.text });
  }
}

/** The same for an answer that is brought into a state and stays in it; prints the state once a window was told. */
export async function stayIn(databasePath: string, parts: readonly LanguageModelV4StreamPart[]): Promise<void> {
  const { chat, model } = openChat(databasePath);
  // Nothing else would keep a process that waits for its model.
  setInterval(ignore, 60_000);
  const reply = chat.send({ requestId: 'r', conversationId: null, text: 'Stay.', modelId: null });
  print({ conversationId: reply.conversationId, replyId: reply.replyId });
  const speak = async (): Promise<void> => {
    const call = await model.nextCall();
    for (const part of parts) call.send(part);
  };
  void speak();
  for await (const event of chat.watchThread(reply.conversationId, new AbortController().signal)) {
    if (event.type === 'snapshot') print({ phase: event.progress?.phase });
    if (event.type === 'progress') print({ phase: event.progress.phase });
    if (event.type === 'delta') print({ phase: 'answering' });
  }
}
