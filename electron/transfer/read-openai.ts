import { z } from 'zod';

import type { ArchivedMessage } from '../../shared/contract/archive.ts';
import { deriveTitle } from '../../shared/model/derive-title.ts';
import { foreignId } from './foreign-id.ts';
import { count, readTime, readTitle, type LeftOut, type ReadConversation } from './read-result.ts';

/** A line of a file for fine-tuning or evaluation: a list of messages as the chat API takes them. */
const messageSchema = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(z.unknown()), z.null()]).catch(null),
});
const lineSchema = z.object({
  messages: z.array(z.unknown()).min(1),
  title: z.unknown().optional(),
  model: z.string().nullish().catch(null),
  created: z.unknown().optional(),
  created_at: z.unknown().optional(),
});

const systemPromptLimitChars = 20_000;

/** Undefined for something that is no such line. */
export function tryReadOpenAi(value: unknown, nowMs: number): ReadConversation | undefined {
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { messages: said, model } = parsed.data;
  // A line has no name of its own: what it says is its name.
  const source = JSON.stringify(said);
  const createdAt = readTime(parsed.data.created ?? parsed.data.created_at, nowMs);
  const leftOut: Partial<Record<LeftOut, number>> = {};
  const messages: ArchivedMessage[] = [];
  const instructions: string[] = [];
  for (const [index, raw] of said.entries()) {
    const message = messageSchema.safeParse(raw);
    if (!message.success) {
      count(leftOut, 'messages');
      continue;
    }
    const { role, content } = message.data;
    const text = readContent(content, leftOut);
    if (role === 'system' || role === 'developer') {
      if (text !== '') instructions.push(text);
      continue;
    }
    if (role !== 'user' && role !== 'assistant') {
      count(leftOut, 'toolSteps');
      continue;
    }
    if (text.trim() === '') {
      count(leftOut, role === 'assistant' ? 'toolSteps' : 'messages');
      continue;
    }
    messages.push({
      id: foreignId('openai', source, String(index)),
      parentId: messages.at(-1)?.id ?? null,
      role,
      text,
      thought: null,
      state: 'done',
      createdAt,
      model: role === 'assistant' && model ? { id: model.slice(0, 300), name: model.slice(0, 300) } : null,
      error: null,
      stats: null,
    });
  }
  if (messages.length === 0) return undefined;
  const systemPrompt = instructions.join('\n\n').slice(0, systemPromptLimitChars).toWellFormed();
  const firstWords = messages.find(({ role }) => role === 'user')?.text ?? messages[0]?.text ?? '';
  return {
    format: 'openai',
    leftOut,
    conversation: {
      id: foreignId('openai', source),
      title: readTitle(parsed.data.title) || deriveTitle(firstWords),
      titleSource: 'person',
      createdAt,
      updatedAt: createdAt,
      pinned: false,
      headId: messages.at(-1)?.id ?? null,
      modelId: null,
      setup: systemPrompt === '' ? null : { systemPrompt, modelId: null, parameters: {}, presetId: null },
      messages,
    },
  };
}

function readContent(content: string | unknown[] | null, leftOut: Partial<Record<LeftOut, number>>): string {
  if (content === null) return '';
  if (typeof content === 'string') return content.toWellFormed();
  const texts: string[] = [];
  for (const part of content) {
    const text: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, 'text') : part;
    if (typeof text === 'string') texts.push(text);
    else count(leftOut, 'attachments');
  }
  return texts.join('\n\n').toWellFormed();
}
