import { describe, expect, test, vi } from 'vitest';

import { ConnectionLostError } from '../../../renderer/rpc/connection-lost-error.ts';
import { createConversationsStore, type ConversationsStore } from '../../../renderer/sidebar/conversations-store.ts';
import { connect, createFakeServices, type Connected } from '../services.ts';

interface Opened extends AsyncDisposable {
  readonly page: Connected;
  readonly store: ConversationsStore;
  readonly titles: () => string[];
}

async function open(plant: (page: Connected) => void = () => {}, windowSize = 200): Promise<Opened> {
  const page = await connect(createFakeServices({ chat: { windowSize } }));
  plant(page);
  const store = createConversationsStore(page.connection.client);
  await vi.waitFor(() => expect(store.getState().loaded).toBe(true), { timeout: 10_000 });
  return {
    page,
    store,
    titles: () => store.getState().conversations.map(({ title }) => title),
    async [Symbol.asyncDispose]() {
      store.dispose();
      await page[Symbol.asyncDispose]();
    },
  };
}

const many = (count: number) => (page: Connected) => {
  for (let index = 0; index < count; index += 1) {
    page.services.chat.plant({ title: `c${index}`, updatedAt: 1_000_000 - index });
  }
};

describe('the conversations of the sidebar', () => {
  test('follow what happens at the host, newest first', async () => {
    await using opened = await open(many(2));
    const { page, titles } = opened;
    expect(titles()).toEqual(['c0', 'c1']);
    page.services.chat.create('new');
    await vi.waitFor(() => expect(titles()).toEqual(['new', 'c0', 'c1']));
  });

  test('are renamed and pinned', async () => {
    await using opened = await open(many(1));
    const { store, titles } = opened;
    const id = store.getState().conversations[0]?.id ?? '';
    await store.getState().rename(id, 'Better title');
    expect(titles()).toEqual(['Better title']);
    await store.getState().pin(id, true);
    expect(store.getState().conversations[0]?.pinned).toBe(true);
  });

  test('go at once when deleted and come back when that is undone', async () => {
    await using opened = await open(many(2));
    const { store, titles } = opened;
    const id = store.getState().conversations[0]?.id ?? '';
    const removal = store.getState().remove(id);
    expect(titles()).toEqual(['c1']);
    await removal;
    await store.getState().restore(id);
    expect(titles()).toEqual(['c0', 'c1']);
  });

  test('come back when deleting them failed', async () => {
    await using opened = await open(many(1));
    const { page, store, titles } = opened;
    const id = store.getState().conversations[0]?.id ?? '';
    page.connection.dispose();
    const removal = store.getState().remove(id);
    expect(titles()).toEqual([]);
    await expect(removal).rejects.toBeInstanceOf(ConnectionLostError);
    expect(titles()).toEqual(['c0']);
  });

  test('are loaded page by page without gaps or doubles', async () => {
    await using opened = await open(many(450), 100);
    const { store, titles } = opened;
    expect(titles()).toHaveLength(100);
    expect(store.getState().hasOlder).toBe(true);
    while (store.getState().hasOlder) await store.getState().loadOlder();
    expect(titles()).toEqual(Array.from({ length: 450 }, (_, index) => `c${index}`));
  });

  test('asked for twice at once are loaded once', async () => {
    await using opened = await open(many(450), 100);
    const { store } = opened;
    await Promise.all([store.getState().loadOlder(), store.getState().loadOlder()]);
    expect(store.getState().conversations).toHaveLength(300);
  });

  test('one fetched from far back leaves no gap before it', async () => {
    await using opened = await open(many(450), 100);
    const { page, store, titles } = opened;
    const { id } = page.services.chat.list(null, 500).conversations[420] ?? { id: '' };
    await store.getState().fetch(id);
    expect(titles().at(-1)).toBe('c420');
    await store.getState().loadOlder();
    expect(titles().slice(0, 300)).toEqual(Array.from({ length: 300 }, (_, index) => `c${index}`));
    await store.getState().loadOlder();
    expect(titles()).toHaveLength(450);
  });

  test('one that is gone is not waited for', async () => {
    await using opened = await open(many(1));
    const { page, store, titles } = opened;
    // The host answers with a stream that says so and stays open.
    page.services.chat.watchThread = async function* (_id, signal) {
      yield { type: 'removed' };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    await store.getState().fetch('gone');
    expect(titles()).toEqual(['c0']);
  });

  test('are whole again after a lost line', async () => {
    await using opened = await open(many(1));
    const { page, titles } = opened;
    page.backend.dropConnections();
    page.services.chat.create('meanwhile');
    await vi.waitFor(() => expect(titles()).toEqual(['meanwhile', 'c0']), { timeout: 10_000 });
  });
});
