import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findPersonalData } from '../../electron/privacy/recognise/find-personal-data.ts';
import { makeTexts } from './made-texts.ts';
import { measure, total } from './measure.ts';

function found(text: string, ownWords: readonly string[] = []): string[] {
  return findPersonalData(text, ownWords).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

test('of 2,400 made texts in two languages nearly everything personal is found, and little else', () => {
  const scores = measure(makeTexts(1, 2400), (text) => findPersonalData(text));
  const secrets = scores.get('secret') ?? { expected: 0, found: 0 };
  const personal = total([...scores].flatMap(([kind, score]) => (kind === 'secret' ? [] : [score])));
  expect(personal.expected).toBeGreaterThan(4000);
  expect(personal.found / personal.expected).toBeGreaterThanOrEqual(0.97);
  expect(personal.right / personal.reported).toBeGreaterThanOrEqual(0.93);
  expect(secrets.found / secrets.expected).toBeGreaterThanOrEqual(0.99);
});

test('the made texts are the same for the same seed', () => {
  expect(makeTexts(5, 40)).toEqual(makeTexts(5, 40));
  expect(makeTexts(5, 40)).not.toEqual(makeTexts(6, 40));
});

test('a number counts only with its check digit', () => {
  expect(found('Card 4111 1111 1111 1111.')).toEqual(['card: 4111 1111 1111 1111']);
  expect(found('Card 4111 1111 1111 1112.')).toEqual([]);
  expect(found('IBAN GB82 WEST 1234 5698 7654 32')).toEqual(['iban: GB82 WEST 1234 5698 7654 32']);
  expect(found('IBAN GB83 WEST 1234 5698 7654 32')).toEqual([]);
  expect(found('身份证号11010519491231002X。')).toEqual(['nationalId: 11010519491231002X']);
  expect(found('编号110105194912310021。')).toEqual([]);
  expect(found('CPF 529.982.247-25')).toEqual(['nationalId: 529.982.247-25']);
  expect(found('Steuer-ID 86095742719')).toEqual(['nationalId: 86095742719']);
});

test('full width, hidden signs, letters of other scripts and odd dashes hide nothing, and the place is exact', () => {
  expect(found('卡号４１１１１１１１１１１１１１１１。')).toEqual(['card: ４１１１１１１１１１１１１１１１']);
  expect(found('pay 41\u200b11-1111\u20111111 1111 now')).toEqual(['card: 41\u200b11-1111\u20111111 1111']);
  expect(found('write jоhn@exаmple.com')).toEqual(['email: jоhn@exаmple.com']);
  expect(found('IP 𝟏𝟗𝟐.168.1.20 😀')).toEqual(['ipAddress: 𝟏𝟗𝟐.168.1.20']);
  expect(found('Card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1')).toEqual(['card: 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1']);
});

test('what only looks like it is left alone', () => {
  expect(found('Version 10.4.2.1 of the driver, section 3.2.1, on 2026-03-14 at 10:30.')).toEqual([]);
  expect(found('The Golden Gate Bridge is in San Francisco. Machine Learning is taught in Spring.')).toEqual([]);
  expect(found('密码长度不得少于十二位。高兴的人很多，黄河很长。')).toEqual([]);
  expect(found('Your password is required. Order number 5559201234 was shipped.')).toEqual([]);
});

test("a person's own words are found however they are written, before anything else", () => {
  expect(found('Project Blue Heron and project BLUE-HERON, bluefin not.', ['blue heron'])).toEqual([
    'own: Blue Heron',
    'own: BLUE-HERON',
  ]);
  expect(found('青 鸟计划由青鸟启动', ['青鸟'])).toEqual(['own: 青 鸟', 'own: 青鸟']);
});

test('of findings that overlap one is left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (seed) => {
      const text = makeTexts(seed, 3)
        .map((made) => made.text)
        .join(' ');
      let last = 0;
      for (const { start, end, score } of findPersonalData(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(score).toBeGreaterThanOrEqual(0.5);
        last = end;
      }
    }),
    { numRuns: 60 },
  );
});

test('any text can be read, and every place is inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { start, end } of findPersonalData(text, ['a', '1'])) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(end).toBeGreaterThan(start);
      }
    }),
    { numRuns: 300 },
  );
});

const hostile: readonly (readonly [string, string])[] = [
  ['one letter', 'a'],
  ['capitals', 'A'],
  ['digits', '1'],
  ['spaced digits', '1 '],
  ['dashed digits', '12-'],
  ['dots', '1.'],
  ['colons', 'a:'],
  ['at signs', 'a@'],
  ['domains', 'a.b@c.'],
  ['capitalised words', 'Aa '],
  ['initials', 'A. '],
  ['surnames', '王'],
  ['label', '姓名：'],
  ['roads', '路'],
  ['numbers and roads', '1号'],
  ['forms of companies', '公司'],
  ['key beginnings', '-----BEGIN PRIVATE KEY-----'],
  ['tokens', 'eyJ'],
  ['tokens with dots', 'eyJaaaaaaaa.'],
  ['schemes', 'a://'],
  ['passwords', 'password:'],
  ['zero width', '\u200b1'],
  ['wide', '１２'],
  ['spaces', ' '],
  ['streets', '1 Aa Street, '],
  ['months', 'born 1 May '],
  ['codes', 'ABCDEF12'],
];

test.each(hostile)(
  'a megabyte of %s takes time by its length',
  (_name, piece) => {
    const work = (chars: number): number => {
      const text = piece.repeat(chars / piece.length);
      const before = process.cpuUsage();
      findPersonalData(text);
      return process.cpuUsage(before).user / 1000;
    };
    work(20_000);
    const small = Math.max(work(125_000), 40);
    // Eight times as much; what grows with the square takes 64 times.
    expect(work(1_000_000)).toBeLessThan(small * 30);
  },
  120_000,
);
