import { describe, expect, test, vi } from 'vitest';

import { createSearchStore, hitKey } from '../../../renderer/sidebar/search-store.ts';
import { connect } from '../services.ts';

describe('the search', () => {
  test('finds titles and messages that hold every word, with the words marked', async () => {
    await using page = await connect();
    page.services.chat.plant({ title: 'Tides' }, ['How do tides work?', 'The Moon pulls the water.']);
    page.services.chat.plant({ title: 'Soup' }, ['How do I cook it?', 'With water.']);
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('moon water');
    await vi.waitFor(() => expect(search.getState().answeredQuery).toBe('moon water'), { timeout: 10_000 });
    const [hit, ...rest] = search.getState().hits;
    expect(rest).toEqual([]);
    expect(hit?.conversation.title).toBe('Tides');
    expect(hit?.snippet.filter(({ match }) => match).map(({ text }) => text)).toEqual(['Moon', 'water']);
  });

  test('shows the answer to the last words, however fast they were typed', async () => {
    await using page = await connect();
    page.services.chat.plant({ title: 'alpha' });
    page.services.chat.plant({ title: 'alphabet' });
    const search = createSearchStore(page.connection.client);
    for (const query of ['a', 'al', 'alphab']) search.getState().setQuery(query);
    await vi.waitFor(() => expect(search.getState().answeredQuery).toBe('alphab'), { timeout: 10_000 });
    expect(search.getState().hits.map(({ conversation }) => conversation.title)).toEqual(['alphabet']);
  });

  test('keeps the chosen result within the list', async () => {
    await using page = await connect();
    for (const title of ['one a', 'two a', 'three a']) page.services.chat.plant({ title });
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('a');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(3), { timeout: 10_000 });
    search.getState().move(-1);
    expect(search.getState().active).toBe(0);
    for (let step = 0; step < 5; step += 1) search.getState().move(1);
    expect(search.getState().active).toBe(2);
  });

  test('ends with an empty field', async () => {
    await using page = await connect();
    page.services.chat.plant({ title: 'one' });
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('one');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(1), { timeout: 10_000 });
    search.getState().clear();
    expect(search.getState()).toMatchObject({ query: '', answeredQuery: '', hits: [] });
  });

  test('says what went wrong instead of finding nothing', async () => {
    await using page = await connect();
    await page.connection.client.app.info();
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('x'.repeat(600));
    await vi.waitFor(() => expect(search.getState().error).toBeDefined(), { timeout: 10_000 });
    expect(search.getState().hits).toEqual([]);
  });

  test('fetches more results when they are asked for, each once', async () => {
    await using page = await connect();
    for (let index = 0; index < 120; index += 1) page.services.chat.plant({ title: `tide ${index}` });
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('tide');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(50), { timeout: 10_000 });
    expect(search.getState().hasMore).toBe(true);
    search.getState().loadMore();
    search.getState().loadMore();
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(100), { timeout: 10_000 });
    await vi.waitFor(() => expect(search.getState().searchingOn).toBe(false), { timeout: 10_000 });
    search.getState().loadMore();
    await vi.waitFor(() => expect(search.getState()).toMatchObject({ hasMore: false }), { timeout: 10_000 });
    expect(new Set(search.getState().hits.map(hitKey)).size).toBe(120);
  });

  test('goes on by itself where the host has looked at enough texts for one answer', async () => {
    await using page = await connect();
    page.services.chat.plant({ title: 'one tide' });
    page.services.chat.plant({ title: 'another tide' });
    const { search: inOnePiece } = page.services.chat;
    page.services.chat.search = (request) =>
      request.cursor === null
        ? { hits: [], next: ':0' }
        : inOnePiece({ ...request, limit: 1, cursor: request.cursor === ':0' ? null : request.cursor });
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('tide');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(2), { timeout: 10_000 });
    await vi.waitFor(() => expect(search.getState()).toMatchObject({ hasMore: false, searchingOn: false }));
  });

  test('searches again when it is limited, and drops the limits with the words', async () => {
    await using page = await connect();
    page.services.chat.plant({ title: 'old tide', updatedAt: 1 });
    page.services.chat.plant({ title: 'new tide' });
    const search = createSearchStore(page.connection.client);
    search.getState().setQuery('tide');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(2), { timeout: 10_000 });
    search.getState().setPeriod('week');
    await vi.waitFor(() => expect(search.getState().hits).toHaveLength(1), { timeout: 10_000 });
    search.getState().setModel('nobody');
    search.getState().clear();
    expect(search.getState()).toMatchObject({ period: 'any', modelId: null });
  });
});
