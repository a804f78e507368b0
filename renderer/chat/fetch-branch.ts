import type { Conversation, Message } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';

const pageSize = 500;

/** The whole branch on screen, oldest first; undefined when the conversation is gone. */
export async function fetchBranch(
  chat: Pick<Client['chat'], 'watchThread' | 'earlier'>,
  conversationId: string,
): Promise<{ conversation: Conversation; messages: Message[] } | undefined> {
  const newest = await firstEvent(chat, conversationId);
  if (newest?.type !== 'snapshot') return undefined;
  let { messages, hasEarlier } = newest;
  while (hasEarlier && messages[0] !== undefined) {
    const page = await chat.earlier({ beforeMessageId: messages[0].id, limit: pageSize });
    messages = [...page.messages, ...messages];
    hasEarlier = page.hasEarlier;
  }
  return { conversation: newest.conversation, messages };
}

async function firstEvent(chat: Pick<Client['chat'], 'watchThread'>, conversationId: string) {
  const controller = new AbortController();
  try {
    const events = await chat.watchThread({ conversationId }, { signal: controller.signal });
    for await (const event of events) return event;
    return undefined;
  } finally {
    controller.abort();
  }
}
