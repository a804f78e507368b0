import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { defaultRemarkPlugins, Streamdown } from 'streamdown';
import { describe, expect, test } from 'vitest';

import { isPlainParagraph } from '../../../renderer/chat/plain-paragraph.ts';

/** What the layout of answers makes of a text, without the frame around it. */
function laidOut(text: string): string {
  const html = renderToStaticMarkup(
    createElement(
      Streamdown,
      {
        components: { p: 'p' },
        rehypePlugins: [],
        remarkPlugins: Object.values(defaultRemarkPlugins),
        controls: false,
      },
      text,
    ),
  );
  return html.replace(/^<div[^>]*>/, '').replace(/<\/div>$/, '');
}

const escaped = (text: string): string => text.replaceAll(/["']/g, (sign) => (sign === '"' ? '&quot;' : '&#x27;'));

describe('a plain paragraph', () => {
  test.each([
    'Rivers',
    'Rivers carry cold water, and then?',
    '冰川融水从高处流下来。',
    '   Three spaces',
    'Well-known (and old) “facts”…',
  ])('is seen as one: %s', (text) => expect(isPlainParagraph(text)).toBe(true));

  test.each([
    '',
    '1. first',
    '- point',
    '    indented',
    'two\nlines',
    '**bold**',
    'a_b_c',
    'see https://example.org',
    'www.example.org',
    'mail me@example.org',
    'a | b',
    'x < y',
    'AT&amp;T',
    'a `b`',
    '~~gone~~',
    '[^1]',
  ])('is not seen in: %j', (text) => expect(isPlainParagraph(text)).toBe(false));

  test('looks the same with and without being parsed, whatever it says', () => {
    const signs = [
      ...'aZé冰7 ,.;?!\'"()-–…。（www.',
      '\n',
      '*',
      '#',
      '1. ',
      '- ',
      '_',
      '|',
      '<',
      '&',
      ':',
      '~',
      '`',
      '[',
    ];
    const texts = fc.array(fc.constantFrom(...signs), { maxLength: 14 }).map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(isPlainParagraph(text));
        expect(laidOut(text)).toBe(`<p>${escaped(text.trim())}</p>`);
      }),
    );
  });
});
