import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { newChat, readPlace, writePlace } from '../../../renderer/app/place.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);

describe('the place in the address', () => {
  test('survives being written and read', () => {
    fc.assert(
      fc.property(id, fc.option(id), (conversationId, messageId) => {
        expect(readPlace(writePlace({ conversationId, messageId }))).toEqual({ conversationId, messageId });
      }),
    );
  });

  test('is a new conversation for anything else', () => {
    for (const hash of ['', '#', '#/', '#/x', '#/c/', '#/c/a/b', '#/c/%E0%A4%A', `#/c/${'x'.repeat(65)}`]) {
      expect(readPlace(hash)).toEqual(newChat);
    }
  });

  test('never throws on what stands in an address', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPlace(`#/c/${text}`)));
  });
});
