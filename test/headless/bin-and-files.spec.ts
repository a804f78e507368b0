import { expect, test } from 'vitest';

import { accessibilityProblems } from '../renderer/chat/open-view.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost } from './host-under-test.ts';

const under = setUpBrowserAndModels();

test('a deleted folder and conversation are restored from the bin, and emptying it says what goes', async () => {
  await using host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url);
  const chat = new ChatPage(page);
  await chat.ask('How do rivers begin');
  await chat.answerShows('Done.');
  await chat.settled();
  for (const name of ['Nature', 'Travel']) {
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByRole('textbox', { name: 'Name of the folder' }).fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
  }
  await page.getByRole('link', { name: 'How do rivers begin' }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('link', { name: 'How do rivers begin' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Recently deleted' }).click();
  const bin = page.getByRole('dialog');
  await bin.getByRole('button', { name: 'Restore “Travel”' }).waitFor();
  await bin.getByRole('button', { name: 'Delete all for good' }).click();
  const question = bin.getByRole('group', { name: /^Delete 1 conversation and 2 folders for good\?/ });
  await question.waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await takeScreenshot(page, 'bin-kinds-light-en');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await bin.getByRole('button', { name: 'Restore “Nature”' }).click();
  await bin.getByRole('button', { name: 'Restore “Nature”' }).waitFor({ state: 'detached' });
  await bin.getByRole('button', { name: 'Delete all for good' }).click();
  await bin.getByRole('group').getByRole('button', { name: 'Delete all for good' }).click();
  await bin.getByText('Nothing was deleted').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nature', exact: true }).waitFor();
  expect(problems).toEqual([]);
});

test('a file is found by its name, and limits what else is found', async () => {
  await using host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url, { locale: 'zh-CN', colorScheme: 'dark' });
  const message = page.getByRole('textbox', { name: '消息', exact: true });
  await page.locator('input[type=file]').setInputFiles({
    name: '租房合同.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('# 租房合同\n\n押金为两个月租金。\n'),
  });
  await page.getByText('1 页').waitFor();
  await message.fill('押金是多少？');
  await message.press('Enter');
  await page.getByRole('article').filter({ hasText: 'Done.' }).waitFor({ timeout: 60_000 });
  const search = page.getByRole('searchbox');
  const options = page.getByRole('option');
  await search.fill('合同');
  await options.first().waitFor();
  expect(await options.count()).toBe(1);
  await page.getByRole('img', { name: '文件' }).waitFor();
  await page.getByRole('button', { name: /^文件：/ }).click();
  await page.getByRole('menuitemcheckbox', { name: '租房合同.md' }).click();
  await search.fill('押金');
  // The title and the question.
  await expect.poll(() => options.count(), { timeout: 30_000 }).toBe(2);
  await takeScreenshot(page, 'find-file-dark-zh');
  await search.fill('文件：合同');
  await options.filter({ hasText: '租房合同.md' }).waitFor();
  await takeScreenshot(page, 'find-file-typed-dark-zh');
  await search.fill('没有这样的词 文件:合同');
  await page.getByText('没有结果').waitFor();
  expect(problems).toEqual([]);
});
