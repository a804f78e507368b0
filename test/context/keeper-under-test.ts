import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { onTestFinished } from 'vitest';

import { createAssembler } from '../../electron/context/assemble-prompt.ts';
import { createModelInfo } from '../fakes/model-info.ts';
import { createContextKeeper, type RunningContextKeeper } from '../../electron/context/create-context-keeper.ts';
import type { Models } from '../../electron/library/models.ts';
import { defaultSettings, type ModelState, type ThreadContext } from '../../shared/contract/index.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';
import { openBranch, type BranchUnderTest } from './branch-under-test.ts';
import type { Turn } from './fill-branch.ts';

export interface BackgroundCall {
  readonly options: LanguageModelV4CallOptions;
  /** What it is asked to do; the prompt's last words. */
  readonly text: string;
  /** Whether the model is to read ahead for the conversation. */
  readonly isAhead: boolean;
}

/** What a model says to a call; a promise that never settles is a model that is still at it. */
export type BackgroundScript = (call: BackgroundCall) => string | Promise<string>;

export interface KeeperUnderTest extends BranchUnderTest {
  readonly keeper: RunningContextKeeper;
  readonly calls: BackgroundCall[];
  readonly titles: string[];
  readonly forgotten: string[];
  readonly log: RecordingLog;
  modelState: ModelState;
  script: BackgroundScript;
  automaticTitles: boolean;
  /** A turn from its prompt to its end, with an answer of these words. */
  exchange(question: string, answer: string): void;
  /** The present state, and each one after it, until one is as wanted. */
  until(wanted: (context: ThreadContext) => boolean): Promise<ThreadContext>;
}

interface Options {
  readonly contextTokens?: number;
  readonly idleMs?: number;
  /** Another one than the scripted. */
  readonly model?: LanguageModelV4;
}

export function startKeeper(
  turns: readonly Turn[] = [],
  { contextTokens = 1024, idleMs = 0, model }: Options = {},
): KeeperUnderTest {
  const branch = openBranch(turns);
  const { store, conversationId } = branch;
  const log = createRecordingLog();
  const calls: BackgroundCall[] = [];
  const titles: string[] = [];
  const forgotten: string[] = [];

  const scripted: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'main',
    supportedUrls: {},
    doStream: () => Promise.reject(new Error('Nobody waits for the words.')),
    async doGenerate(options) {
      options.abortSignal?.throwIfAborted();
      const call: BackgroundCall = {
        options,
        text: options.prompt.map(textOf).join('\n'),
        isAhead: options.providerOptions?.['clawdbot']?.['conversation'] === conversationId,
      };
      calls.push(call);
      const text = await Promise.race([test.script(call), aborted(options.abortSignal)]);
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: undefined },
          outputTokens: { total: 1, text: 1, reasoning: undefined },
        },
        warnings: [],
      };
    },
  };
  const choose: Models['choose'] = () => ({
    info: createModelInfo({ id: 'main', name: 'Main', state: test.modelState }),
    model: model ?? scripted,
    contextTokens,
  });
  const keeper = createContextKeeper({
    store,
    assembler: createAssembler(store),
    models: { choose },
    settings: { read: () => ({ ...defaultSettings, automaticTitles: test.automaticTitles }) },
    suggestTitle: (_id, title) => void titles.push(title),
    forget: (name) => void forgotten.push(name),
    clock: { now: () => Date.now() },
    log,
    idleMs,
  });
  onTestFinished(() => keeper[Symbol.asyncDispose]());

  const test: KeeperUnderTest = {
    ...branch,
    keeper,
    calls,
    titles,
    forgotten,
    log,
    modelState: { kind: 'loaded' },
    script: () => '',
    automaticTitles: false,
    assemble: (options) => keeper.assemble(branch.request({ contextTokens, ...options })),
    exchange(question, answer) {
      branch.add({ role: 'user', text: question });
      test.assemble();
      branch.add({ role: 'assistant', text: answer });
      keeper.turnEnded(conversationId);
    },
    async until(wanted) {
      for await (const context of keeper.watch(conversationId, new AbortController().signal)) {
        if (wanted(context)) return context;
      }
      throw new Error('The watch ended.');
    },
  };
  return test;
}

function textOf(message: LanguageModelV4CallOptions['prompt'][number]): string {
  if (message.role === 'system') return message.content;
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')), { once: true });
  });
}
