import type { Token } from 'node-llama-cpp';
import type { EngineFinish, EngineLogprob } from '../../../../shared/model/engine-protocol.ts';
import type { Calculation } from './calculation.ts';
import type { Lanes } from './lanes.ts';
import type { Pace } from './pace.ts';
import type { Pauses } from './pauses.ts';
import { planStep } from './plan-step.ts';
import type { Stepper } from './step-loop.ts';
import { outcomeOf, pendingTokens, type Stream } from './stream.ts';
import type { TokenBatch } from './token-batch.ts';

export interface StreamsOptions {
  readonly calculation: Calculation;
  readonly batch: TokenBatch;
  readonly lanes: Lanes;
  readonly pace: Pace;
  readonly contextTokens: number;
  /** What has to be done between two calculations, such as letting in who waits. */
  readonly pauses: Pauses;
  /** Nobody is being answered any more. */
  readonly onRest: () => void;
}

/** The answers that one model writes at the moment, all of them calculated together. */
export interface Streams extends Stepper {
  /** Without background work that is paused: it makes way for others. */
  readonly count: number;
  /** Tokens that these have or are about to read. */
  readonly tokens: number;
  add(stream: Stream): void;
  abort(stream: Stream): void;
  /** What nobody waits for stays where it is until this is taken back. */
  pauseBackground(paused: boolean): void;
}

interface Planned {
  readonly stream: Stream;
  readonly tokens: number;
}

interface Share extends Planned {
  /** Where in the batch its last known token is, if that is part of it. */
  readonly output: number | undefined;
  /** Guesses of what follows it, whose own outputs come right after. */
  readonly drafted: readonly Token[];
}

export function createStreams(options: StreamsOptions): Streams {
  const { calculation, batch, lanes, pace } = options;
  let streams: Stream[] = [];
  let calculating: readonly Share[] = [];
  let backgroundPaused = false;
  /** There was no room for a step with guesses. */
  let isTight = false;

  const rests = ({ task, ended }: Stream): boolean => backgroundPaused && !ended && task.priority === 'background';

  const release = (stream: Stream): void => {
    streams = streams.filter((other) => other !== stream);
    stream.sampler[Symbol.dispose]();
    lanes.give(stream.lane);
    for (const other of streams) other.parked = false;
  };

  const finish = (stream: Stream, how: EngineFinish): void => {
    if (stream.ended) return;
    stream.ended = true;
    stream.settle.resolve(outcomeOf(stream, how));
    // Its place in the memory is being written to until the step is over.
    if (!calculating.some((share) => share.stream === stream)) release(stream);
  };

  const fail = (stream: Stream, error: unknown): void => {
    if (stream.ended) return;
    stream.ended = true;
    lanes.cut(stream.lane, 0);
    stream.settle.reject(error);
  };

  /** Beside others, guesses would hold up their words. */
  const mayGuess = ({ stream, tokens }: Planned, plan: readonly Planned[]): boolean =>
    plan.length === 1 && !isTight && stream.drafting !== undefined && tokens === pendingTokens(stream);

  /** Undefined when it was not asked for any. */
  const guess = async (plan: readonly Planned[]): Promise<readonly Token[] | undefined> => {
    const [only] = plan;
    if (!only || !mayGuess(only, plan)) return undefined;
    const { drafting, tokens, task, reply } = only.stream;
    const room = Math.min(options.contextTokens - tokens.length, (task.sampling.maxTokens ?? Infinity) - reply.tokens);
    return await drafting?.propose(tokens, Math.max(0, room - 1));
  };

  const fill = (plan: readonly Planned[], drafted: readonly Token[]): Share[] => {
    batch.clear();
    return plan.map(({ stream, tokens }) => {
      const start = stream.lane.tokens.length;
      let output: number | undefined;
      for (let at = start; at < start + tokens; at += 1) {
        const isLast = at === stream.tokens.length - 1;
        const place = batch.add(stream.tokens[at] ?? 0, at, stream.lane.sequence, isLast);
        if (isLast) output = place;
      }
      for (const [ahead, token] of drafted.entries()) {
        batch.add(token, start + tokens + ahead, stream.lane.sequence, true);
      }
      return { stream, tokens, output, drafted };
    });
  };

  /** True when it was guessed. */
  const choose = (stream: Stream, output: number, guessed: Token | undefined): boolean => {
    const { token, logprob } = stream.sampler.sample(calculation.context, output);
    if (!isToken(token)) throw new Error('The sampler chose nothing.');
    stream.tokens.push(token);
    const right = token === guessed;
    if (right) stream.guesses.right += 1;
    write(stream, token, logprob);
    return right;
  };

  const write = (stream: Stream, token: Token, logprob: EngineLogprob | undefined): void => {
    const over = stream.reply.push(token, logprob);
    if (over) return finish(stream, over);
    if (stream.reply.answering) stream.sampler.beginGrammar();
    if (stream.tokens.length < options.contextTokens) return;
    stream.reply.end();
    finish(stream, 'length');
  };

  const advance = ({ stream, tokens, output, drafted }: Share): void => {
    const { lane, prompt, task } = stream;
    const held = lane.tokens.length;
    task.onStep();
    for (let at = held; at < held + tokens; at += 1) lane.tokens.push(stream.tokens[at] ?? 0);
    if (stream.ended) return;
    if (held < prompt.tokens.length && output === undefined) {
      task.onReading(Math.min(lane.tokens.length, prompt.tokens.length), stream.cachedTokens, prompt.tokens.length);
    }
    if (output === undefined) return;
    stream.guesses.proposed += drafted.length;
    let right = 0;
    try {
      // Each guess that turns out to be what was chosen has been calculated already; the others are taken back.
      while (choose(stream, output + right, drafted[right]) && !stream.ended) lane.tokens.push(drafted[right++] ?? 0);
    } finally {
      if (drafted.length > 0) lanes.cut(lane, lane.tokens.length);
    }
  };

  /** Another conversation is forgotten, or else the last of those that matter least has to wait. */
  const makeRoom = (): void => {
    if (lanes.forgetOldest()) return;
    const active = streams.filter((stream) => !stream.parked && !stream.ended);
    const last = active.findLast(({ task }) => task.priority === 'background') ?? active.at(-1);
    if (!last) return;
    if (active.length === 1) return fail(last, new Error('The answer does not fit into the memory of the model.'));
    lanes.cut(last.lane, 0);
    last.parked = true;
  };

  const settle = (status: number, shares: readonly Share[]): void => {
    if (status === 0) {
      isTight = false;
      for (const share of shares) {
        try {
          advance(share);
        } catch (error) {
          fail(share.stream, error);
        }
      }
      return;
    }
    if (status === 1) {
      isTight = shares.some(({ drafted }) => drafted.length > 0);
      return isTight ? undefined : makeRoom();
    }
    for (const { stream } of shares) {
      if (status === 2) lanes.cut(stream.lane, stream.lane.tokens.length);
      else fail(stream, new Error(`llama.cpp could not calculate (${status}).`));
    }
  };

  const calculate = async (shares: readonly Share[], wasAsked: boolean): Promise<void> => {
    calculating = shares;
    const tokens = batch.batch.n_tokens;
    const beganMs = performance.now();
    const status = await calculation.run(batch, pace.expectedMs(tokens));
    if (status === 0) pace.note(tokens, performance.now() - beganMs);
    const [only] = shares;
    const rightBefore = only?.stream.guesses.right ?? 0;
    settle(status, shares);
    if (status !== 0 || !only || !wasAsked) return;
    const { stream, drafted } = only;
    const right = stream.guesses.right - rightBefore;
    stream.drafting?.note({ proposed: drafted.length, right, elapsedMs: performance.now() - beganMs });
  };

  return {
    get count() {
      return streams.filter((stream) => !rests(stream)).length;
    },
    get tokens() {
      return streams.reduce((sum, stream) => (rests(stream) ? sum : sum + stream.tokens.length), 0);
    },
    get hasWork() {
      return streams.some((stream) => !rests(stream)) || options.pauses.hasWork;
    },
    add: (stream) => void streams.push(stream),
    abort(stream) {
      if (stream.ended) return;
      const share = calculating.find((other) => other.stream === stream);
      stream.reply.end();
      finish(stream, 'aborted');
      stream.drafting?.breakOff();
      // What the others calculate is worth more than the rest of a step, but not more than that of a whole prompt.
      if (share && (share.tokens > 1 || calculating.every((other) => other.stream.ended))) calculation.breakOff();
    },
    pauseBackground(paused) {
      backgroundPaused = paused;
    },
    async step() {
      await options.pauses.run();
      const states = streams.map((stream) => ({
        priority: stream.task.priority,
        pendingTokens: rests(stream) ? 0 : pendingTokens(stream),
        waitedSteps: stream.waitedSteps,
      }));
      const plan = planStep(states, pace.limits()).flatMap(({ index, tokens }) => {
        const stream = streams[index];
        return stream ? [{ stream, tokens }] : [];
      });
      if (plan.length === 0) return;
      for (const stream of streams) stream.waitedSteps += 1;
      for (const { stream } of plan) stream.waitedSteps = 0;
      // From here on whoever is given up keeps its place until the step is over.
      calculating = plan.map((planned) => ({ ...planned, output: undefined, drafted: [] }));
      try {
        const drafted = await guess(plan);
        if (plan.every(({ stream }) => stream.ended)) return;
        await calculate(fill(plan, drafted ?? []), drafted !== undefined);
      } catch (error) {
        for (const { stream } of plan) fail(stream, error);
      } finally {
        calculating = [];
        for (const stream of streams.filter(({ ended }) => ended)) release(stream);
        if (streams.length === 0) options.onRest();
      }
    },
  };
}

function isToken(value: number): value is Token {
  return value >= 0;
}
