import { z } from 'zod';

import type { ArchivedMessage } from '../../shared/contract/archive.ts';
import { foreignId } from './foreign-id.ts';
import { count, readTime, readTitle, type LeftOut, type ReadConversation } from './read-result.ts';

/** One conversation of `conversations.json`: a tree of nodes by id, most of them with a message. */
const nodeSchema = z.object({
  parent: z.string().nullish(),
  message: z
    .object({
      author: z.object({ role: z.string() }),
      create_time: z.unknown().optional(),
      content: z.object({ content_type: z.string().catch('text') }).loose(),
      recipient: z.string().nullish().catch(null),
      metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});
const conversationSchema = z.object({
  id: z.string().nullish(),
  conversation_id: z.string().nullish(),
  title: z.unknown().optional(),
  create_time: z.unknown().optional(),
  update_time: z.unknown().optional(),
  current_node: z.string().nullish().catch(null),
  default_model_slug: z.string().nullish().catch(null),
  mapping: z.record(z.string(), z.unknown()),
});

type Node = z.infer<typeof nodeSchema>;

/** Undefined for something that is no such conversation. */
export function tryReadChatGpt(value: unknown, nowMs: number): ReadConversation | undefined {
  const parsed = conversationSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { mapping, current_node: current, default_model_slug: model } = parsed.data;
  const createdAt = readTime(parsed.data.create_time, nowMs);
  const source = parsed.data.conversation_id ?? parsed.data.id ?? JSON.stringify([parsed.data.title, createdAt]);
  const nodes = new Map<string, Node>();
  const leftOut: Partial<Record<LeftOut, number>> = {};
  for (const [id, raw] of Object.entries(mapping)) {
    const node = nodeSchema.safeParse(raw);
    if (node.success) nodes.set(id, node.data);
    else count(leftOut, 'messages');
  }
  const { messages, placeOf } = readTree(nodes, { source, createdAt, model: model ?? null, leftOut });
  return {
    format: 'chatgpt',
    leftOut,
    conversation: {
      id: foreignId('chatgpt', source),
      title: readTitle(parsed.data.title),
      titleSource: 'person',
      createdAt,
      updatedAt: readTime(parsed.data.update_time, createdAt),
      pinned: false,
      headId: (current && placeOf.get(current)) ?? messages.at(-1)?.id ?? null,
      modelId: null,
      messages,
    },
  };
}

interface Step {
  readonly id: string;
  readonly after: string | null;
}

interface Context {
  readonly source: string;
  readonly createdAt: number;
  readonly model: string | null;
  readonly leftOut: Partial<Record<LeftOut, number>>;
}

/** What was said, without the nodes in between; each node's place is the message it belongs to or follows. */
function readTree(nodes: ReadonlyMap<string, Node>, context: Context) {
  const children = new Map<string | null, string[]>();
  for (const [id, { parent }] of nodes) {
    const under = parent !== null && parent !== undefined && nodes.has(parent) ? parent : null;
    children.set(under, [...(children.get(under) ?? []), id]);
  }
  const messages: ArchivedMessage[] = [];
  const byId = new Map<string, number>();
  const placeOf = new Map<string, string>();
  const thoughts = new Map<string, string>();
  const followed = new Set<string>();
  // Not recursive: a conversation can be thousands of nodes deep.
  const waiting = [...(children.get(null) ?? [])].map((id): Step => ({ id, after: null })).toReversed();
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { id, after } = next;
    if (seen.has(id)) continue;
    seen.add(id);
    const node = nodes.get(id);
    const place = node ? take(id, node, after) : after;
    if (place !== null) placeOf.set(id, place);
    for (const child of (children.get(id) ?? []).toReversed()) waiting.push({ id: child, after: place });
  }
  count(context.leftOut, 'messages', nodes.size - seen.size);
  return { messages, placeOf };

  function take(id: string, { message }: Node, after: string | null): string | null {
    if (!message) return after;
    const { author, content, recipient, metadata } = message;
    if (author.role === 'system' || metadata?.['is_visually_hidden_from_conversation'] === true) return after;
    if (content.content_type === 'user_editable_context' || content.content_type === 'reasoning_recap') return after;
    if (content.content_type === 'thoughts') {
      const text = readThoughts(content['thoughts']);
      if (text !== '') thoughts.set(after ?? '', [thoughts.get(after ?? ''), text].filter(Boolean).join('\n\n'));
      return after;
    }
    const spoken = author.role === 'user' || (author.role === 'assistant' && (recipient ?? 'all') === 'all');
    if (!spoken) {
      count(context.leftOut, 'toolSteps');
      return after;
    }
    const text = readParts(content, context.leftOut);
    if (text.trim() === '') return after;
    const role = author.role === 'user' ? 'user' : 'assistant';
    const thought = role === 'assistant' ? (thoughts.get(after ?? '') ?? null) : null;
    if (thought !== null) thoughts.delete(after ?? '');
    // An answer in several steps is one answer, unless it was asked for again in between.
    const before = after === null ? undefined : byId.get(after);
    const previous = before === undefined ? undefined : messages[before];
    if (role === 'assistant' && previous?.role === 'assistant' && before !== undefined && !followed.has(previous.id)) {
      messages[before] = { ...previous, text: `${previous.text}\n\n${text}` };
      return previous.id;
    }
    const slug = metadata?.['model_slug'];
    const model = typeof slug === 'string' ? slug : context.model;
    const made: ArchivedMessage = {
      id: foreignId('chatgpt', context.source, id),
      parentId: after,
      role,
      text,
      thought: thought === null ? null : { text: thought, durationMs: null },
      state: 'done',
      createdAt: readTime(message.create_time, context.createdAt),
      model: role === 'assistant' && model !== null ? { id: model.slice(0, 300), name: model.slice(0, 300) } : null,
      error: null,
      stats: null,
    };
    byId.set(made.id, messages.length);
    followed.add(after ?? '');
    messages.push(made);
    return made.id;
  }
}

function readParts(content: Readonly<Record<string, unknown>>, leftOut: Partial<Record<LeftOut, number>>): string {
  const { parts, text } = content;
  if (typeof text === 'string') {
    return content['content_type'] === 'code' ? fence(text, content['language']) : text.toWellFormed();
  }
  if (!Array.isArray(parts)) return '';
  const texts: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (typeof part === 'object' && part !== null) {
      if ('text' in part && typeof part.text === 'string') texts.push(part.text);
      else count(leftOut, 'attachments');
    }
  }
  return texts.join('\n\n').toWellFormed();
}

function fence(text: string, language: unknown): string {
  const name =
    typeof language === 'string' && /^[\w+#.-]{1,30}$/.test(language) && language !== 'unknown' ? language : '';
  return `\`\`\`${name}\n${text.toWellFormed()}\n\`\`\``;
}

function readThoughts(value: unknown): string {
  if (!Array.isArray(value)) return '';
  const texts = value.flatMap((thought: unknown) => {
    if (typeof thought !== 'object' || thought === null) return [];
    const summary = 'summary' in thought && typeof thought.summary === 'string' ? thought.summary : '';
    const content = 'content' in thought && typeof thought.content === 'string' ? thought.content : '';
    return [[summary, content].filter((text) => text !== '').join('\n')];
  });
  return texts
    .filter((text) => text !== '')
    .join('\n\n')
    .toWellFormed();
}
