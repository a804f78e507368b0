import type { LanguageModelV4Prompt } from '@ai-sdk/provider';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { chooseWindowStart } from './choose-window.ts';
import type { AssembledPrompt, PromptRequest } from './context.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** What a chat template puts around each turn. */
const turnOverheadTokens = 8;
/** Room kept for the answer, at most; a small context gives a quarter of itself. */
const replyReserveTokens = 1024;

interface WrittenExchange {
  /** Several when earlier ones were never answered. */
  readonly questions: string[];
  answer: string | undefined;
}

/** Implements `AssemblePrompt`; pure. */
export function assemblePrompt({ systemPrompt, messages, contextTokens, tokenScale }: PromptRequest): AssembledPrompt {
  const sizeOf = (text: string): number => Math.ceil((estimateTokens(text) + turnOverheadTokens) * tokenScale);
  const exchanges = pairUp(messages);
  const sizes = exchanges.map(({ questions, answer }) => ({
    questionTokens: sizeOf(questions.join('\n\n')),
    answerTokens: answer === undefined ? 0 : sizeOf(answer),
  }));
  const systemTokens = systemPrompt === '' ? 0 : sizeOf(systemPrompt);

  const last = sizes.at(-1);
  const leastTokens = systemTokens + (last === undefined ? 0 : last.questionTokens + last.answerTokens);
  if (leastTokens > contextTokens) throw contextFull(leastTokens, contextTokens);

  const reserve = Math.min(replyReserveTokens, Math.floor(contextTokens / 4));
  const start = chooseWindowStart(sizes, contextTokens - reserve - systemTokens);
  const estimatedTokens = sizes
    .slice(start)
    .reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, systemTokens);
  return {
    prompt: write(systemPrompt, exchanges.slice(start)),
    omittedMessages: exchanges.slice(0, start).reduce((count, exchange) => count + messageCount(exchange), 0),
    estimatedTokens,
  };
}

/**
 * Whole exchanges, because many chat templates refuse two turns of the same side in a row. An answer of which nothing
 * was written says nothing and is left out; its question is then asked together with the next one.
 */
function pairUp(messages: PromptRequest['messages']): WrittenExchange[] {
  const exchanges: WrittenExchange[] = [];
  for (const { role, text } of messages) {
    const current = exchanges.at(-1);
    if (role === 'assistant') {
      if (current !== undefined && text.trim() !== '') current.answer = joinAnswers(current.answer, text);
    } else if (current !== undefined && current.answer === undefined) {
      current.questions.push(text);
    } else {
      exchanges.push({ questions: [text], answer: undefined });
    }
  }
  return exchanges;
}

function joinAnswers(first: string | undefined, second: string): string {
  return first === undefined ? second : `${first}\n\n${second}`;
}

function messageCount({ questions, answer }: WrittenExchange): number {
  return questions.length + (answer === undefined ? 0 : 1);
}

function write(systemPrompt: string, exchanges: readonly WrittenExchange[]): LanguageModelV4Prompt {
  const prompt: LanguageModelV4Prompt = systemPrompt === '' ? [] : [{ role: 'system', content: systemPrompt }];
  for (const { questions, answer } of exchanges) {
    prompt.push({ role: 'user', content: [{ type: 'text', text: questions.join('\n\n') }] });
    if (answer !== undefined) prompt.push({ role: 'assistant', content: [{ type: 'text', text: answer }] });
  }
  return prompt;
}

function contextFull(neededTokens: number, contextTokens: number): ClawdbotError {
  return new ClawdbotError(
    'CONTEXT_FULL',
    `This message is about ${neededTokens} tokens long and the model can read ${contextTokens} at a time here. ` +
      'Shorten it, send it in parts, or choose a model that can read more.',
    { neededTokens, contextTokens },
  );
}
