import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems, openView } from '../chat/open-view.ts';
import { buildPage, type BuiltPage } from '../chat/view-under-test.ts';

let browser: Browser;
let built: BuiltPage;

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), buildPage()]);
});
afterAll(async () => {
  await browser.close();
  await built[Symbol.asyncDispose]();
});

test('a button under the pointer tells its name, and the next one at once', async () => {
  await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
  const { chat, page, problems } = view;
  const tooltip = page.getByRole('tooltip');
  const button = (name: string) => chat.answers.last().getByRole('button', { name, exact: true });
  await button('Quote').hover();
  await tooltip.getByText('Quote').waitFor();
  expect(await button('Quote').getAttribute('aria-describedby')).toBe(await tooltip.getAttribute('id'));
  await takeScreenshot(page, 'tooltip-light-en');
  expect(await accessibilityProblems(page)).toEqual([]);
  await button('Copy').hover();
  await tooltip.getByText('Copy').waitFor();
  expect(await button('Quote').getAttribute('aria-describedby')).toBeNull();
  await page.mouse.move(5, 5);
  await tooltip.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});

test('the focus of the keyboard tells it as well, and Escape takes it away', async () => {
  await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
  const { chat, page } = view;
  const tooltip = page.getByRole('tooltip');
  await chat.answers.last().getByRole('toolbar').waitFor();
  await chat.message.focus();
  await page.keyboard.press('Shift+Tab');
  await tooltip.getByText('Copy').waitFor();
  await page.keyboard.press('ArrowRight');
  await tooltip.getByText('Regenerate').waitFor();
  await page.keyboard.press('Escape');
  await tooltip.waitFor({ state: 'detached' });
});
