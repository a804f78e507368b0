import { describe, expect, test } from 'vitest';

import { createI18n } from '../../../renderer/app/i18n.ts';
import { en } from '../../../renderer/chat/locales/en.ts';
import { zh } from '../../../renderer/chat/locales/zh.ts';
import { progressWords } from '../../../renderer/chat/progress-words.ts';
import { createFormat } from '../../../renderer/ui/format.ts';
import type { TurnProgress } from '../../../shared/contract/index.ts';

function say(language: 'en' | 'zh', progress: TurnProgress | null, hasText = false): string {
  const t = createI18n(language).getFixedT(language, 'chat');
  return progressWords(t, createFormat(language === 'zh' ? 'zh-CN' : 'en-US'), progress, hasText);
}

describe('what a running answer is doing', () => {
  test.each<[TurnProgress | null, string, string]>([
    [null, 'Waiting for the first word', '正在等待第一个词'],
    [{ phase: 'queued', ahead: 0 }, 'Next in line', '下一个就是你'],
    [{ phase: 'queued', ahead: 1 }, '1 request ahead', '前面还有 1 个请求'],
    [{ phase: 'queued', ahead: 2 }, '2 requests ahead', '前面还有 2 个请求'],
    [{ phase: 'starting' }, 'Starting the engine', '正在启动引擎'],
    [
      { phase: 'loading', modelName: 'Qwen 3 8B', fraction: 0.632 },
      'Loading Qwen 3 8B, 63%',
      '正在载入 Qwen 3 8B，63%',
    ],
    [
      { phase: 'reading', readTokens: 1200, totalTokens: 4096 },
      'Reading your text, 1,200 of 4,096 tokens',
      '正在阅读你的文字，1,200 / 4,096 个词元',
    ],
    [{ phase: 'answering' }, 'Waiting for the first word', '正在等待第一个词'],
  ])('%j is said in words', (progress, english, chinese) => {
    expect(say('en', progress)).toBe(english);
    expect(say('zh', progress)).toBe(chinese);
  });

  test('an answer with words on the screen is being written', () => {
    expect(say('en', { phase: 'answering' }, true)).toBe('Writing');
  });
});

test('both languages fill the same places', () => {
  const places = (words: unknown): unknown =>
    typeof words === 'string'
      ? [...words.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).toSorted()
      : Object.fromEntries(Object.entries(Object(words)).map(([key, value]) => [key, places(value)]));
  expect(places(zh)).toEqual(places(en));
});
