import type { Tokenizer } from 'node-llama-cpp';
import type { PreparedPrompt } from '../conversation.ts';
import { createReplyText } from '../reply-text.ts';
import type { AnswerOutcome, AnswerTask } from '../resident-model.ts';
import type { Lanes } from './lanes.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import { createSamplerChain } from './sampler-chain.ts';
import type { Stream } from './stream.ts';
import type { Streams } from './streams.ts';
import { createWaitingLine } from './waiting-line.ts';

export interface NativeAnswersOptions {
  readonly functions: LlamaFunctions;
  readonly tokenizer: Tokenizer;
  readonly lanes: Lanes;
  readonly streams: Streams;
  /** Answers side by side. */
  readonly mostStreams: number;
  /** Tokens that all of them together may hold. */
  readonly cells: number;
  readonly wake: () => void;
}

export interface NativeAnswers {
  /** Takes a prompt that fits into the context to its answer. */
  write(task: AnswerTask, prompt: PreparedPrompt): Promise<AnswerOutcome>;
  /** Lets in who waits, as far as there is room. */
  admit(): void;
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

export function createNativeAnswers(options: NativeAnswersOptions): NativeAnswers {
  const { functions, tokenizer, lanes, streams } = options;
  const line = createWaitingLine<Entry>();

  const fits = ({ prompt }: Entry): boolean => {
    if (streams.count === 0) return true;
    if (streams.count >= options.mostStreams) return false;
    return streams.tokens + prompt.tokens.length + firstReplyTokens <= options.cells;
  };

  const start = (entry: Entry): boolean => {
    const { task, prompt, settle } = entry;
    const lane = lanes.take(prompt.tokens);
    if (!lane) return false;
    const stream: Stream = {
      task,
      prompt,
      lane,
      settle,
      sampler: createSamplerChain(functions, task.sampling),
      reply: createReplyText(tokenizer, prompt, task.sampling, (text, tokens) => task.onText(text, tokens)),
      cachedTokens: lane.tokens.length,
      tokens: [...prompt.tokens],
      waitedSteps: 0,
      parked: false,
      ended: false,
    };
    entry.stream = stream;
    streams.add(stream);
    task.onReading(stream.cachedTokens, stream.cachedTokens, prompt.tokens.length);
    options.wake();
    return true;
  };

  const admit = (): void => {
    for (let next = line.first; next && fits(next); next = line.first) {
      if (!start(next)) return;
      line.remove(next);
    }
  };

  return {
    admit,
    async write(task, prompt) {
      const aborted = (): AnswerOutcome => ({
        kind: 'finished',
        finish: 'aborted',
        usage: { promptTokens: prompt.tokens.length, cachedTokens: 0, replyTokens: 0 },
      });
      if (task.signal.aborted) return aborted();
      const settle = Promise.withResolvers<AnswerOutcome>();
      const { priority } = task;
      const entry: Entry = { task, prompt, settle, priority, onAhead: task.onQueued.bind(task), stream: undefined };
      const leave = (): void => {
        if (entry.stream) streams.abort(entry.stream);
        else if (line.remove(entry)) settle.resolve(aborted());
      };
      task.signal.addEventListener('abort', leave, { once: true });
      // Whoever matters more goes to the front of the line, where there may be room for a short question.
      if (line.first || !fits(entry) || !start(entry)) {
        line.add(entry);
        admit();
      }
      return settle.promise.finally(() => task.signal.removeEventListener('abort', leave));
    },
  };
}
