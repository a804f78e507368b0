import { describe, expect, test, vi } from 'vitest';

import { createQuickStore } from '../../../renderer/quick/quick-store.ts';
import { connect, createFakeServices } from '../services.ts';

const soon = (show: () => void): void => void setImmediate(show);
const patience = { timeout: 10_000 };

describe('quick chat', () => {
  test('asks, shows the answer as it grows, and goes on in the same conversation', async () => {
    await using page = await connect(
      createFakeServices({ chat: { answer: (asked) => `Answer to ${asked}`, wordMs: 5 } }),
    );
    const store = createQuickStore(page.connection.client, { soon });
    const lengths = new Set<number>();
    store.subscribe(({ answer }) => void lengths.add(answer?.text.length ?? 0));

    expect(await store.getState().send('one two')).toBe(true);
    await vi.waitFor(() => expect(store.getState().answer?.state).toBe('done'), patience);
    expect(store.getState()).toMatchObject({
      question: 'one two',
      answer: { text: 'Answer to one two' },
      progress: null,
    });
    expect(lengths.size).toBeGreaterThan(2);

    const { conversationId } = store.getState();
    await store.getState().send('three');
    await vi.waitFor(() => expect(store.getState().answer?.text).toBe('Answer to three'), patience);
    expect(store.getState()).toMatchObject({ conversationId, asked: ['one two', 'three'] });
    store.dispose();
  });

  test('stops an answer and keeps what was written', async () => {
    await using page = await connect(createFakeServices({ chat: { answer: () => 'word '.repeat(10_000), wordMs: 5 } }));
    const store = createQuickStore(page.connection.client, { soon });
    await store.getState().send('talk');
    await vi.waitFor(() => expect(store.getState().answer?.text).toContain('word'), patience);
    await store.getState().stop();
    await vi.waitFor(() => expect(store.getState().answer?.state).toBe('stopped'), patience);
    store.dispose();
  });

  test('keeps the question out of the thread when it could not be sent, and says why', async () => {
    await using page = await connect();
    const store = createQuickStore(page.connection.client, { soon });
    expect(await store.getState().send('')).toBe(false);
    expect(store.getState()).toMatchObject({ conversationId: null, asked: [], sending: false });
    expect(store.getState().error).toBeDefined();
    store.dispose();
  });

  test('begins another conversation when it starts over', async () => {
    await using page = await connect(createFakeServices({ chat: { wordMs: 1 } }));
    const store = createQuickStore(page.connection.client, { soon });
    await store.getState().send('first');
    await vi.waitFor(() => expect(store.getState().answer?.state).toBe('done'), patience);
    const first = store.getState().conversationId;
    store.getState().startOver();
    expect(store.getState()).toMatchObject({ conversationId: null, question: '', answer: null });
    await store.getState().send('second');
    expect(store.getState().conversationId).not.toBe(first);
    store.dispose();
  });

  test('catches up after a lost line', async () => {
    await using page = await connect(createFakeServices({ chat: { answer: () => 'a b c d e f', wordMs: 30 } }));
    const store = createQuickStore(page.connection.client, { soon });
    await store.getState().send('go');
    await vi.waitFor(() => expect(store.getState().answer?.text).toContain('a'), patience);
    page.backend.dropConnections();
    await vi.waitFor(
      () => expect(store.getState().answer).toMatchObject({ state: 'done', text: 'a b c d e f' }),
      patience,
    );
    store.dispose();
  });
});
