import { z } from 'zod';

import type { ArchivedMessage } from '../../shared/contract/archive.ts';
import { foreignId } from './foreign-id.ts';
import { count, readTime, readTitle, type LeftOut, type ReadConversation } from './read-result.ts';

/** One conversation of `conversations.json`: messages in order, newer exports with the one each follows. */
const messageSchema = z.object({
  uuid: z.string().nullish(),
  sender: z.enum(['human', 'assistant']),
  text: z.string().nullish().catch(null),
  content: z.array(z.unknown()).nullish().catch(null),
  created_at: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish().catch(null),
  files: z.array(z.unknown()).nullish().catch(null),
  parent_message_uuid: z.string().nullish().catch(null),
});
const conversationSchema = z.object({
  uuid: z.string().nullish(),
  name: z.unknown().optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  chat_messages: z.array(z.unknown()),
});

/** Undefined for something that is no such conversation. */
export function tryReadClaude(value: unknown, nowMs: number): ReadConversation | undefined {
  const parsed = conversationSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const createdAt = readTime(parsed.data.created_at, nowMs);
  const source = parsed.data.uuid ?? JSON.stringify([parsed.data.name, createdAt]);
  const leftOut: Partial<Record<LeftOut, number>> = {};
  const messages: ArchivedMessage[] = [];
  const ids = new Map<string, string>();
  for (const [index, raw] of parsed.data.chat_messages.entries()) {
    const message = messageSchema.safeParse(raw);
    if (!message.success) {
      count(leftOut, 'messages');
      continue;
    }
    const { uuid, sender, parent_message_uuid: parent } = message.data;
    const { text, thought } = readContent(message.data, leftOut);
    const previous = messages.at(-1)?.id ?? null;
    const after = parent ? (ids.get(parent) ?? (ids.size === 0 || isRoot(parent) ? null : previous)) : previous;
    if (text === '' && thought === '') {
      // Nothing to show; what follows it follows what it followed.
      if (uuid && after !== null) ids.set(uuid, after);
      continue;
    }
    const id = foreignId('claude', source, uuid ?? String(index));
    if (uuid) ids.set(uuid, id);
    messages.push({
      id,
      parentId: after,
      role: sender === 'human' ? 'user' : 'assistant',
      text,
      thought: thought === '' ? null : { text: thought, durationMs: null },
      state: 'done',
      createdAt: readTime(message.data.created_at, createdAt),
      model: sender === 'assistant' ? { id: 'claude', name: 'Claude' } : null,
      error: null,
      stats: null,
    });
  }
  return {
    format: 'claude',
    leftOut,
    conversation: {
      id: foreignId('claude', source),
      title: readTitle(parsed.data.name),
      titleSource: 'person',
      createdAt,
      updatedAt: readTime(parsed.data.updated_at, createdAt),
      pinned: false,
      headId: messages.at(-1)?.id ?? null,
      modelId: null,
      messages,
    },
  };
}

/** What the first message of a conversation follows. */
function isRoot(uuid: string): boolean {
  return /^0{8}-0{4}-/.test(uuid);
}

function readContent(
  message: z.infer<typeof messageSchema>,
  leftOut: Partial<Record<LeftOut, number>>,
): { text: string; thought: string } {
  const texts: string[] = [];
  const thoughts: string[] = [];
  for (const block of message.content ?? []) {
    if (typeof block !== 'object' || block === null || !('type' in block)) continue;
    if (block.type === 'text' && 'text' in block && typeof block.text === 'string') texts.push(block.text);
    else if (block.type === 'thinking' && 'thinking' in block && typeof block.thinking === 'string') {
      thoughts.push(block.thinking);
    } else if (block.type === 'tool_use' || block.type === 'tool_result') count(leftOut, 'toolSteps');
    else count(leftOut, 'attachments');
  }
  if (texts.length === 0 && message.text) texts.push(message.text);
  for (const attachment of message.attachments ?? []) {
    // Pasted text is part of what was said.
    const text = tryText(attachment, 'extracted_content');
    if (text === undefined) count(leftOut, 'attachments');
    else texts.push(fence(tryText(attachment, 'file_name') ?? '', text));
  }
  count(leftOut, 'attachments', message.files?.length ?? 0);
  return { text: texts.join('\n\n').trim().toWellFormed(), thought: thoughts.join('\n\n').trim().toWellFormed() };
}

function tryText(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Fenced by more backticks than stand in it. */
function fence(name: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${name === '' ? '' : `${name}\n`}${ticks}\n${text}\n${ticks}`;
}
