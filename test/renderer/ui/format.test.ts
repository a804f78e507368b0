import { describe, expect, test } from 'vitest';

import { createFormat, daysBetween } from '../../../renderer/ui/format.ts';
import { chooseLocale } from '../../../renderer/ui/use-format.ts';

const english = createFormat('en-GB');
const chinese = createFormat('zh-CN');

describe('sizes', () => {
  test.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [4_300_000, '4 MB'],
    [999_600_000, '1 GB'],
    [9_140_000_000, '9.1 GB'],
    [15_900_000_000, '15.9 GB'],
    [2_000_000_000_000, '2 TB'],
  ])('%d bytes', (sizeBytes, expected) => {
    expect(english.bytes(sizeBytes).replace(/\s/g, ' ')).toBe(expected);
  });
});

describe('durations', () => {
  test.each([
    [12.4, /^12\s?ms$/],
    [640, /^640\s?ms$/],
    [1_240, /^1\.2\s?s/],
    [42_400, /^42\s?s/],
    [180_000, /^3\s?min/],
  ])('%d ms', (durationMs, expected) => {
    expect(english.duration(durationMs)).toMatch(expected);
  });

  test('are written in Chinese words', () => {
    expect(chinese.duration(1_200)).toContain('秒');
  });
});

describe('dates', () => {
  const now = new Date(2026, 10, 21, 12).getTime();

  test('are as short as they can be', () => {
    expect(english.month(new Date(2026, 2, 3).getTime(), now)).toBe('March');
    expect(english.month(new Date(2024, 2, 3).getTime(), now)).toBe('March 2024');
    expect(chinese.month(new Date(2024, 2, 3).getTime(), now)).toBe('2024年3月');
  });

  test('count midnights, not hours', () => {
    const lateEvening = new Date(2026, 10, 20, 23, 59).getTime();
    expect(daysBetween(lateEvening, new Date(2026, 10, 21, 0, 1).getTime())).toBe(1);
    expect(daysBetween(new Date(2026, 10, 20, 0, 1).getTime(), lateEvening)).toBe(0);
    // The clocks change between these in most of Europe and America.
    expect(daysBetween(new Date(2026, 9, 1).getTime(), new Date(2026, 10, 30).getTime())).toBe(60);
  });
});

describe('the dialect', () => {
  test('is the one the browser prefers within the language of the interface', () => {
    expect(chooseLocale('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(chooseLocale('zh', ['en-GB'])).toBe('zh-CN');
    expect(chooseLocale('en', [])).toBe('en');
  });
});

test('a moment is a time today, a day this year, and a date before', () => {
  const now = new Date(2026, 4, 20, 18).getTime();
  const british = createFormat('en-GB');
  expect(british.moment(new Date(2026, 4, 20, 9, 5).getTime(), now)).toBe('9:05');
  expect(british.moment(new Date(2026, 2, 5).getTime(), now)).toBe('5 Mar');
  expect(british.moment(new Date(2024, 2, 5).getTime(), now)).toBe('5 Mar 2024');
  expect(chinese.moment(new Date(2024, 2, 5).getTime(), now)).toBe('2024年3月5日');
});
