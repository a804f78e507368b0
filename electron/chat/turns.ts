import type { LanguageModelV4 } from '@ai-sdk/provider';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { cancelled, ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { TurnParameters } from '../../shared/model/turn-setup.ts';
import type { AssembledPrompt } from '../context/context.ts';
import type { Clock, Log } from '../ports.ts';
import type { Outcome, Store } from '../store/store.ts';
import { runTurn, type RunningTurn } from './turn-runner.ts';

/** The answers being written: at most one in a conversation, any number side by side. */
export interface Turns extends AsyncDisposable {
  isRunning(conversationId: string): boolean;
  /** One of the conversations in which an answer is being written. */
  runningConversation(): string | undefined;
  /** The reply being written in a conversation. */
  replyOf(conversationId: string): string | undefined;
  progressOf(conversationId: string): TurnProgress | null;
  /** @throws TURN_RUNNING */
  requireIdle(conversationId: string): void;
  /** The reply must be stored as running. */
  start(request: TurnRequest): void;
  /** False when nothing was running. */
  stop(conversationId: string): boolean;
}

export interface TurnRequest {
  readonly conversationId: string;
  readonly replyId: string;
  /** Characters it holds already. */
  readonly offset: number;
  readonly thoughtOffset: number;
  readonly model: LanguageModelV4;
  readonly modelName: string;
  readonly parameters: TurnParameters;
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
  readonly assemble: (tokenScale: number) => AssembledPrompt;
}

/** Called when it is stored, or cannot be. */
export interface TurnListener {
  wrote(turn: TurnRequest, piece: { offset: number; text: string; sentAtMs: number }): void;
  thought(turn: TurnRequest, piece: { offset: number; text: string; sentAtMs: number }): void;
  thoughtEnded(turn: TurnRequest): void;
  given(turn: TurnRequest): void;
  progressed(turn: TurnRequest, progress: TurnProgress): void;
  ended(turn: TurnRequest, outcome: Outcome): void;
}

interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

export function createTurns({ store, clock, log }: Services, listener: TurnListener): Turns {
  const running = new Map<string, { replyId: string; turn: RunningTurn }>();
  /** Also those that ended and whose model is still winding down. */
  const settling = new Set<Promise<void>>();
  let closed = false;

  return {
    isRunning: (conversationId) => running.has(conversationId),
    runningConversation: () => running.keys().next().value,
    replyOf: (conversationId) => running.get(conversationId)?.replyId,
    progressOf: (conversationId) => running.get(conversationId)?.turn.progress ?? null,
    requireIdle(conversationId) {
      if (closed) throw cancelled();
      if (!running.has(conversationId)) return;
      throw new ClawdbotError(
        'TURN_RUNNING',
        'An answer is being written in this conversation. Stop it, or wait until it is done.',
        { conversationId },
      );
    },
    start(request) {
      const { conversationId, replyId } = request;
      let seq = 0;
      const turn = runTurn({
        ...request,
        clock,
        log,
        sink: {
          given(sources) {
            store.sources.give(replyId, sources);
            listener.given(request);
          },
          append(text, offset, sentAtMs) {
            // Stored first, shown second: what a person has seen is never lost.
            store.journal.append(replyId, seq, text);
            seq += 1;
            listener.wrote(request, { offset, text, sentAtMs });
          },
          think(text, offset, sentAtMs) {
            store.journal.append(replyId, seq, text, 'thought');
            seq += 1;
            listener.thought(request, { offset, text, sentAtMs });
          },
          thoughtFor(durationMs) {
            store.journal.thoughtFor(replyId, durationMs);
            listener.thoughtEnded(request);
          },
          enter: (progress) => store.journal.enter(replyId, progress),
          progress: (progress) => listener.progressed(request, progress),
          end(outcome) {
            running.delete(conversationId);
            listener.ended(request, outcome);
          },
        },
      });
      running.set(conversationId, { replyId, turn });
      if (closed) turn.close();
      const settled = turn.settled.finally(() => settling.delete(settled));
      settling.add(settled);
    },
    stop(conversationId) {
      const found = running.get(conversationId);
      found?.turn.stop();
      return found !== undefined;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const { turn } of [...running.values()]) turn.close();
      await Promise.all(settling);
    },
  };
}
