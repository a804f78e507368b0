import type { DocumentTask, Message } from '../../shared/contract/index.ts';
import { deriveTitle } from '../../shared/model/derive-title.ts';
import { emptySetup, type ConversationSetup } from '../../shared/model/turn-setup.ts';
import type { AssemblePrompt, PreparePrompt } from '../context/context.ts';
import type { FoundPassage } from '../store/document-store.ts';
import type { Models } from '../library/models.ts';
import type { Clock } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { ConversationRecord, NewMessage, Store } from '../store/store.ts';
import type { Announcer } from './announcer.ts';
import type { Reply } from './chat.ts';
import type { Turns } from './turns.ts';

export type ModelChoice = ReturnType<Models['choose']>;

/** Stores questions and the beginnings of answers, each pair in one piece, and lets the model write. */
export interface Replies {
  /** A question after `parentId`, and its answer. A null conversation begins one. */
  ask(question: Question): Reply & { messageId: string };
  /** One more answer to a message that is stored. */
  answer(conversation: ConversationRecord, parentId: string, choice: ModelChoice): Reply;
  /** Goes on with an answer that ended early. */
  resume(conversation: ConversationRecord, reply: Message, choice: ModelChoice): Reply;
}

export interface Question {
  readonly requestId: string;
  readonly conversation: ConversationRecord | null;
  readonly parentId: string | null;
  readonly text: string;
  readonly choice: ModelChoice;
  /** For a conversation that begins. */
  readonly setup: ConversationSetup | undefined;
  readonly folderId: string | undefined;
  readonly documentIds: readonly string[];
  readonly task: DocumentTask | undefined;
}

interface Services {
  readonly store: Store;
  readonly turns: Turns;
  readonly announcer: Announcer;
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly assemblePrompt: AssemblePrompt;
  /** Left out: nothing has to be waited for. */
  readonly preparePrompt?: PreparePrompt;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Begun extends Reply {
  readonly offset: number;
  readonly thoughtOffset: number;
  readonly promptHeadId: string;
  /** The question was answered before. */
  readonly again: boolean;
}

export function createReplies(services: Services): Replies {
  const { store, turns, announcer, settings, assemblePrompt, preparePrompt, clock, newId } = services;

  const start = (reply: Begun, choice: ModelChoice): void => {
    const { promptHeadId, again, ...request } = reply;
    const setup = store.setups.find(reply.conversationId) ?? emptySetup;
    // Only an answer that is continued has been given anything yet.
    const givenBefore = store.sources.of(reply.replyId)?.list;
    let ranking: readonly FoundPassage[] | undefined;
    const promptFor = (tokenScale: number) => ({
      conversationId: reply.conversationId,
      headId: promptHeadId,
      systemPrompt: setup.systemPrompt ?? settings.read().systemPrompt,
      contextTokens: choice.contextTokens,
      tokenScale,
      plainReader: choice.info.starter === true,
      again,
      ...(givenBefore === undefined ? {} : { givenBefore }),
    });
    turns.start({
      ...request,
      parameters: setup.parameters,
      model: choice.model,
      modelName: choice.info.name,
      async prepare(signal) {
        ranking = await preparePrompt?.(promptFor(1), signal);
      },
      assemble: (tokenScale) =>
        assemblePrompt({ ...promptFor(tokenScale), ...(ranking === undefined ? {} : { ranking }) }),
    });
  };

  const blankReply = (conversationId: string, parentId: string, choice: ModelChoice): NewMessage => ({
    id: newId(),
    conversationId,
    parentId,
    role: 'assistant',
    text: '',
    state: 'running',
    createdAt: clock.now(),
    model: { id: choice.info.id, name: choice.info.name },
    requestId: null,
  });

  return {
    ask({ requestId, conversation: existing, parentId, text, choice, setup, folderId, documentIds, task }) {
      const now = clock.now();
      const conversation = existing ?? newConversation(newId(), null, now);
      const conversationId = conversation.id;
      const question: NewMessage = {
        id: newId(),
        conversationId,
        parentId,
        role: 'user',
        text,
        state: 'done',
        createdAt: now,
        model: null,
        requestId,
        ...(task === undefined ? {} : { task }),
      };
      const reply = blankReply(conversationId, question.id, choice);
      store.transaction(() => {
        if (existing === null) {
          store.conversations.insert({ ...conversation, folderId: folderId ?? null });
          if (setup !== undefined) store.setups.set(conversationId, setup);
        }
        store.messages.insert(question);
        store.documents.attach(question.id, documentIds);
        store.messages.insert(reply);
        const change = { headId: reply.id, updatedAt: now, modelId: choice.info.id };
        store.conversations.update(conversationId, { ...change, ...titleFrom(conversation, question) });
      });
      start(
        { conversationId, replyId: reply.id, offset: 0, thoughtOffset: 0, promptHeadId: question.id, again: false },
        choice,
      );
      if (parentId === conversation.headId) announcer.messages([question.id, reply.id]);
      else announcer.branch(conversationId);
      announcer.conversation(conversationId);
      return { conversationId, messageId: question.id, replyId: reply.id };
    },

    answer({ id: conversationId }, parentId, choice) {
      const reply = blankReply(conversationId, parentId, choice);
      store.transaction(() => {
        store.messages.insert(reply);
        const change = { headId: reply.id, updatedAt: reply.createdAt, modelId: choice.info.id };
        store.conversations.update(conversationId, change);
      });
      start(
        { conversationId, replyId: reply.id, offset: 0, thoughtOffset: 0, promptHeadId: parentId, again: true },
        choice,
      );
      announcer.branch(conversationId);
      announcer.conversation(conversationId);
      return { conversationId, replyId: reply.id };
    },

    resume({ id: conversationId, headId }, reply, choice) {
      const model = { id: choice.info.id, name: choice.info.name };
      store.transaction(() => {
        store.journal.reopen(reply.id, model);
        store.conversations.update(conversationId, { headId: reply.id, updatedAt: clock.now(), modelId: model.id });
      });
      const thoughtOffset = reply.thought?.text.length ?? 0;
      start(
        {
          conversationId,
          replyId: reply.id,
          offset: reply.text.length,
          thoughtOffset,
          promptHeadId: reply.id,
          again: false,
        },
        choice,
      );
      if (reply.id === headId) announcer.messages([reply.id]);
      else announcer.branch(conversationId);
      announcer.conversation(conversationId);
      return { conversationId, replyId: reply.id };
    },
  };
}

export function newConversation(id: string, title: string | null, atMs: number): ConversationRecord {
  return {
    id,
    title: title ?? '',
    titleSource: title === null ? 'none' : 'person',
    createdAt: atMs,
    updatedAt: atMs,
    pinned: false,
    headId: null,
    modelId: null,
  };
}

/** The first message names the conversation, also after it was edited, until a person does. */
function titleFrom(
  { titleSource }: ConversationRecord,
  question: NewMessage,
): Partial<Pick<ConversationRecord, 'title' | 'titleSource'>> {
  const isFirst = titleSource === 'none' || (titleSource === 'message' && question.parentId === null);
  const title = isFirst ? deriveTitle(question.text) : '';
  return title === '' ? {} : { title, titleSource: 'message' };
}
