import { isDefinedError, safe } from '@orpc/client';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { defaultModelOptions } from '../../shared/model/model-options.ts';
import type { ContractClient } from './contract-client.ts';

/** What the contract does with the messages of a thread, and with models. */
export function threadCases(client: () => ContractClient): void {
  const settled = async (conversationId: string): Promise<void> => {
    for await (const event of await client().chat.watchThread({ conversationId })) {
      if ((event.type === 'snapshot' || event.type === 'conversation') && !event.conversation.running) return;
    }
  };
  const exchange = async (text: string) => {
    const asked = { requestId: randomUUID(), conversationId: null, text, modelId: 'quick' };
    const sent = await client().chat.send(asked);
    await settled(sent.conversationId);
    return sent;
  };

  test('changes a message beside the old one, and goes back to that', async () => {
    const { chat } = client();
    const first = await exchange('Why is there a tide?');
    const { conversationId } = first;
    const edited = await chat.edit({
      messageId: first.messageId,
      requestId: randomUUID(),
      text: 'Why are there two tides?',
      modelId: 'quick',
    });
    await settled(conversationId);
    const { messages } = await chat.earlier({ beforeMessageId: edited.replyId, limit: 10 });
    expect(messages.map(({ id }) => id)).toEqual([edited.messageId]);
    await chat.selectVersion({ messageId: edited.messageId, index: 0 });
    const back = await chat.earlier({ beforeMessageId: first.replyId, limit: 10 });
    expect(back).toMatchObject({ messages: [{ id: first.messageId }], hasEarlier: false });
    const finished = await safe(chat.continueReply({ messageId: first.replyId }));
    expect(isDefinedError(finished.error) && finished.error.code).toBe('BAD_INPUT');
  });

  test('takes a message away and brings it back, and pins its conversation', async () => {
    const { chat } = client();
    const { conversationId, messageId, replyId } = await exchange('And the moon?');
    await chat.removeMessage({ messageId: replyId });
    expect((await chat.versions({ messageId })).messages).toHaveLength(1);
    const gone = await safe(chat.versions({ messageId: replyId }));
    expect(isDefinedError(gone.error) && gone.error.code).toBe('MESSAGE_NOT_FOUND');
    await chat.restoreMessage({ messageId: replyId });
    expect((await chat.versions({ messageId: replyId })).messages).toMatchObject([{ id: replyId }]);
    expect(await chat.pin({ conversationId, pinned: true })).toMatchObject({ id: conversationId, pinned: true });
    expect(await chat.pin({ conversationId, pinned: false })).toMatchObject({ pinned: false });
  });

  test('keeps models in memory, lets them go, and stores how they are used', async () => {
    const { models, app } = client();
    await models.use({ modelId: 'quick' });
    await models.preload({ modelId: 'quick' });
    await models.pin({ modelId: 'quick', pinned: true });
    expect(await models.rescan()).toMatchObject({ defaultModelId: 'quick', pinnedIds: ['quick'] });
    await models.pin({ modelId: 'quick', pinned: false });
    const options = await models.options({ modelId: 'quick' });
    expect(options).toEqual(defaultModelOptions);
    expect(await models.setOptions({ modelId: 'quick', options })).toEqual(options);
    const { modelIds } = await models.drafters({ modelId: 'quick' });
    expect(modelIds).not.toContain('quick');
    await models.unload({ modelId: 'quick' });
    const unknown = await safe(models.options({ modelId: 'gone' }));
    expect(unknown.error).toMatchObject({ code: 'MODEL_NOT_FOUND', defined: true, data: { modelId: 'gone' } });
    for await (const adaptations of await app.watchAdaptations()) {
      expect(adaptations).toEqual([]);
      break;
    }
  });
}
