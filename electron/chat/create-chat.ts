import { ClawdbotError, hasCode } from '../../shared/errors/clawdbot-error.ts';
import { messageLimitChars } from '../../shared/model/message-limit.ts';
import type { ConversationSetup } from '../../shared/model/turn-setup.ts';
import type { AssemblePrompt, PreparePrompt } from '../context/context.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Models } from '../library/models.ts';
import type { Clock, Log } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { createAnnouncer } from './announcer.ts';
import { createAnswerChecks } from './answer-checks.ts';
import { badInput } from './bad-input.ts';
import { createBranches } from './branches.ts';
import type { Chat } from './chat.ts';
import { createConversations } from './conversations.ts';
import { createIdSource } from './create-id.ts';
import { createFeeds } from './feeds.ts';
import { createFolders, requireFolder } from './folders.ts';
import { createOutcomes } from './outcomes.ts';
import { createPresets } from './presets.ts';
import { createReader } from './reader.ts';
import { createReplies, type ModelChoice } from './replies.ts';
import { createSearch } from './search.ts';
import { createSetups, cleanSetup } from './setups.ts';
import { createTurns } from './turns.ts';

export interface ChatServices {
  readonly store: Store;
  readonly models: Pick<Models, 'choose'>;
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly assemblePrompt: AssemblePrompt;
  /** Goes before it; left out: nothing has to be waited for. */
  readonly preparePrompt?: PreparePrompt;
  readonly clock: Clock;
  /** By which things grow old in the bin. Default: `clock`. */
  readonly binClock?: Clock;
  readonly log: Log;
  /** An answer has ended, however it did. */
  readonly onTurnEnded?: (conversationId: string) => void;
  /** Another branch is on screen, or part of it is gone. */
  readonly onBranchChanged?: (conversationId: string) => void;
  /** A conversation was deleted: nothing that was made of it outside the store may stay. Default: nothing to do. */
  readonly onRemoved?: (conversationId: string) => void;
}

/** Conversations on a store. Mends what the last run left unfinished before anything is shown. */
export function createChat(services: ChatServices): Chat {
  const { store, models, log } = services;
  tidyUp(services);

  // Answers are measured with fractions, what is stored is dated in whole milliseconds.
  const clock: Clock = { now: () => Math.floor(services.clock.now()) };
  const newId = createIdSource(clock);
  const outcomes = createOutcomes(store, log);
  const turns = createTurns(services, {
    wrote: ({ conversationId, replyId }, piece) =>
      feeds.thread(conversationId, { type: 'delta', messageId: replyId, ...piece }),
    thought: ({ conversationId, replyId }, piece) =>
      feeds.thread(conversationId, { type: 'thought', messageId: replyId, ...piece }),
    thoughtEnded: ({ replyId }) => announcer.messages([replyId]),
    given: ({ replyId }) => announcer.messages([replyId]),
    progressed: ({ conversationId, replyId }, progress) =>
      feeds.thread(conversationId, { type: 'progress', messageId: replyId, progress }),
    ended({ conversationId, replyId }, outcome) {
      outcomes.record(replyId, outcome);
      try {
        announcer.messages([replyId]);
        announcer.conversation(conversationId);
      } catch (error) {
        log.error({ conversationId, err: error }, 'the end of a reply could not be read again');
        announcer.branch(conversationId);
      }
      checks.check(replyId);
      services.onTurnEnded?.(conversationId);
    },
  });
  const reader = createReader(store, turns, outcomes);
  const feeds = createFeeds({ conversations: reader.listEvents, thread: reader.threadEvents });
  const announcer = createAnnouncer(feeds, reader, services.onBranchChanged);
  const checks = createAnswerChecks(services, (messageId) => {
    const { headId } = reader.record(reader.message(messageId).conversationId);
    // Where another version is on screen, this one would seem to be newer.
    if (headId !== null && store.messages.isOnBranch(messageId, headId)) announcer.messages([messageId]);
  });
  checks.catchUp();
  const binClock = services.binClock ?? clock;
  const refreshed = createEmitter<void>();
  const parts = { ...services, clock, binClock, reader, turns, announcer, newId, refreshed };
  const replies = createReplies(parts);
  /** What is asked for now, else the conversation's own model, else the one that answers new messages. */
  const choose = (modelId: string | null, setup: ConversationSetup | undefined): ModelChoice =>
    models.choose(modelId ?? setup?.modelId ?? null);

  return {
    folders: createFolders(parts),
    presets: createPresets(parts),
    setups: createSetups(parts),
    watchConversations: feeds.watchConversations,
    watchThread(conversationId, signal) {
      reader.record(conversationId);
      return feeds.watchThread(conversationId, signal);
    },
    ...createConversations(parts),
    ...createBranches(parts),
    ...createSearch(parts),

    earlier(beforeMessageId, limit) {
      return reader.branch(reader.message(beforeMessageId).parentId, limit);
    },

    send({ requestId, conversationId, text, modelId, setup: given, folderId, documentIds = [], task }) {
      outcomes.retry();
      const done = store.messages.findRequest(requestId);
      if (done !== undefined) return done;
      const conversation = conversationId === null ? null : reader.record(conversationId);
      if (conversation !== null) turns.requireIdle(conversation.id);
      const parentId = conversation?.headId ?? null;
      const question = parseText(text);
      if (folderId !== undefined) requireFolder(store, folderId);
      for (const documentId of documentIds) requireDocument(store, documentId);
      const setup = given && cleanSetup(given);
      // Before anything is stored: without a model the words stay in the composer.
      const choice = choose(modelId, conversation === null ? setup : store.setups.find(conversation.id));
      return replies.ask({
        requestId,
        conversation,
        parentId,
        text: question,
        choice,
        setup,
        folderId,
        documentIds,
        task,
      });
    },

    edit({ requestId, messageId, text, modelId }) {
      outcomes.retry();
      const done = store.messages.findRequest(requestId);
      if (done !== undefined) return done;
      const { conversationId, parentId, role, documents = [], task } = reader.message(messageId);
      turns.requireIdle(conversationId);
      if (role !== 'user') throw badInput('messageId', 'Only your own messages can be changed.');
      const question = parseText(text);
      const choice = choose(modelId, store.setups.find(conversationId));
      const conversation = reader.record(conversationId);
      return replies.ask({
        requestId,
        conversation,
        parentId,
        text: question,
        choice,
        setup: undefined,
        folderId: undefined,
        documentIds: documents.map(({ id }) => id),
        task,
      });
    },

    versions(messageId) {
      reader.message(messageId);
      return store.messages.versions(messageId).map((id) => reader.message(id));
    },

    regenerate(messageId, modelId) {
      outcomes.retry();
      const { id, conversationId, parentId, role } = reader.message(messageId);
      turns.requireIdle(conversationId);
      // A question whose answer was removed can be answered again as well.
      const questionId = role === 'user' ? id : parentId;
      if (questionId === null) throw badInput('messageId', 'This message answers nothing.');
      const choice = choose(modelId, store.setups.find(conversationId));
      return replies.answer(reader.record(conversationId), questionId, choice);
    },

    continueReply(messageId) {
      outcomes.retry();
      const reply = reader.message(messageId);
      turns.requireIdle(reply.conversationId);
      if (reply.role !== 'assistant' || reply.state === 'done') {
        throw badInput('messageId', 'Only an answer that ended early can be continued.');
      }
      if (store.messages.hasFollowUp(messageId)) {
        throw badInput(
          'messageId',
          'The conversation has gone on after this answer. Ask for a new version of it instead.',
        );
      }
      return replies.resume(reader.record(reply.conversationId), reply, chooseAgain(models, reply.model?.id ?? null));
    },

    stop(conversationId) {
      if (turns.stop(conversationId)) return true;
      reader.record(conversationId);
      return false;
    },

    runningConversation: turns.runningConversation,
    refresh() {
      feeds.refreshAll();
      refreshed.emit();
    },

    async [Symbol.asyncDispose]() {
      await turns[Symbol.asyncDispose]();
      checks[Symbol.dispose]();
      outcomes.retry();
      feeds[Symbol.dispose]();
    },
  };
}

/** Not worth refusing to start: a reply nobody writes is shown as interrupted. */
function tidyUp({ store, log }: ChatServices): void {
  try {
    const interrupted = store.journal.recover();
    if (interrupted > 0) log.info({ interrupted }, 'replies of the last run were cut off');
  } catch (error) {
    log.error({ err: error }, 'the database could not be tidied up at the start');
  }
}

function requireDocument(store: Store, documentId: string): void {
  if (store.documents.find(documentId) !== undefined) return;
  throw new ClawdbotError(
    'DOCUMENT_NOT_FOUND',
    'This document is not there any more. It may have been deleted; drop the file again to ask about it.',
    { documentId },
  );
}

function parseText(text: string): string {
  if (text.trim() === '') throw badInput('text', 'There is nothing to send yet. Write a message first.');
  if (text.length > messageLimitChars) {
    throw new ClawdbotError(
      'MESSAGE_TOO_LONG',
      `The message has ${text.length} characters; ${messageLimitChars} can be sent at once. Shorten it, or send it in parts.`,
      { lengthChars: text.length, limitChars: messageLimitChars },
    );
  }
  // What is shown is what is stored, and half a character cannot be.
  return text.toWellFormed();
}

/** The model that began an answer goes on with it, unless it is gone. */
function chooseAgain(models: Pick<Models, 'choose'>, modelId: string | null): ModelChoice {
  try {
    return models.choose(modelId);
  } catch (error) {
    if (hasCode(error, 'MODEL_NOT_FOUND')) return models.choose(null);
    throw error;
  }
}
