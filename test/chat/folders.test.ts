import { describe, expect, test, vi } from 'vitest';

import type { ConversationsEvent } from '../../shared/contract/index.ts';
import { startKeep } from '../keep/keep-under-test.ts';
import { failureOf } from '../store/failure-of.ts';
import { newRequestId, record, startChat, type ChatUnderTest } from './chat-under-test.ts';

const folderOf = ({ chat }: ChatUnderTest, id: string) =>
  chat.list(null, 500).conversations.find((conversation) => conversation.id === id)?.folderId;

async function folderNames({ chat }: ChatUnderTest): Promise<string[]> {
  for await (const folders of chat.folders.watch(new AbortController().signal)) return folders.map(({ name }) => name);
  return [];
}

describe('folders', () => {
  test('are made, named, folded away and kept', async () => {
    const under = startChat();
    const work = under.chat.folders.create('  Work \n notes ');
    expect(work).toMatchObject({ name: 'Work notes', collapsed: false });
    under.chat.folders.create('旅行');
    under.chat.folders.rename(work.id, 'Arbeit');
    under.chat.folders.collapse(work.id, true);
    const again = await under.restart();
    for await (const folders of again.chat.folders.watch(new AbortController().signal)) {
      expect(folders).toMatchObject([
        { name: 'Arbeit', collapsed: true },
        { name: '旅行', collapsed: false },
      ]);
      break;
    }
    expect(failureOf(() => again.chat.folders.create(' \n ')).code).toBe('BAD_INPUT');
    expect(failureOf(() => again.chat.folders.rename('gone', 'x')).code).toBe('FOLDER_NOT_FOUND');
  });

  test('hold conversations: moved in, moved out, begun inside', async () => {
    const under = startChat();
    const { id } = under.chat.create('Tides');
    const sea = under.chat.folders.create('Sea');
    const watcher = record<ConversationsEvent>((signal) => under.chat.watchConversations(signal));
    await watcher.until((events) => events.length === 1);
    expect(under.chat.folders.move(id, sea.id)).toMatchObject({ id, folderId: sea.id });
    await watcher.until((events) => {
      const last = events.at(-1);
      return last?.type === 'upserted' && last.conversation.folderId === sea.id;
    });
    expect(under.chat.folders.move(id, null).folderId).toBeUndefined();
    const begun = under.chat.send({
      requestId: newRequestId(),
      conversationId: null,
      text: 'Why?',
      modelId: null,
      folderId: sea.id,
    });
    expect(folderOf(under, begun.conversationId)).toBe(sea.id);
    expect(failureOf(() => under.chat.folders.move(id, 'gone')).code).toBe('FOLDER_NOT_FOUND');
    expect(failureOf(() => under.chat.folders.move('gone', sea.id)).code).toBe('CONVERSATION_NOT_FOUND');
    const lost = { requestId: newRequestId(), conversationId: null, text: 'x', modelId: null, folderId: 'gone' };
    expect(failureOf(() => under.chat.send(lost)).code).toBe('FOLDER_NOT_FOUND');
  });

  test('that are deleted leave their conversations, and come back with them', async () => {
    const under = startChat();
    const { id } = under.chat.create('Tides');
    const sea = under.chat.folders.create('Sea');
    under.chat.folders.move(id, sea.id);
    under.chat.folders.remove(sea.id);
    expect(await folderNames(under)).toEqual([]);
    expect(under.chat.list(null, 10).conversations.map((conversation) => conversation.id)).toEqual([id]);
    expect(failureOf(() => under.chat.folders.remove(sea.id)).code).toBe('FOLDER_NOT_FOUND');
    under.chat.folders.restore(sea.id);
    under.chat.folders.restore(sea.id);
    expect(await folderNames(under)).toEqual(['Sea']);
    expect(folderOf(under, id)).toBe(sea.id);

    under.chat.folders.remove(sea.id);
    const later = { now: () => under.clock.nowMs + 31 * 24 * 60 * 60 * 1000 };
    startKeep(under, { binClock: later });
    expect(failureOf(() => under.chat.folders.restore(sea.id)).code).toBe('FOLDER_NOT_FOUND');
    await vi.waitFor(() => expect(folderOf(under, id)).toBeUndefined(), { timeout: 20_000 });
  });

  test('show their conversations also when those are older than the list', async () => {
    const under = startChat();
    const sea = under.chat.folders.create('Sea');
    const { id } = under.chat.create('Old');
    under.chat.folders.move(id, sea.id);
    for (let index = 0; index < 210; index += 1) {
      under.clock.nowMs += 1;
      under.chat.create(`Newer ${index}`);
    }
    const watcher = record<ConversationsEvent>((signal) => under.chat.watchConversations(signal));
    await watcher.until((events) => events.length === 2);
    expect(watcher.events[1]).toMatchObject({ type: 'upserted', conversation: { id, folderId: sea.id } });
  });
});
