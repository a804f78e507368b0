import { describe, expect, test } from 'vitest';

import { failureOf } from '../store/failure-of.ts';
import { firstEvent, startChat } from './chat-under-test.ts';

describe('finding in a thread', () => {
  test('counts every place on the branch, as it is typed, and nothing of other branches', async () => {
    const under = startChat();
    const { conversationId, messageId } = await under.exchange('The sea. The SEA!', 'Seaside, 海边 and the sea side.');
    const later = await under.exchange('Anything else?', '大海，大海。', conversationId);
    const find = (query: string) => under.chat.findInThread(conversationId, query);
    expect(find('the sea')).toMatchObject({ matches: [{ messageId, count: 2 }, { count: 1 }], total: 3 });
    expect(find('海')).toMatchObject({ matches: [{ count: 1 }, { messageId: later.replyId, count: 2 }], total: 3 });
    for (const nothing of ['', 'seas ide', '%']) expect(find(nothing)).toEqual({ matches: [], total: 0 });

    const { replyId } = under.chat.regenerate(later.replyId, null);
    const call = await under.models.main.nextCall();
    call.say('Lake.');
    await under.finish(call, conversationId);
    expect(find('海').total).toBe(1);
    expect(find('lake').matches).toEqual([{ messageId: replyId, count: 1 }]);
  });

  test('finds nothing in a new conversation, and says when there is none', () => {
    const under = startChat();
    const { id } = under.chat.create('Empty');
    expect(under.chat.findInThread(id, 'x')).toEqual({ matches: [], total: 0 });
    expect(failureOf(() => under.chat.findInThread('gone', 'x')).code).toBe('CONVERSATION_NOT_FOUND');
  });
});

describe('going to a message', () => {
  test('on the branch on screen tells how far up it is', async () => {
    const under = startChat();
    const { conversationId, messageId, replyId } = await under.exchange('One', 'Two');
    await under.exchange('Three', 'Four', conversationId);
    expect(under.chat.reveal(messageId)).toEqual({ conversationId, below: 3 });
    expect(under.chat.reveal(replyId)).toEqual({ conversationId, below: 2 });
  });

  test('on another branch shows that branch, with what followed it', async () => {
    const under = startChat();
    const { conversationId, messageId } = await under.exchange('One', 'Two');
    await under.exchange('Three', 'Four', conversationId);
    const edited = under.chat.edit({ requestId: 'e', messageId, text: 'Uno', modelId: null });
    const call = await under.models.main.nextCall();
    expect(failureOf(() => under.chat.reveal(messageId)).code).toBe('TURN_RUNNING');
    expect(under.chat.reveal(edited.messageId).below).toBe(1);
    await under.finish(call, conversationId);

    expect(under.chat.reveal(messageId)).toEqual({ conversationId, below: 3 });
    const shown = await firstEvent(under.chat, conversationId);
    expect(shown.type === 'snapshot' && shown.messages.map(({ text }) => text)).toEqual([
      'One',
      'Two',
      'Three',
      'Four',
    ]);
  });

  test('that was deleted fails in words', async () => {
    const under = startChat();
    const { messageId } = await under.exchange('One', 'Two');
    under.chat.removeMessage(messageId);
    expect(failureOf(() => under.chat.reveal(messageId)).code).toBe('MESSAGE_NOT_FOUND');
  });
});
