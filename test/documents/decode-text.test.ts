import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decodeText } from '../../electron/documents/host/text/decode-text.ts';
import { encodeAs } from './files/encode-as.ts';

const sentences: Readonly<Record<string, readonly string[]>> = {
  gb18030: [
    '我们在这里说的是一个很大的问题，',
    '他们都没有时间去看这些东西。',
    '合同自双方签字之日起生效，',
    '公司的主要业务是什么？',
    '如果你要来的话，请先告诉我。',
  ],
  big5: [
    '我們在這裡說的是一個很大的問題，',
    '他們都沒有時間去看這些東西。',
    '合同自雙方簽字之日起生效，',
    '公司的主要業務是什麼？',
    '如果你要來的話，請先告訴我。',
  ],
  shift_jis: [
    'これは日本語の文章です。',
    '私たちは明日、東京へ行きます。',
    'データをコンピュータに入れてください。',
    'この契約は今日から有効です。',
  ],
  'euc-jp': [
    'これは日本語の文章です。',
    '私たちは明日、東京へ行きます。',
    'データをコンピュータに入れてください。',
    'この契約は今日から有効です。',
  ],
  'euc-kr': [
    '우리는 내일 서울에 갑니다. ',
    '이 계약은 오늘부터 유효합니다. ',
    '그 사람은 아무 말도 하지 않았다. ',
    '데이터를 컴퓨터에 입력하십시오. ',
  ],
  'windows-1251': [
    'Мы говорим об очень большом вопросе. ',
    'Договор вступает в силу сегодня. ',
    'Она ничего не сказала, и он ушёл. ',
  ],
  'windows-1252': [
    'Der Vertrag über die Wohnung gilt für größere Räume. ',
    'Le café était fermé hier à midi. ',
    'El niño comió mañana. ',
    'Smørrebrød på tallerken. ',
    'It’s “quoted” – really… ',
  ],
};

describe('text is decoded as it was written', () => {
  test.each(Object.keys(sentences))('in %s, whatever is said', (encoding) => {
    const written = fc.array(fc.constantFrom(...(sentences[encoding] ?? [])), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(written, fc.constantFrom('', 'Order 17: ', '\n'), (parts, separator) => {
        const text = parts.join(separator);
        expect(decodeText(encodeAs(text, encoding))).toMatchObject({ text, sure: true });
      }),
      { numRuns: 60 },
    );
  });

  test('in UTF-8, with and without a mark, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.boolean(), (text, marked) => {
        // The mark itself is no part of a text, and zero bytes are a sign of another encoding.
        fc.pre(!text.startsWith('\uFEFF') && !text.includes('\0') && !text.includes('\r'));
        const bytes = Buffer.from(`${marked ? '\uFEFF' : ''}${text}`);
        expect(decodeText(bytes)).toEqual({ text, encoding: 'utf-8', sure: true });
      }),
    );
  });

  test.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('in %s, by its mark', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\r') && text.isWellFormed());
        expect(decodeText(wide(`\uFEFF${text}`, encoding))).toEqual({ text, encoding, sure: true });
      }),
    );
  });

  test.each(['utf-16le', 'utf-16be'])('in %s without a mark, where it has words', (encoding) => {
    for (const text of ['Plain words of no meaning.', '第一行。\n第二行 and more', 'Größe: 12']) {
      expect(decodeText(wide(text, encoding))).toEqual({ text, encoding, sure: true });
    }
  });

  test('even when the last character was cut off', () => {
    expect(decodeText(Buffer.from('中文文字').subarray(0, 11))).toMatchObject({ encoding: 'utf-8', sure: true });
  });

  test('line breaks of all systems are the same', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\n')).text).toBe('a\nb\nc\n');
  });

  test('any bytes give some text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(typeof decodeText(bytes).text).toBe('string');
      }),
    );
  });
});

function wide(text: string, encoding: string): Buffer {
  const units = encoding.includes('16')
    ? Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
    : Array.from(text, (one) => one.codePointAt(0) ?? 0);
  const size = encoding.includes('16') ? 2 : 4;
  const bytes = Buffer.alloc(units.length * size);
  for (const [index, unit] of units.entries()) {
    if (encoding.endsWith('le')) bytes.writeUIntLE(unit, index * size, size);
    else bytes.writeUIntBE(unit, index * size, size);
  }
  return bytes;
}
