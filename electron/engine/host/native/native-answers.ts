import type { Token, Tokenizer } from 'node-llama-cpp';
import type { PreparedPrompt } from '../conversation.ts';
import { createReplyText } from '../reply-text.ts';
import type { AnswerOutcome, AnswerTask } from '../resident-model.ts';
import type { Drafting } from './drafting.ts';
import type { Lane, Lanes } from './lanes.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import type { Logits } from './logits.ts';
import { createSamplerChain, type SamplerChain } from './sampler-chain.ts';
import type { Stream } from './stream.ts';
import type { Streams } from './streams.ts';
import { createWaitingLine } from './waiting-line.ts';

export interface NativeAnswersOptions {
  readonly functions: LlamaFunctions;
  readonly tokenizer: Tokenizer;
  readonly vocabulary: Pointer;
  readonly logits: Logits;
  readonly lanes: Lanes;
  readonly streams: Streams;
  /** Answers side by side. */
  readonly mostStreams: number;
  /** Tokens that all of them together may hold. */
  readonly cells: number;
  /** Makes what guesses the words of an answer, where that is wanted. */
  readonly drafting: ((promptTokens: number) => Drafting) | undefined;
  readonly wake: () => void;
}

export interface NativeAnswers {
  readonly hasWaiting: boolean;
  /** Takes a prompt that fits into the context to its answer. */
  write(task: AnswerTask, prompt: PreparedPrompt): Promise<AnswerOutcome>;
  /** Lets in who waits, as far as there is room. Not during a calculation: places in the memory are given away. */
  admit(): Promise<void>;
  /** At most so many side by side; those that have begun go on. The step loop is to be woken afterwards. */
  limit(parallel: number, backgroundPaused: boolean): void;
}

interface Entry {
  readonly task: AnswerTask;
  readonly prompt: PreparedPrompt;
  readonly settle: PromiseWithResolvers<AnswerOutcome>;
  readonly priority: AnswerTask['priority'];
  onAhead(ahead: number): void;
  stream: Stream | undefined;
}

/** Room that an answer should find at its beginning; later others may have to make way for it. */
const firstReplyTokens = 64;
/** So many tokens of others may rest beside an answer; every word would look over more of them. */
const mostRestingTokens = 256;

export function createNativeAnswers(options: NativeAnswersOptions): NativeAnswers {
  const { functions, tokenizer, lanes, streams } = options;
  const line = createWaitingLine<Entry>();
  let { mostStreams } = options;
  let backgroundPaused = false;

  const rests = ({ priority }: Entry): boolean => backgroundPaused && priority === 'background';

  const fits = (entry: Entry): boolean => {
    const { prompt } = entry;
    if (rests(entry)) return false;
    if (streams.count === 0) return true;
    if (streams.count >= mostStreams) return false;
    return streams.tokens + prompt.tokens.length + firstReplyTokens <= options.cells;
  };

  const samplerOf = ({ task, prompt }: Entry, lane: Lane): SamplerChain => {
    try {
      return createSamplerChain({
        functions,
        vocabulary: options.vocabulary,
        logits: options.logits,
        sampling: task.sampling,
        prompt: prompt.tokens,
        textOf: (token) => (isToken(token) ? tokenizer.detokenize([token], true) : ''),
      });
    } catch (error) {
      lanes.give(lane);
      throw error;
    }
  };

  const start = async (entry: Entry): Promise<boolean> => {
    const { task, prompt, settle } = entry;
    const lane = await lanes.take(prompt.tokens, task.owner);
    if (!lane) return false;
    // Given up while its memory was fetched.
    if (task.signal.aborted) {
      lanes.give(lane);
      return true;
    }
    if (task.priority !== 'background' && lanes.restingTokens > mostRestingTokens) await lanes.clear(task.owner);
    const sampler = samplerOf(entry, lane);
    const reply = createReplyText(tokenizer, prompt, task.sampling, (said) => task.onText(said));
    if (reply.answering || !prompt.thought?.opened) sampler.beginGrammar();
    const stream: Stream = {
      task,
      prompt,
      lane,
      settle,
      sampler,
      reply,
      cachedTokens: lane.tokens.length,
      tokens: [...prompt.tokens],
      ...(options.drafting ? { drafting: options.drafting(prompt.tokens.length) } : {}),
      guesses: { proposed: 0, right: 0 },
      waitedSteps: 0,
      parked: false,
      ended: false,
    };
    entry.stream = stream;
    streams.add(stream);
    task.onReading(stream.cachedTokens, stream.cachedTokens, prompt.tokens.length);
    return true;
  };

  return {
    get hasWaiting() {
      return line.first !== undefined && !rests(line.first);
    },
    async admit() {
      for (let next = line.first; next && fits(next); next = line.first) {
        try {
          if (!(await start(next))) return;
        } catch (error) {
          next.settle.reject(error);
        }
        line.remove(next);
      }
    },
    limit(parallel, paused) {
      mostStreams = Math.max(1, Math.min(parallel, options.mostStreams));
      backgroundPaused = paused;
    },
    async write(task, prompt) {
      const aborted = (): AnswerOutcome => ({
        kind: 'finished',
        finish: 'aborted',
        usage: { promptTokens: prompt.tokens.length, cachedTokens: 0, replyTokens: 0 },
      });
      if (task.signal.aborted) return aborted();
      const entry: Entry = {
        task,
        prompt,
        settle: Promise.withResolvers<AnswerOutcome>(),
        priority: task.priority,
        // Whoever is let in with the next step does not wait.
        onAhead: (ahead) => (ahead > 0 || !fits(entry) ? task.onQueued(ahead) : undefined),
        stream: undefined,
      };
      const leave = (): void => {
        if (entry.stream) streams.abort(entry.stream);
        else if (line.remove(entry)) entry.settle.resolve(aborted());
      };
      task.signal.addEventListener('abort', leave, { once: true });
      line.add(entry);
      options.wake();
      return entry.settle.promise.finally(() => task.signal.removeEventListener('abort', leave));
    },
  };
}

function isToken(value: number): value is Token {
  return value >= 0;
}
