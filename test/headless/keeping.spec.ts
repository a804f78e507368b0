import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { chatGptConversation, claudeConversation } from '../transfer/foreign-exports.ts';
import { openBrowser, openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';
import { writeModels, type ModelsUnderTest } from './models-under-test.ts';

let browser: Browser;
let models: ModelsUnderTest;
let folder: string;
let host: HostUnderTest | undefined;

beforeAll(async () => {
  [browser, models, folder] = await Promise.all([
    openBrowser(),
    writeModels(),
    mkdtemp(path.join(tmpdir(), 'clawdbot-keeping-')),
  ]);
});
afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});
afterAll(async () => {
  await browser.close();
  await rm(path.dirname(models.short), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [models.short] });
  const observed = await openPage(browser, host.url, options);
  return { ...observed, chat: new ChatPage(observed.page) };
}

const rows = (page: Page): Locator => page.getByRole('list', { name: 'Conversations', exact: true }).getByRole('link');

async function openSection(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name }).click();
  return dialog;
}

async function importFile(page: Page, name: string, content: string): Promise<Locator> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  const dialog = await openSection(page, 'Data');
  await dialog.locator('input[type=file]').setInputFiles(file);
  return dialog;
}

test('what was deleted is undone from its note, or brought back from the bin by keyboard, or gone for good', async () => {
  const { chat, page, problems } = await open();
  const dialog = await importFile(
    page,
    'claude.json',
    JSON.stringify([0, 1, 2].map((index) => claudeConversation(index))),
  );
  await dialog.getByText('claude.json was imported.').waitFor();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Rivers 2' }).waitFor();

  await rows(page).filter({ hasText: 'Rivers 1' }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Undo' }).click();
  await rows(page).filter({ hasText: 'Rivers 1' }).waitFor();

  for (const title of ['Rivers 0', 'Rivers 1']) {
    await rows(page).filter({ hasText: title }).focus();
    await page.keyboard.press('Delete');
    await rows(page).filter({ hasText: title }).waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'Recently deleted' }).click();
  const bin = page.getByRole('dialog');
  await bin.getByRole('button', { name: 'Restore “Rivers 0”' }).waitFor();
  expect(await bin.getByText('30 days left').count()).toBe(2);
  await takeScreenshot(page, 'bin-light-en');
  await bin.getByRole('button', { name: 'Restore “Rivers 0”' }).focus();
  await page.keyboard.press('Enter');
  await bin.getByRole('button', { name: 'Restore “Rivers 0”' }).waitFor({ state: 'detached' });
  await bin.getByRole('button', { name: 'Delete for good: “Rivers 1”' }).click();
  await bin
    .getByRole('group', { name: 'Delete this for good?' })
    .getByRole('button', { name: 'Delete for good' })
    .click();
  await bin.getByText('Nothing was deleted').waitFor();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Rivers 0' }).waitFor();
  expect(await rows(page).count()).toBe(2);
  await chat.message.waitFor();
  expect(problems).toEqual([]);
});

test('an export of ChatGPT is imported, its report says what was left out, and it can be read and saved again', async () => {
  const { page, problems } = await open();
  const dialog = await importFile(
    page,
    'conversations.json',
    `[${JSON.stringify(chatGptConversation(1))},{"title":"broken"}]`,
  );
  await dialog.getByText('Conversations added: 1. Messages: 5.').waitFor();
  await dialog.getByText('it is no conversation').waitFor();
  await takeScreenshot(page, 'import-report-light-en');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'JSON' }).click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  const document: unknown = JSON.parse(saved);
  expect(document).toMatchObject({ format: 'clawdbot.conversations', conversations: [{ title: 'Glaciers 1' }] });
  await dialog.getByRole('button', { name: 'Understood' }).click();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Glaciers 1' }).click();
  await page.getByText('在北方。').waitFor();

  await rows(page).filter({ hasText: 'Glaciers 1' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export' }).hover();
  const one = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  const file = await one;
  expect(file.suggestedFilename()).toBe('Glaciers 1.md');
  expect(await readFile(await file.path(), 'utf8')).toContain('在北方。');
  expect(problems).toEqual([]);
});

test('a snapshot is made, and putting it back brings what was there', async () => {
  const { page, problems } = await open({ colorScheme: 'dark' });
  await importFile(page, 'first.json', JSON.stringify([claudeConversation(1)]));
  const dialog = page.getByRole('dialog');
  await dialog.getByText('first.json was imported.').waitFor();
  await dialog.getByRole('button', { name: 'Make one now' }).click();
  await dialog.getByText('Checked and intact').waitFor();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Rivers 1' }).focus();
  await page.keyboard.press('Delete');
  await rows(page).filter({ hasText: 'Rivers 1' }).waitFor({ state: 'detached' });

  await openSection(page, 'Data');
  await dialog.getByRole('button', { name: /^Restore the snapshot/ }).click();
  await takeScreenshot(page, 'snapshot-restore-dark-en');
  await dialog.getByRole('group').getByRole('button', { name: 'Restore', exact: true }).click();
  await dialog.getByText('Before a restore').waitFor();
  await page.keyboard.press('Escape');
  await rows(page).filter({ hasText: 'Rivers 1' }).waitFor();
  expect(problems).toEqual([]);
});

test('the pages about the data are there in Chinese', async () => {
  const { page, problems } = await open({ locale: 'zh-CN' });
  await page.getByRole('button', { name: '最近删除' }).click();
  await page.getByText('没有删除的内容').waitFor();
  await page.getByRole('dialog').getByRole('tab', { name: '数据' }).click();
  await page.getByRole('button', { name: '立即生成' }).waitFor();
  await takeScreenshot(page, 'data-light-zh');
  expect(problems).toEqual([]);
});
