import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Summary } from '../../../shared/contract/index.ts';
import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems, openView, type OpenedView, type OpenOptions } from './open-view.ts';
import { buildPage, type BuiltPage } from './view-under-test.ts';

let browser: Browser;
let built: BuiltPage;

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), buildPage()]);
});
afterAll(async () => {
  await browser.close();
  await built[Symbol.asyncDispose]();
});

const texts = Array.from({ length: 42 }, (_, index) =>
  index === 0
    ? 'My sister Marit gets married on 14 June in Bergen.'
    : index % 2 === 0
      ? `What would be a good present, idea ${index}?`
      : `A good present number ${index} would be something that she can take along.`,
);

const open = (options: OpenOptions = {}): Promise<OpenedView> => openView(browser, built, { texts, ...options });

function summaryOf(view: OpenedView): Summary {
  const { messages } = view.script;
  const [first] = messages;
  const last = messages[39];
  if (first === undefined || last === undefined) throw new Error('There are messages.');
  return {
    id: 's1',
    level: 0,
    firstMessageId: first.id,
    lastMessageId: last.id,
    messageCount: 40,
    text: 'They looked for a present for the wedding. Books and a journey were considered; nothing was bought yet.',
    facts: [
      { kind: 'person', text: 'My sister Marit gets married on 14 June in Bergen.', messageId: first.id, role: 'user' },
      { kind: 'number', text: texts[33] ?? '', messageId: messages[33]?.id ?? '', role: 'assistant' },
    ],
    origin: 'model',
    createdAt: 1,
  };
}

test('what is summarised is one line that opens, and leads to the messages', async () => {
  await using view = await open();
  const { page, script } = view;
  const line = page.getByText('Summarised, 40 messages');
  expect(await line.count()).toBe(0);
  script.context.show({ summaries: [summaryOf(view)], folding: { kind: 'idle' } });
  await line.waitFor();
  expect(await page.getByText('Kept word for word').isVisible()).toBe(false);
  await line.click();
  await page.getByText('Books and a journey were considered').waitFor();
  await takeScreenshot(page, 'summary-light-en');
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'My sister Marit gets married' }).click();
  await page.locator('.found').waitFor();
  expect(await page.locator('.found').textContent()).toContain('Marit');
  await expect.poll(() => page.locator('.found').count(), { timeout: 10_000 }).toBe(0);
  expect(view.problems).toEqual([]);
});

test('in Chinese and in the dark it is as calm', async () => {
  await using view = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  view.script.context.show({
    summaries: [{ ...summaryOf(view), text: '他们为婚礼挑选礼物，考虑过书和旅行，还没有买。' }],
    folding: { kind: 'idle' },
  });
  await view.page.getByText('已概括 40 条消息').click();
  await view.page.getByText('考虑过书和旅行').waitFor();
  await takeScreenshot(view.page, 'summary-dark-zh');
  expect(await accessibilityProblems(view.page)).toEqual([]);
});

test('what could not be summarised is said in one line, and tried again', async () => {
  await using view = await open();
  view.script.context.show({
    summaries: [],
    folding: { kind: 'failed', error: { code: 'DISK_FULL', message: 'The disk is full.', data: { path: '/data' } } },
  });
  const note = view.page.getByText('Older messages could not be summarised.');
  await note.waitFor();
  await takeScreenshot(view.page, 'summary-failed-light-en');
  await view.page.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(() => view.script.context.retried).toEqual(['c1']);
  view.script.context.show({ summaries: [], folding: { kind: 'idle' } });
  await note.waitFor({ state: 'detached' });
});
