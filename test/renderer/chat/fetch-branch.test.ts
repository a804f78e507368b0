import { expect, test } from 'vitest';

import { fetchBranch } from '../../../renderer/chat/fetch-branch.ts';
import { connect } from '../services.ts';

test('the whole branch is fetched, page by page, oldest first', async () => {
  await using page = await connect();
  const texts = Array.from({ length: 1_130 }, (_, index) => `message ${index}`);
  const { id } = page.services.chat.plant({ title: 'Long' }, texts);
  const branch = await fetchBranch(page.connection.client.chat, id);
  expect(branch?.conversation.title).toBe('Long');
  expect(branch?.messages.map(({ text }) => text)).toEqual(texts);
});

test('a conversation that is gone has none', async () => {
  await using page = await connect();
  const { id } = page.services.chat.plant({ title: 'Gone' }, ['One?']);
  page.services.chat.remove(id);
  await expect(fetchBranch(page.connection.client.chat, id)).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
});
