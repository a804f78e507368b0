import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';

import type { TurnProgress } from '../../shared/contract/index.ts';
import type { TurnParameters } from '../../shared/model/turn-setup.ts';
import type { AssembledPrompt } from '../context/context.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { Clock, Log } from '../ports.ts';
import type { GivenSources } from '../store/answer-sources.ts';
import type { Outcome } from '../store/store.ts';
import { toCallOptions } from './call-options.ts';
import { toErrorReport } from './error-report.ts';
import { createPieceBuffer } from './piece-buffer.ts';
import { answerWithFittingPrompt } from './prompt-attempts.ts';
import { toTokenUsage, tryDigestStep, tryEngineProgress, trySampledAtMs } from './stream-parts.ts';
import { advanceTurn, createTurn, isEnded, type TurnEffect, type TurnEvent } from './turn-machine.ts';

export interface TurnOptions {
  readonly conversationId: string;
  readonly model: LanguageModelV4;
  readonly modelName: string;
  readonly parameters: TurnParameters;
  /** Characters the answer holds already; more than none when it is continued. */
  readonly offset: number;
  /** The same for the thought before it. */
  readonly thoughtOffset: number;
  /** Called once before. What it throws ends the answer as failed. */
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
  /** Called again with a larger scale when the model says that the prompt does not fit. */
  readonly assemble: (tokenScale: number) => AssembledPrompt;
  readonly sink: TurnSink;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where an answer goes. */
export interface TurnSink {
  /** Stores what of documents the answer is given to read, before its first word. May throw as `append` does. */
  given(sources: GivenSources): void;
  /** Stores a piece, then shows it. What it throws ends the answer as failed. */
  append(text: string, offset: number, sentAtMs: number): void;
  /** The same for what is thought before the answer. */
  think(text: string, offset: number, sentAtMs: number): void;
  /** The thought is over. May throw as `append` does. */
  thoughtFor(durationMs: number): void;
  /** Stores what the turn does from now on, before it is shown or right after its first words. May throw as `append` does. */
  enter(progress: TurnProgress): void;
  progress(progress: TurnProgress): void;
  /** Called once and last. Must not throw. */
  end(outcome: Outcome): void;
}

export interface RunningTurn {
  readonly progress: TurnProgress | null;
  /** Ends the answer at once, whatever the model is doing. */
  stop(): void;
  /** The same because the app closes. */
  close(): void;
  /** Resolves when nothing of it runs any more. */
  readonly settled: Promise<void>;
}

/** Drives one answer through the turn machine: the model's stream goes in, what is to be stored and shown comes out. */
export function runTurn(options: TurnOptions): RunningTurn {
  const { model, sink, clock, log } = options;
  const abort = new AbortController();
  let turn = createTurn({ modelName: options.modelName, hasText: options.offset > 0 });
  /** To be done when the words before it are stored. */
  let afterWords: (() => void)[] = [];

  const fail = (error: unknown): void => {
    if (!isEnded(turn)) feed({ type: 'failed', error: toErrorReport(error, log) });
  };
  /** The words come first: nothing is stored in front of them that they say themselves. */
  const thenRest =
    (write: TurnSink['append']): TurnSink['append'] =>
    (...piece) => {
      write(...piece);
      const waiting = afterWords;
      afterWords = [];
      for (const work of waiting) work();
    };
  const pieces = createPieceBuffer({ offset: options.offset, write: thenRest(sink.append), onError: fail });
  const thoughts = createPieceBuffer({ offset: options.thoughtOffset, write: thenRest(sink.think), onError: fail });

  const end = (outcome: Outcome): void => {
    if (outcome.state !== 'done') abort.abort();
    let last = outcome;
    try {
      thoughts.flush();
      pieces.flush();
    } catch (error) {
      last = { state: 'failed', error: toErrorReport(error, log), stats: null };
    }
    sink.end(last);
  };

  const carryOut = (effect: TurnEffect, sentAtMs: number): void => {
    switch (effect.type) {
      case 'append':
        return pieces.add(effect.text, sentAtMs);
      case 'think':
        return thoughts.add(effect.text, sentAtMs);
      case 'thoughtFor':
        thoughts.flush();
        return sink.thoughtFor(effect.durationMs);
      case 'enter':
        if (effect.progress.phase === 'answering' || effect.progress.phase === 'thinking') {
          afterWords.push(() => sink.enter(effect.progress));
        } else {
          // The words before it are stored first, and with them the state they belong to.
          thoughts.flush();
          pieces.flush();
          sink.enter(effect.progress);
        }
        return;
      case 'progress':
        if (afterWords.length > 0) afterWords.push(() => sink.progress(effect.progress));
        else sink.progress(effect.progress);
        return;
      case 'end':
        return end(effect.outcome);
    }
  };

  const feed = (event: TurnEvent, sentAtMs = clock.now()): void => {
    const step = advanceTurn(turn, event);
    turn = step.turn;
    for (const effect of step.effects) carryOut(effect, sentAtMs);
  };

  const take = (part: LanguageModelV4StreamPart): void => {
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      // The model's own time: text that arrives in one bunch on a busy machine was not written in one moment.
      const atMs = trySampledAtMs(part.providerMetadata) ?? clock.now();
      feed({ type: part.type === 'text-delta' ? 'text' : 'thought', text: part.delta, atMs }, atMs);
    } else if (part.type === 'raw') {
      const progress = tryEngineProgress(part.rawValue);
      if (progress) feed({ type: 'engine', progress });
      const step = tryDigestStep(part.rawValue);
      if (step) feed({ type: 'digesting', ...step });
    } else if (part.type === 'tool-call') {
      feed({ type: 'toolCalled', callId: part.toolCallId, toolName: part.toolName });
    } else if (part.type === 'tool-approval-request') {
      feed({ type: 'permissionNeeded', callId: part.toolCallId });
    } else if (part.type === 'tool-result') {
      if (part.preliminary !== true) feed({ type: 'toolAnswered', callId: part.toolCallId });
    } else if (part.type === 'error') {
      throw part.error;
    } else if (part.type === 'finish') {
      const { unified, raw } = part.finishReason;
      if (unified === 'error') throw new Error(`The model ended with an error: ${raw ?? 'no reason given'}`);
      if (unified === 'interrupted') feed({ type: 'cut' });
      else feed({ type: 'finished', usage: toTokenUsage(part.usage), atMs: clock.now() });
    }
  };

  const answer = async ({ prompt, omittedMessages, through, sources }: AssembledPrompt): Promise<void> => {
    feed({ type: 'prompted', omittedMessages });
    if (sources !== undefined) sink.given(sources);
    const call = Promise.resolve(
      (through?.(model) ?? model).doStream({
        ...toCallOptions(options.conversationId, options.parameters),
        prompt,
        abortSignal: abort.signal,
        includeRawChunks: true,
      }),
    );
    const opened = call.then(({ stream }) => stream.getReader());
    try {
      const reader = await untilAborted(opened, abort.signal);
      while (!isEnded(turn)) {
        const { done, value } = await untilAborted(reader.read(), abort.signal);
        if (done) feed({ type: 'cut' });
        else take(value);
        await thoughts.room();
        await pieces.room();
      }
    } finally {
      // Not waited for: a model that is slow to stop must not hold up what comes next.
      opened
        .then((reader) => reader.cancel())
        .catch((error: unknown) => log.debug({ err: error }, 'a model ended badly'));
    }
  };

  const run = async (): Promise<void> => {
    // The caller learns first that the answer has begun; only then the prompt is read from the database.
    await Promise.resolve();
    try {
      if (!isEnded(turn)) await options.prepare?.(abort.signal);
      if (!isEnded(turn)) await answerWithFittingPrompt(options.assemble, answer);
    } catch (error) {
      fail(error);
    }
  };

  feed({ type: 'asked', atMs: clock.now() });
  return {
    get progress() {
      return turn.progress;
    },
    stop: () => feed({ type: 'stopped' }),
    close: () => feed({ type: 'closing' }),
    settled: run(),
  };
}
