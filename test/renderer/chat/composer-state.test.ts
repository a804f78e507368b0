import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createComposer, messageText } from '../../../renderer/chat/composer-state.ts';
import { createDrafts, type DraftStorage } from '../../../renderer/chat/drafts.ts';

interface Request {
  readonly requestId: string;
  readonly conversationId: string | null;
  readonly text: string;
}

function memoryStorage(): DraftStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function setUp(conversationId: string | null = 'c1', storage: DraftStorage = memoryStorage()) {
  const requests: Request[] = [];
  let answer = async (request: Request) => ({
    conversationId: request.conversationId ?? 'new',
    replyId: 'r',
    messageId: 'm',
  });
  const composer = createComposer(
    {
      send: async (request) => {
        requests.push(request);
        return answer(request);
      },
    },
    createDrafts(storage),
    conversationId,
  );
  return {
    composer,
    requests,
    storage,
    answerWith: (next: typeof answer) => void (answer = next),
    text: () => composer.state.getState().draft.text,
  };
}

const refused = new Error('The disk is full.');

describe('sending', () => {
  test('empties the field when the core has taken the message', async () => {
    const { composer, requests, text } = setUp();
    composer.write('Hello');
    expect(await composer.send(null)).toEqual({ conversationId: 'c1', replyId: 'r' });
    expect(text()).toBe('');
    expect(requests).toMatchObject([{ text: 'Hello', conversationId: 'c1' }]);
  });

  test('keeps the text and the reason when it was not taken', async () => {
    const { composer, answerWith, text } = setUp();
    answerWith(() => Promise.reject(refused));
    composer.write('Hello');
    expect(await composer.send(null)).toBeUndefined();
    expect(text()).toBe('Hello');
    expect(composer.state.getState()).toMatchObject({ sending: false, error: refused });
  });

  test('tries the same text again under the same id, so that it cannot be stored twice', async () => {
    const { composer, answerWith, requests } = setUp();
    answerWith(() => Promise.reject(refused));
    composer.write('Hello');
    await composer.send(null);
    await composer.send(null);
    expect(requests[1]?.requestId).toBe(requests[0]?.requestId);
  });

  test('gives changed words an id of their own', async () => {
    const { composer, answerWith, requests } = setUp();
    answerWith(() => Promise.reject(refused));
    composer.write('Hello');
    await composer.send(null);
    composer.write('Hello there');
    expect(composer.state.getState().error).toBeNull();
    await composer.send(null);
    expect(requests[1]?.requestId).not.toBe(requests[0]?.requestId);
  });

  test('remembers the id over a reload of the page', async () => {
    const storage = memoryStorage();
    const first = setUp('c1', storage);
    first.answerWith(() => Promise.reject(refused));
    first.composer.write('Hello');
    await first.composer.send(null);
    const second = setUp('c1', storage);
    expect(second.text()).toBe('Hello');
    await second.composer.send(null);
    expect(second.requests[0]?.requestId).toBe(first.requests[0]?.requestId);
  });

  test('happens once at a time, and never with nothing', async () => {
    const { composer, requests } = setUp();
    composer.write('  \n ');
    expect(await composer.send(null)).toBeUndefined();
    composer.write('Hello');
    await Promise.all([composer.send(null), composer.send(null)]);
    expect(requests).toHaveLength(1);
  });

  test('does not touch the field of a conversation that was opened meanwhile', async () => {
    const { composer, answerWith, text } = setUp();
    const { promise, resolve } = Promise.withResolvers<{
      conversationId: string;
      replyId: string;
      messageId: string;
    }>();
    answerWith(() => promise);
    composer.write('Hello');
    const sending = composer.send(null);
    composer.open('c2');
    composer.write('Another thought');
    resolve({ conversationId: 'c1', replyId: 'r', messageId: 'm' });
    await sending;
    expect(text()).toBe('Another thought');
    composer.open('c1');
    expect(text()).toBe('');
  });
});

describe('drafts', () => {
  test('belong to their conversation', () => {
    const { composer, text } = setUp('c1');
    composer.write('for the first');
    composer.open(null);
    expect(text()).toBe('');
    composer.write('for a new one');
    composer.open('c1');
    expect(text()).toBe('for the first');
    composer.open(null);
    expect(text()).toBe('for a new one');
  });

  test('leave nothing behind when the field is emptied', () => {
    const storage = memoryStorage();
    const { composer } = setUp('c1', storage);
    composer.write('secret');
    composer.write('');
    expect(storage.items.size).toBe(0);
  });

  test('live on in the page when the storage is full', () => {
    const full: DraftStorage = {
      getItem: () => null,
      removeItem: () => {},
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const { composer, text } = setUp('c1', full);
    composer.write('kept');
    composer.open('c2');
    composer.open('c1');
    expect(text()).toBe('kept');
  });

  test('that somebody else wrote into the storage are read carefully', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (stored) => {
        const draft = createDrafts({ getItem: () => stored, setItem: () => {}, removeItem: () => {} }).read('c1');
        expect(typeof draft.text).toBe('string');
        expect(draft.requestId === null || typeof draft.requestId === 'string').toBe(true);
      }),
    );
  });
});

test('a message has no empty lines around it, and keeps the spaces of its first line', () => {
  expect(messageText('\n \n  indented\n\nmore \n\n')).toBe('  indented\n\nmore');
  expect(messageText(' \n\n ')).toBe('');
});
