import { expect, test, vi } from 'vitest';

import { createSetupStore } from '../../../renderer/setup/setup-store.ts';
import { emptySetup } from '../../../shared/model/turn-setup.ts';
import { connect } from '../services.ts';

const brief = { ...emptySetup, systemPrompt: 'Be brief.' };

test('follows the conversation on screen, and stores what is changed', async () => {
  await using page = await connect();
  const { id } = page.services.chat.plant({ title: 'Tides' });
  const store = createSetupStore(page.connection.client);
  store.getState().open(id);
  await store.getState().change(brief);
  expect(store.getState().setup).toEqual(brief);
  page.services.chat.setups.set(id, { ...brief, modelId: 'qwen' });
  await vi.waitFor(() => expect(store.getState().setup.modelId).toBe('qwen'));
  store.getState().open(null);
  expect(store.getState()).toMatchObject({ setup: emptySetup, folderId: null });
  store.dispose();
});

test('keeps for the first message what a new conversation begins with, and nothing when nothing is set', async () => {
  await using page = await connect();
  const store = createSetupStore(page.connection.client);
  expect(store.beginning()).toEqual({});
  await store.getState().change(brief);
  store.getState().beginIn('sea');
  expect(store.beginning()).toEqual({ setup: brief, folderId: 'sea' });
  const { id } = page.services.chat.plant({ title: 'Begun' });
  store.getState().begun(id);
  expect(store.getState()).toMatchObject({ conversationId: id, setup: brief, folderId: null });
  page.services.chat.setups.set(id, { ...brief, modelId: 'qwen' });
  await vi.waitFor(() => expect(store.getState().setup.modelId).toBe('qwen'));
  store.getState().open(null);
  expect(store.beginning()).toEqual({});
  store.dispose();
});

test('takes a change back that could not be stored', async () => {
  await using page = await connect();
  const { id } = page.services.chat.plant({ title: 'Tides' });
  const store = createSetupStore(page.connection.client);
  store.getState().open(id);
  page.services.chat.setups.set(id, brief);
  await vi.waitFor(() => expect(store.getState().setup).toEqual(brief));
  const hot = { ...brief, parameters: { temperature: 99 } };
  await expect(store.getState().change(hot)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(store.getState().setup).toEqual(brief);
  store.dispose();
});
