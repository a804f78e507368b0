import { writeSync } from 'node:fs';

import { createChat } from '../../electron/chat/create-chat.ts';
import { createAssembler } from '../../electron/context/assemble-prompt.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { defaultSettings } from '../../shared/contract/index.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { createScriptedLanguageModel } from '../fakes/scripted-language-model.ts';
import { addDocument, answerAll, goodNotes, isNoting, longReport } from './long-report.ts';

const ignore = (): void => {};
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function print(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Runs in a process of its own until it is killed: does a task and stays at the given call, with some of its words said. */
export async function summariseUntil(databasePath: string, folder: string, stayAt: number): Promise<void> {
  const model = createScriptedLanguageModel('main');
  const store = createStore(openDatabase({ path: databasePath, key: new Uint8Array(32).fill(7), log }));
  const clock = { now: Date.now };
  const documents = createDocuments({
    store: store.documents,
    extractor: createFakeExtractor(),
    estimateTokens,
    clock,
  });
  const { ofConversation } = store.documents;
  const chat = createChat({
    store,
    models: { choose: () => ({ info: createModelInfo({ id: 'main' }), model, contextTokens: 1536 }) },
    settings: { read: () => defaultSettings },
    assemblePrompt: createAssembler(
      store,
      { ofConversation, collectionsOf: () => [], choose: documents.choose },
      {
        messages: store.messages,
        ofConversation,
        whole: documents.whole,
        report: documents.report,
        results: store.taskResults,
        now: Date.now,
      },
    ).assemble,
    clock,
    log,
  });
  // Nothing else would keep a process that waits for its model.
  setInterval(ignore, 60_000);
  const documentId = await addDocument(documents, folder, 'report.txt', longReport(40));
  const reply = chat.send({
    requestId: 'r',
    conversationId: null,
    text: 'Summary of report.txt',
    modelId: null,
    documentIds: [documentId],
    task: { kind: 'summary' },
  });
  print({ conversationId: reply.conversationId, replyId: reply.replyId });
  answerAll(model, (call, index) => {
    if (index < stayAt) return isNoting(call) ? goodNotes(call) : 'The report is about harbours (p. 1).';
    call.say(isNoting(call) ? '- In the' : 'The report');
    setTimeout(() => print({ at: index }), 50);
    return undefined;
  });
}
