import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';

import type { TurnProgress } from '../../shared/contract/index.ts';
import type { AssembledPrompt } from '../context/context.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { Clock, Log } from '../ports.ts';
import type { Outcome } from '../store/store.ts';
import { toErrorReport } from './error-report.ts';
import { createPieceBuffer } from './piece-buffer.ts';
import { answerWithFittingPrompt } from './prompt-attempts.ts';
import { toTokenUsage, tryEngineProgress, trySampledAtMs } from './stream-parts.ts';
import { advanceTurn, beginTurn, isEnded, type TurnEffect, type TurnEvent } from './turn-machine.ts';

export interface TurnOptions {
  readonly conversationId: string;
  readonly model: LanguageModelV4;
  readonly modelName: string;
  /** Characters the answer holds already; more than none when it is continued. */
  readonly offset: number;
  /** The same for the thought before it. */
  readonly thoughtOffset: number;
  /** Called again with a larger scale when the model says that the prompt does not fit. */
  readonly assemble: (tokenScale: number) => AssembledPrompt;
  readonly sink: TurnSink;
  readonly clock: Clock;
  readonly log: Log;
}

/** Where an answer goes. */
export interface TurnSink {
  /** Stores a piece, then shows it. What it throws ends the answer as failed. */
  append(text: string, offset: number, sentAtMs: number): void;
  /** The same for what is thought before the answer. */
  think(text: string, offset: number, sentAtMs: number): void;
  /** The thought is over. May throw as `append` does. */
  thoughtFor(durationMs: number): void;
  progress(progress: TurnProgress): void;
  /** Called once and last. Must not throw. */
  end(outcome: Outcome): void;
}

export interface RunningTurn {
  readonly progress: TurnProgress;
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
  let turn = beginTurn({ modelName: options.modelName, startedAtMs: clock.now(), hasText: options.offset > 0 });

  const fail = (error: unknown): void => {
    if (!isEnded(turn)) feed({ type: 'failed', error: toErrorReport(error, log) });
  };
  const pieces = createPieceBuffer({ offset: options.offset, write: sink.append, onError: fail });
  const thoughts = createPieceBuffer({ offset: options.thoughtOffset, write: sink.think, onError: fail });

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
      case 'progress':
        return sink.progress(effect.progress);
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
    } else if (part.type === 'error') {
      throw part.error;
    } else if (part.type === 'finish') {
      const { unified, raw } = part.finishReason;
      if (unified === 'error') throw new Error(`The model ended with an error: ${raw ?? 'no reason given'}`);
      if (unified === 'interrupted') feed({ type: 'cut' });
      else feed({ type: 'finished', usage: toTokenUsage(part.usage), atMs: clock.now() });
    }
  };

  const answer = async ({ prompt, omittedMessages }: AssembledPrompt): Promise<void> => {
    feed({ type: 'prompted', omittedMessages });
    const call = Promise.resolve(
      model.doStream({
        prompt,
        abortSignal: abort.signal,
        includeRawChunks: true,
        // A local model keeps what it has read for the conversation's next turn. Others do not look at it.
        providerOptions: { clawdbot: { conversation: options.conversationId } },
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
      if (!isEnded(turn)) await answerWithFittingPrompt(options.assemble, answer);
    } catch (error) {
      fail(error);
    }
  };

  return {
    get progress() {
      return turn.progress;
    },
    stop: () => feed({ type: 'stopped' }),
    close: () => feed({ type: 'closing' }),
    settled: run(),
  };
}
