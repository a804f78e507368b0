import { createHash } from 'node:crypto';

import type {
  JSONObject,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';

import { cancelled, ClawdbotError, hasCode } from '../../../shared/errors/clawdbot-error.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import { estimateTokens } from '../../../shared/model/estimate-tokens.ts';
import type { TaskWork } from './task-work.ts';
import type { Instruction } from './task-prompts.ts';

/** What comes while a model is asked: what it does, and words where they are shown as they come. */
export type Asking<T> = AsyncGenerator<LanguageModelV4StreamPart, T>;

/** One of several things that a model reads for one answer. */
export interface DigestProgress {
  readonly phase: 'digesting';
  readonly step: 'reading' | 'translating' | 'joining';
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

export interface TaskQuestion {
  readonly instruction: Instruction;
  readonly text: string;
  /** Words of an answer to be continued; empty for none. */
  readonly written?: string;
  readonly mostTokens: number;
  readonly documentIds: readonly string[];
  /** What is kept of an answer; undefined when it is none. Not asked for words that are shown as they come. */
  readonly accept: (answer: string, attempt: number) => string | undefined;
  /** Said before it is asked, and in place of how far the text is read. */
  readonly progress?: DigestProgress;
  /** Words are shown as they come, in the way the conversation sets. */
  readonly live?: boolean;
}

/** `tooLong`: what was to be read, or what came of it, did not fit. */
export type TaskAnswer =
  | { readonly kind: 'text'; readonly text: string; readonly kept: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'tooLong' };

export interface TaskModel {
  readonly usage: { readonly promptTokens: number; readonly cachedTokens: number; readonly replyTokens: number };
  /** Whether a question would fit, by what the model said of others. */
  fits(question: Pick<TaskQuestion, 'instruction' | 'text' | 'mostTokens'>): boolean;
  /** What was answered to the same question before. */
  kept(question: TaskQuestion): string | undefined;
  /**
   * Asks, once more when nothing good came, and keeps what is good. An engine that died is asked once more as well.
   * @throws what the model throws, but for CONTEXT_FULL; CANCELLED
   */
  ask(question: TaskQuestion): Asking<TaskAnswer>;
}

/** Changed when what is made of an answer changes: what was kept before is then not found any more. */
const version = 1;
const attempts = 2;
/** On top of what the model counted, because the rest of a text may be denser. */
const margin = 1.05;
const templateTokens = 24;

export function createTaskModel(
  model: LanguageModelV4,
  { contextTokens, tokenScale, results, now }: TaskWork,
  options: LanguageModelV4CallOptions,
): TaskModel {
  const signal = options.abortSignal ?? new AbortController().signal;
  const usage = { promptTokens: 0, cachedTokens: 0, replyTokens: 0 };
  let scale = tokenScale;

  const promptOf = ({ instruction, text, written = '' }: TaskQuestion): LanguageModelV4Prompt => [
    { role: 'system', content: instruction.system },
    { role: 'user', content: [{ type: 'text', text: `${text}\n\n${instruction.request}` }] },
    ...(written === '' ? [] : [{ role: 'assistant' as const, content: [{ type: 'text' as const, text: written }] }]),
  ];
  const estimate = ({ instruction, text }: Pick<TaskQuestion, 'instruction' | 'text'>): number =>
    estimateTokens(`${instruction.system}\n${instruction.request}\n${text}`) + templateTokens;

  /** Everything that shapes an answer, but for the words that it goes on after. */
  const keyOf = (question: TaskQuestion): string => {
    const { prompt: _prompt, abortSignal: _signal, providerOptions: _own, ...parameters } = options;
    const shaping = question.live === true ? { parameters, own: shapingOptions(options) } : {};
    const asked = [version, model.modelId, promptOf({ ...question, written: '' }), question.mostTokens, shaping];
    return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  };

  const callOptions = (question: TaskQuestion, attempt: number): LanguageModelV4CallOptions => {
    const own = { prompt: promptOf(question), abortSignal: signal, includeRawChunks: true };
    if (question.live === true) {
      // What the model keeps for the conversation stays where it is: nothing that follows begins like this.
      return {
        ...options,
        ...own,
        maxOutputTokens: Math.min(options.maxOutputTokens ?? question.mostTokens, question.mostTokens),
        providerOptions: { clawdbot: shapingOptions(options) },
      };
    }
    return {
      ...own,
      maxOutputTokens: question.mostTokens,
      temperature: attempt === 1 ? 0.2 : 0.7,
      reasoning: 'none',
      providerOptions: { clawdbot: { repeatPenalty: 1.1 } },
    };
  };

  async function* read(
    question: TaskQuestion,
    attempt: number,
  ): Asking<{ text: string; reason: LanguageModelV4FinishReason['unified'] }> {
    const opened = Promise.resolve(model.doStream(callOptions(question, attempt))).then(({ stream }) =>
      stream.getReader(),
    );
    let text = '';
    const { progress } = question;
    const shown = progress && ({ type: 'raw', rawValue: progress } as const);
    if (shown !== undefined) yield shown;
    try {
      const reader = await untilAborted(opened, signal);
      for (;;) {
        const { done, value } = await untilAborted(reader.read(), signal);
        if (done) throw gone();
        if (value.type === 'error') throw value.error;
        if (value.type === 'raw') yield shown !== undefined && isReading(value.rawValue) ? shown : value;
        if (value.type === 'reasoning-delta' && question.live === true) yield value;
        if (value.type === 'text-delta') {
          text += value.delta;
          if (question.live === true) yield value;
        }
        if (value.type !== 'finish') continue;
        usage.promptTokens += value.usage.inputTokens.total ?? 0;
        usage.cachedTokens += value.usage.inputTokens.cacheRead ?? 0;
        const replyTokens = value.usage.outputTokens.total ?? 0;
        // Of notes that only led to an answer nobody reads a word.
        usage.replyTokens = question.live === true ? replyTokens : usage.replyTokens + replyTokens;
        const { unified } = value.finishReason;
        if (unified === 'interrupted') throw gone();
        return { text, reason: unified };
      }
    } finally {
      opened.then((reader) => reader.cancel()).catch(() => {});
    }
  }

  return {
    usage,
    fits: (question) => estimate(question) * scale + question.mostTokens <= contextTokens,
    kept: (question) => results.find(keyOf(question)),
    async *ask(question) {
      const key = keyOf(question);
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        if (signal.aborted) throw cancelled();
        try {
          const { text, reason } = yield* read(question, attempt);
          if (reason === 'length' && question.live !== true) return { kind: 'tooLong' };
          const good = question.live === true ? text.trim() && text : question.accept(text, attempt);
          if (good === undefined || good === '') continue;
          const whole = `${question.written ?? ''}${good}`;
          if (reason === 'stop') results.keep(key, whole, question.documentIds, now());
          return { kind: 'text', text: whole, kept: false };
        } catch (error) {
          if (hasCode(error, 'CONTEXT_FULL')) {
            scale = Math.max(scale, (error.data.neededTokens / estimate(question)) * margin);
            return { kind: 'tooLong' };
          }
          // Words that are on the screen already must not come twice.
          if (!hasCode(error, 'ENGINE_CRASHED') || attempt === attempts || question.live === true) throw error;
        }
      }
      return { kind: 'none' };
    },
  };
}

/** Without the conversation it is for, which is not the model's business. */
function shapingOptions({ providerOptions }: LanguageModelV4CallOptions): JSONObject {
  const { conversation: _conversation, ...rest } = providerOptions?.['clawdbot'] ?? {};
  return rest;
}

/** How far a single piece is read says less than which of them it is. */
function isReading(rawValue: unknown): boolean {
  return typeof rawValue === 'object' && rawValue !== null && 'phase' in rawValue && rawValue.phase === 'reading';
}

function gone(): ClawdbotError {
  return new ClawdbotError('ENGINE_CRASHED', 'The model stopped in the middle of its answer.', {
    reason: 'the answer ended without an end',
  });
}
