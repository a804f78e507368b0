import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { deriveTitle } from '../../shared/model/derive-title.ts';

describe('a title', () => {
  test.each([
    ['How do glaciers move?', 'How do glaciers move?'],
    ['Explain how glaciers move. Use simple words, please.', 'Explain how glaciers move'],
    ['Hi. Can you explain how glaciers move?', 'Hi. Can you explain how glaciers move?'],
    ['\n\n  Plan my week  \nMonday: dentist', 'Plan my week'],
    ['# Release notes\n- first', 'Release notes'],
    ['> * quoted list', 'quoted list'],
    ['```ts\nconst a = 1;\n```', 'const a = 1;'.replace(';', '')],
    ['???', '???'],
    ['...', '...'],
    ['Tabs\tand\u0007bells', 'Tabs and bells'],
    ['Version 3.14 is out and it works', 'Version 3.14 is out and it works'],
    [
      'Please write a long and detailed letter to my landlord about the broken heating in the flat',
      'Please write a long and detailed letter to my landlord about…',
    ],
    ['今天天气怎么样？我们去公园吧。', '今天天气怎么样？'],
    ['你好。请给我解释一下冰川是怎样移动的，谢谢', '你好。请给我解释一下冰川是怎样移动的，谢谢'],
    [
      '请帮我写一封长信给房东，说明公寓里的暖气已经坏了三个星期，而且每天晚上都非常冷',
      '请帮我写一封长信给房东，说明公寓里的暖气已经坏了三个星期…',
    ],
  ])('of %j is %j', (message, title) => {
    expect(deriveTitle(message)).toBe(title);
  });

  test('is one short line without control characters, and only blank for a blank message', () => {
    const message = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.lorem({ maxCount: 40 }),
      fc
        .array(fc.constantFrom('天', '。', 'a', ' ', '\n', '👩‍👩‍👧', '`', '#', '. ', 'é', '\ud800'), { maxLength: 200 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(message, (text) => {
        const title = deriveTitle(text);
        expect(title).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(title).toBe(title.trim());
        expect(title.isWellFormed()).toBe(true);
        expect([...new Intl.Segmenter().segment(title)].length).toBeLessThanOrEqual(61);
        expect(title === '').toBe(/^[\p{Cc}\p{Z}\ufeff]*$/u.test(text.toWellFormed()));
        expect(title.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
