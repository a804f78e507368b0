import type { Token } from 'node-llama-cpp';
import type { EngineFinish } from '../../../../shared/model/engine-protocol.ts';
import type { PreparedPrompt } from '../conversation.ts';
import type { ReplyText } from '../reply-text.ts';
import type { AnswerOutcome, AnswerTask } from '../resident-model.ts';
import type { Drafting } from './drafting.ts';
import type { Lane } from './lanes.ts';
import type { SamplerChain } from './sampler-chain.ts';

/** An answer that is being calculated. */
export interface Stream {
  readonly task: AnswerTask;
  readonly prompt: PreparedPrompt;
  readonly lane: Lane;
  readonly sampler: SamplerChain;
  readonly reply: ReplyText;
  readonly cachedTokens: number;
  readonly settle: PromiseWithResolvers<AnswerOutcome>;
  /** Prompt and reply so far; the lane holds the first of them. */
  readonly tokens: Token[];
  /** Absent when nothing is guessed ahead. */
  readonly drafting?: Drafting;
  readonly guesses: { proposed: number; right: number };
  waitedSteps: number;
  /** Had to make room for others; goes on when one of them has ended. */
  parked: boolean;
  ended: boolean;
}

export function pendingTokens({ tokens, lane, parked }: Stream): number {
  return parked ? 0 : tokens.length - lane.tokens.length;
}

export function outcomeOf({ prompt, cachedTokens, reply, guesses }: Stream, finish: EngineFinish): AnswerOutcome {
  const usage = {
    promptTokens: prompt.tokens.length,
    cachedTokens,
    replyTokens: reply.tokens,
    ...(guesses.proposed > 0 ? { guesses: { ...guesses } } : {}),
  };
  return { kind: 'finished', finish, usage };
}
