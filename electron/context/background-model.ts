import type { LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';

export interface BackgroundQuestion {
  /** That it is about. */
  readonly conversationId: string;
  readonly system: string;
  readonly text: string;
  readonly mostTokens: number;
  readonly signal: AbortSignal;
}

/**
 * What a model answers while nobody waits; undefined when it did not come to an end. What is calculated goes by a name of
 * its own, so that what is kept of the conversation stays where it is, and can be forgotten by that name.
 */
export async function askInBackground(
  model: LanguageModelV4,
  question: BackgroundQuestion,
): Promise<string | undefined> {
  const { conversationId, system, text, mostTokens, signal } = question;
  const { content, finishReason } = await model.doGenerate({
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text }] },
    ],
    maxOutputTokens: mostTokens,
    temperature: 0.2,
    reasoning: 'none',
    abortSignal: signal,
    providerOptions: {
      clawdbot: { conversation: backgroundNameOf(conversationId), priority: 'background', repeatPenalty: 1.1 },
    },
  });
  signal.throwIfAborted();
  if (finishReason.unified !== 'stop') return undefined;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The name under which an engine keeps what background work about a conversation calculates. */
export function backgroundNameOf(conversationId: string): string {
  return `background of ${conversationId}`;
}

/** Lets a model read what the next question of a conversation will begin with, so that it only has to read the question. */
export async function readAhead(
  model: LanguageModelV4,
  conversationId: string,
  prompt: LanguageModelV4Prompt,
  signal: AbortSignal,
): Promise<void> {
  await model.doGenerate({
    prompt,
    // An answer of no words at all cannot be asked for.
    maxOutputTokens: 1,
    abortSignal: signal,
    providerOptions: { clawdbot: { conversation: conversationId, priority: 'background' } },
  });
  signal.throwIfAborted();
}
