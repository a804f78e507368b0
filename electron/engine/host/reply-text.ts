import type { Token, Tokenizer } from 'node-llama-cpp';
import type { EngineFinish, EngineSampling } from '../../../shared/model/engine-protocol.ts';
import type { PreparedPrompt } from './conversation.ts';
import { createDetokeniser } from './detokeniser.ts';
import { createStartTrimmer } from './start-trimmer.ts';
import { createStopMatcher } from './stop-matcher.ts';

export interface ReplyText {
  readonly tokens: number;
  /** Takes the next token, and tells when the answer is over with it. */
  push(token: Token): EngineFinish | undefined;
  /** Says what was held back; called once, unless `push` ended the answer. */
  end(): void;
}

/** The words of one answer, from its tokens to the text that may be shown. */
export function createReplyText(
  tokenizer: Tokenizer,
  prompt: PreparedPrompt,
  sampling: EngineSampling,
  onText: (text: string, tokens: number) => void,
): ReplyText {
  const detokeniser = createDetokeniser<Token>(
    (tokens, before) => tokenizer.detokenize(tokens, false, before),
    prompt.tokens.slice(-8),
  );
  const trimmer = createStartTrimmer(prompt.ignoredStarts);
  const stops = createStopMatcher([...sampling.stop, ...prompt.stopTexts]);
  let replyTokens = 0;
  let saidTokens = 0;

  const say = (text: string): void => {
    if (text === '') return;
    onText(text, replyTokens - saidTokens);
    saidTokens = replyTokens;
  };
  const end = (): void => {
    const last = stops.push(trimmer.push(detokeniser.end()) + trimmer.end());
    say(last.stopped ? last.text : last.text + stops.end());
  };

  return {
    get tokens() {
      return replyTokens;
    },
    push(token) {
      replyTokens += 1;
      if (prompt.stopTokens.has(token) || tokenizer.isEogToken(token)) {
        end();
        return 'stop';
      }
      const { text, stopped } = stops.push(trimmer.push(detokeniser.push(token)));
      say(text);
      if (stopped) return 'stop';
      if (sampling.maxTokens === null || replyTokens < sampling.maxTokens) return undefined;
      end();
      return 'length';
    },
    end,
  };
}
