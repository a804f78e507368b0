import { randomBytes } from 'node:crypto';

import type { StoredError, ThreadContext } from '../../shared/contract/index.ts';
import { ClawdbotError, isCancellation, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Models } from '../library/models.ts';
import type { Clock, Log } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Assembler } from './assemble-prompt.ts';
import { backgroundNameOf } from './background-model.ts';
import type { AssemblePrompt, ContextKeeper, PreparePrompt, PromptRequest } from './context.ts';
import { foldConversation, needsFolding } from './fold-conversation.ts';
import { nameConversation } from './name-conversation.ts';
import { shownSummaries } from './shown-summaries.ts';
import { steadyContext } from './steady-context.ts';

export interface ContextKeeperOptions {
  readonly store: Store;
  readonly assembler: Assembler;
  readonly models: Pick<Models, 'choose'>;
  readonly settings: Pick<SettingsStore, 'read'>;
  /** Stores and announces a title, unless a person has given one. */
  readonly suggestTitle: (conversationId: string, title: string) => void;
  /** Keeps nothing of what a model calculated under a name. */
  readonly forget: (name: string) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** How long nothing may have been asked before work begins. Default: 2 seconds. */
  readonly idleMs?: number;
}

export interface RunningContextKeeper extends ContextKeeper {
  /** The same prompts; each ends what is done in the background. */
  readonly assemble: AssemblePrompt;
  /** Goes before it; what is found is given to `assemble`. */
  readonly prepare: PreparePrompt;
  turnEnded(conversationId: string): void;
  /** Somebody needs what the background uses: it lets go at once and goes on later. */
  giveWay(): void;
  /** Another branch is on screen, or part of it is gone. */
  branchChanged(conversationId: string): void;
  /** Another database is in place: nothing that was known of the one before counts, and nothing of it is written. */
  reset(): void;
}

interface Learnt {
  /** How many tokens an estimated one was when its turn began, and at the last try. */
  readonly firstScale: number;
  readonly scale: number;
  readonly contextTokens: number;
}

const usualIdleMs = 2000;
/** A block that could not be read by a model so often, because somebody wrote meanwhile, is summarised without one. */
const mostInterruptions = 2;

/** Folds and names conversations while nobody waits: one at a time, given up at once when somebody asks something. */
export function createContextKeeper(options: ContextKeeperOptions): RunningContextKeeper {
  const { store, assembler, models, log, idleMs = usualIdleMs } = options;
  /** Null: everything may be another. */
  const changed = createEmitter<string | null>();
  const life = new AbortController();
  /** Conversations in which an answer is being written. */
  const answering = new Set<string>();
  /** What the last prompt of a conversation was made with. */
  const requests = new Map<string, Omit<PromptRequest, 'headId' | 'ranking'> & { readonly promptTokens: number }>();
  /** Conversations to look at, the newest last. */
  const due = new Set<string>();
  const failures = new Map<string, StoredError>();
  const interruptions = new Map<string, number>();
  /** By conversation and model. */
  const learnt = new Map<string, Learnt>();
  /** How many there have been; what ends late belongs to the one it began in. */
  let databases = 0;
  let folding: string | undefined;
  let job: AbortController | undefined;
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const announce = (conversationId: string | null): void => {
    try {
      changed.emit(conversationId);
    } catch (error) {
      log.error({ err: error }, 'a watcher of summaries failed');
    }
  };

  /** As the prompt before it was, so that the beginning stays, and beginning with what made that one fit. */
  const asBefore = (request: PromptRequest): PromptRequest => {
    const { conversationId, contextTokens, tokenScale } = request;
    const key = `${conversationId} ${store.conversations.find(conversationId)?.modelId ?? ''}`;
    const known = learnt.get(key);
    const firstScale = (tokenScale === 1 ? known?.scale : known?.firstScale) ?? 1;
    const scale = firstScale * tokenScale;
    const planned = tokenScale === 1 ? steadyContext(known?.contextTokens, contextTokens) : known?.contextTokens;
    const now = { firstScale, scale, contextTokens: planned ?? contextTokens };
    learnt.set(key, now);
    return { ...request, tokenScale: scale, contextTokens: now.contextTokens };
  };

  const interrupt = (): void => {
    clearTimeout(timer);
    timer = undefined;
    job?.abort();
  };

  const schedule = (afterMs: number): void => {
    clearTimeout(timer);
    if (life.signal.aborted || answering.size > 0 || due.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (job === undefined) working = work();
    }, afterMs).unref();
  };

  const loadedModel = (conversationId: string): ReturnType<Models['choose']> | undefined => {
    const modelId = store.conversations.find(conversationId)?.modelId ?? null;
    try {
      const choice = models.choose(modelId);
      return choice.info.state.kind === 'loaded' ? choice : undefined;
    } catch (error) {
      log.debug({ err: error, conversationId }, 'no model for the background');
      return undefined;
    }
  };

  const fold = async (conversationId: string, signal: AbortSignal): Promise<void> => {
    const conversation = store.conversations.find(conversationId);
    const request = requests.get(conversationId);
    if (conversation === undefined || conversation.headId === null || request === undefined) return;
    const choice = loadedModel(conversationId);
    const { promptTokens, ...rest } = request;
    const prompt: PromptRequest = { ...rest, headId: conversation.headId };
    const services = { store, assembler, clock: options.clock, log };
    if (!needsFolding(services, { ...prompt, readableTokens: promptTokens })) return;
    folding = conversationId;
    failures.delete(conversationId);
    announce(conversationId);
    const begunIn = databases;
    const impatient = (interruptions.get(conversationId) ?? 0) >= mostInterruptions;
    try {
      await foldConversation(services, {
        ...prompt,
        model: choice?.model,
        readableTokens: promptTokens,
        writes: !impatient,
        signal,
        onChange: () => announce(conversationId),
      });
      interruptions.delete(conversationId);
    } catch (error) {
      if (signal.aborted && begunIn === databases) {
        interruptions.set(conversationId, (interruptions.get(conversationId) ?? 0) + 1);
      }
      throw error;
    } finally {
      folding = undefined;
      announce(conversationId);
    }
  };

  const attend = async (conversationId: string, signal: AbortSignal): Promise<void> => {
    const choice = options.settings.read().automaticTitles ? loadedModel(conversationId) : undefined;
    if (choice !== undefined) await nameConversation(options, conversationId, choice.model, signal);
    signal.throwIfAborted();
    await fold(conversationId, signal);
  };

  const work = async (): Promise<void> => {
    const controller = new AbortController();
    job = controller;
    const { signal } = controller;
    try {
      for (let id = newest(due); id !== undefined && !signal.aborted; id = newest(due)) {
        try {
          await attend(id, signal).finally(() => options.forget(backgroundNameOf(id)));
          due.delete(id);
        } catch (error) {
          if (signal.aborted) return;
          due.delete(id);
          if (!isCancellation(error)) fail(id, error);
        }
      }
    } finally {
      job = undefined;
      schedule(idleMs);
    }
  };

  const fail = (conversationId: string, error: unknown): void => {
    failures.set(conversationId, toReport(error, log));
    announce(conversationId);
  };

  const current = (conversationId: string): ThreadContext => {
    const headId = store.conversations.find(conversationId)?.headId ?? null;
    const error = failures.get(conversationId);
    return {
      summaries: headId === null ? [] : shownSummaries(store, conversationId, headId),
      folding:
        folding === conversationId
          ? { kind: 'running' }
          : error === undefined
            ? { kind: 'idle' }
            : { kind: 'failed', error },
    };
  };

  return {
    assemble(request) {
      interrupt();
      answering.add(request.conversationId);
      const steady = asBefore(request);
      const assembled = assembler.assemble(steady);
      const { headId: _headId, ranking: _ranking, ...rest } = steady;
      requests.set(request.conversationId, { ...rest, promptTokens: assembled.estimatedTokens });
      return assembled;
    },
    prepare(request, signal) {
      interrupt();
      answering.add(request.conversationId);
      return assembler.prepare(request, signal);
    },
    turnEnded(conversationId) {
      answering.delete(conversationId);
      if (life.signal.aborted) return;
      due.delete(conversationId);
      due.add(conversationId);
      announce(conversationId);
      schedule(idleMs);
    },
    giveWay() {
      interrupt();
      schedule(idleMs);
    },
    branchChanged: announce,
    reset() {
      interrupt();
      databases += 1;
      for (const known of [answering, requests, due, failures, interruptions, learnt]) known.clear();
      assembler.forget();
      announce(null);
    },
    watch(conversationId, signal) {
      if (store.conversations.find(conversationId) === undefined) throw notFound(conversationId);
      let stop = (): void => {};
      const queue = createAsyncQueue<ThreadContext>({
        signal: AbortSignal.any([signal, life.signal]),
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stop(),
      });
      if (queue.ended) return queue;
      let told = '';
      const tell = (): void => {
        const now = current(conversationId);
        const text = JSON.stringify(now);
        if (text === told) return;
        told = text;
        queue.push(now);
      };
      stop = changed.listen((id) => {
        if (id === conversationId || id === null) tell();
      });
      tell();
      return queue;
    },
    retry(conversationId) {
      if (store.conversations.find(conversationId) === undefined) throw notFound(conversationId);
      failures.delete(conversationId);
      due.add(conversationId);
      announce(conversationId);
      schedule(0);
    },
    async [Symbol.asyncDispose]() {
      life.abort();
      interrupt();
      await working;
    },
  };
}

function newest(ids: ReadonlySet<string>): string | undefined {
  return [...ids].at(-1);
}

function notFound(conversationId: string): ClawdbotError {
  return new ClawdbotError(
    'CONVERSATION_NOT_FOUND',
    'This conversation does not exist any more. Choose another one, or begin a new one.',
    { conversationId },
  );
}

function toReport(error: unknown, log: Log): StoredError {
  if (isClawdbotError(error)) return { code: error.code, message: error.message, data: { ...error.data } };
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, err: error }, 'a conversation could not be summarised');
  return {
    code: 'INTERNAL',
    message: `Something went wrong while summarising. The log has the details under ${reference}.`,
    data: { reference },
  };
}
