import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { createFindStore, type FindStore, type FoundPlace } from '../../../../renderer/chat/find/find-store.ts';
import { connect } from '../../services.ts';

async function open(texts: readonly string[], chooseFirst: (places: readonly FoundPlace[]) => number = () => 0) {
  const page = await connect();
  const { id } = page.services.chat.plant({ title: 'Tides' }, texts);
  const find = createFindStore(page.connection.client.search, id, chooseFirst);
  onTestFinished(async () => {
    find[Symbol.dispose]();
    await page[Symbol.asyncDispose]();
  });
  return { find, page, id };
}

function answered(find: FindStore, query: string): Promise<void> {
  return vi.waitFor(() => expect(find.getState().answeredQuery).toBe(query), { timeout: 10_000 });
}

describe('finding in a thread', () => {
  test('knows every place and goes around', async () => {
    const { find } = await open(['A tide, a TIDE.', 'No.', 'Tide!'], (places) => places.length - 1);
    find.getState().setQuery('tide');
    await answered(find, 'tide');
    const { places } = find.getState();
    expect(places.map(({ nth }) => nth)).toEqual([0, 1, 0]);
    expect(find.getState().current).toBe(2);
    find.getState().step(1);
    expect(find.getState().current).toBe(0);
    find.getState().step(-1);
    expect(find.getState().current).toBe(2);
  });

  test('shows the places of the last words, and none for nothing', async () => {
    const { find } = await open(['tide and tides']);
    for (const query of ['t', 'ti', 'tides']) find.getState().setQuery(query);
    await answered(find, 'tides');
    expect(find.getState().places).toHaveLength(1);
    find.getState().step(1);
    expect(find.getState().current).toBe(0);
    find.getState().setQuery('moon');
    await answered(find, 'moon');
    expect(find.getState()).toMatchObject({ places: [], current: -1 });
    find.getState().step(1);
    expect(find.getState().current).toBe(-1);
    find.getState().setQuery('');
    expect(find.getState()).toMatchObject({ answeredQuery: '', places: [] });
  });

  test('stays where it is when the thread grows', async () => {
    const { find, page, id } = await open(['tide', 'tide']);
    find.getState().setQuery('tide');
    await answered(find, 'tide');
    find.getState().step(1);
    const before = find.getState().places[find.getState().current];
    page.services.chat.send({ requestId: 'r', conversationId: id, text: 'tide again', modelId: null });
    find.getState().refresh();
    await vi.waitFor(() => expect(find.getState().places.length).toBeGreaterThan(2), { timeout: 10_000 });
    expect(find.getState().places[find.getState().current]).toBe(before);
  });

  test('says what went wrong', async () => {
    const { find } = await open(['tide']);
    find.getState().setQuery('x'.repeat(600));
    await vi.waitFor(() => expect(find.getState().error).toBeDefined(), { timeout: 10_000 });
    expect(find.getState().places).toEqual([]);
  });
});
