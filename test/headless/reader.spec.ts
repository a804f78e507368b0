import { afterEach, expect, test } from 'vitest';

import { textPage } from '../documents/files/good-files.ts';
import { makePdf } from '../documents/files/pdf-writer.ts';
import { accessibilityProblems } from '../renderer/chat/open-view.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

const book = {
  name: 'book.pdf',
  mimeType: 'application/pdf',
  buffer: makePdf(Array.from({ length: 12 }, (_, index) => textPage(index + 1).page)),
};
const patience = { timeout: 60_000 };

test('a dropped PDF is opened beside the conversation, at a page, and what is selected goes into the message', async () => {
  host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files', exact: true }).click();
  await (await chooser).setFiles([book]);
  const files = page.getByRole('list', { name: 'Files for the next message', exact: true });
  await files.getByText('12 pages').waitFor(patience);
  await files
    .getByRole('button', { name: /^book\.pdf/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: 'book.pdf' }).getByRole('button', { name: 'Open page 7' }).click();
  const pane = page.getByRole('complementary', { name: 'Document book.pdf' });
  const shown = pane.getByRole('group', { name: 'Page 7', exact: true });
  await shown.locator('canvas').waitFor(patience);
  expect(await pane.getByRole('textbox', { name: 'Go to page' }).inputValue()).toBe('7');
  await takeScreenshot(page, 'reader-window-light-en');
  expect(await accessibilityProblems(page)).toEqual([]);

  await shown.getByText('Chapter 7', { exact: true }).selectText();
  await pane.getByRole('button', { name: 'Ask about this' }).click();
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect.poll(() => message.inputValue()).toBe('> Chapter 7\n> (book.pdf, page 7)\n\n');
  await expect.poll(() => message.evaluate((field) => field === document.activeElement)).toBe(true);

  const edge = pane.getByRole('separator');
  const width = () => pane.evaluate((element) => element.getBoundingClientRect().width);
  const before = await width();
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(before - 32);
  await page.reload();
  expect(problems).toEqual([]);
});

test('in a narrow window it lies over the conversation, in Chinese and dark, and Escape leads back', async () => {
  host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url, { locale: 'zh-CN', colorScheme: 'dark' });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '添加文件', exact: true }).click();
  await (await chooser).setFiles([book]);
  await page.getByText('12 页').waitFor(patience);
  await page
    .getByRole('button', { name: /^book\.pdf/ })
    .first()
    .click();
  await page.getByRole('button', { name: '打开文件' }).click();
  const pane = page.getByRole('complementary', { name: '文档 book.pdf' });
  await pane.getByRole('group', { name: '第 1 页', exact: true }).locator('canvas').waitFor(patience);
  await takeScreenshot(page, 'reader-window-dark-zh');
  await page.setViewportSize({ width: 700, height: 800 });
  await expect.poll(() => pane.evaluate((element) => element.getBoundingClientRect().width)).toBe(700);
  await takeScreenshot(page, 'reader-narrow-dark-zh');
  await pane.locator('[data-reader-scroller]').focus();
  await page.keyboard.press('Escape');
  await pane.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});
