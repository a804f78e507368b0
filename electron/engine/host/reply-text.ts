import type { Token, Tokenizer } from 'node-llama-cpp';
import type { EngineFinish, EngineLogprob, EngineSampling, EngineText } from '../../../shared/model/engine-protocol.ts';
import type { PreparedPrompt } from './conversation.ts';
import { createDetokeniser } from './detokeniser.ts';
import { createStartTrimmer } from './start-trimmer.ts';
import { createStopMatcher } from './stop-matcher.ts';
import { createThoughtSplitter, type SplitPiece } from './thought-splitter.ts';

/** Words of an answer, or of the thought before it. */
export type Said = Omit<EngineText, 'type' | 'id' | 'atMs'>;

export interface ReplyText {
  readonly tokens: number;
  /** Whether the next word belongs to the answer itself. */
  readonly answering: boolean;
  /** Takes the next token, and tells when the answer is over with it. */
  push(token: Token, logprob?: EngineLogprob): EngineFinish | undefined;
  /** Says what was held back; called once, unless `push` ended the answer. */
  end(): void;
}

/** The words of one answer, from its tokens to the text that may be shown. */
export function createReplyText(
  tokenizer: Tokenizer,
  prompt: PreparedPrompt,
  sampling: EngineSampling,
  onSaid: (said: Said) => void,
): ReplyText {
  const detokeniser = createDetokeniser<Token>(
    (tokens, before) => tokenizer.detokenize(tokens, false, before),
    prompt.tokens.slice(-8),
  );
  const trimmer = createStartTrimmer(prompt.ignoredStarts);
  const splitter = createThoughtSplitter(prompt.thought?.marks, prompt.thought?.opened ?? false);
  // A person's stops are meant for the answer; a thought ends with the turn only.
  const thoughtStops = createStopMatcher(prompt.stopTexts);
  const stops = createStopMatcher([...sampling.stop, ...prompt.stopTexts]);
  let replyTokens = 0;
  let saidTokens = 0;
  let logprobs: EngineLogprob[] = [];

  const say = (text: string, reasoning: boolean): void => {
    if (text === '') return;
    onSaid({
      text,
      tokens: replyTokens - saidTokens,
      ...(reasoning ? { reasoning } : {}),
      ...(logprobs.length > 0 ? { logprobs } : {}),
    });
    saidTokens = replyTokens;
    logprobs = [];
  };
  /** True when a stop was reached. */
  const take = (pieces: readonly SplitPiece[]): boolean => {
    for (const { text, reasoning } of pieces) {
      if (!reasoning) say(thoughtStops.end(), true);
      const matched = (reasoning ? thoughtStops : stops).push(text);
      say(matched.text, reasoning);
      if (matched.stopped) return true;
    }
    return false;
  };
  const end = (): void => {
    const last = trimmer.push(detokeniser.end()) + trimmer.end();
    if (take([...splitter.push(last), ...splitter.end()])) return;
    say(thoughtStops.end(), true);
    say(stops.end(), false);
  };
  const textOf = (token: Token): string => {
    const mark = prompt.markTokens.get(token);
    return mark === undefined ? detokeniser.push(token) : detokeniser.end() + mark;
  };

  return {
    get tokens() {
      return replyTokens;
    },
    get answering() {
      return splitter.answering;
    },
    push(token, logprob) {
      replyTokens += 1;
      if (prompt.stopTokens.has(token) || tokenizer.isEogToken(token)) {
        end();
        return 'stop';
      }
      if (logprob) logprobs.push(logprob);
      if (take(splitter.push(trimmer.push(textOf(token))))) return 'stop';
      if (sampling.maxTokens === null || replyTokens < sampling.maxTokens) return undefined;
      end();
      return 'length';
    },
    end,
  };
}
