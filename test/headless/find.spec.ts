import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { databaseName } from '../../electron/core.ts';
import { createKeyFile } from '../../electron/gateway/key-file.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import type { NewMessage } from '../../electron/store/store.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { openBrowser, openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const threadLength = 10_000;

let browser: Browser;
let host: HostUnderTest | undefined;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'clawdbot-find-'));
  await fill();
  browser = await openBrowser();
});
afterEach(async () => {
  await host?.kill();
});
afterAll(async () => {
  await browser.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** A host of its own for each test, because its address opens one session; the data stays. */
async function open(place = '', options: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ dataDirectory });
  return openPage(browser, host.url + place, options);
}

/** A long thread with rare words in it, and one with an answer on a branch that is not on screen. */
async function fill(): Promise<void> {
  const file = path.join(dataDirectory, databaseName);
  const keyFile = path.join(dataDirectory, 'database.key');
  const key = await createKeyFile({ path: keyFile, database: file, log: silentLog }).databaseKey();
  using database = openDatabase({ path: file, key, log: silentLog });
  const store = createStore(database);
  const now = Date.now();
  const begin = (id: string, title: string): void =>
    store.conversations.insert({
      id,
      title,
      titleSource: 'person',
      createdAt: now,
      updatedAt: now,
      pinned: false,
      headId: null,
      modelId: null,
    });
  const say = (conversationId: string, id: string, parentId: string | null, text: string): void => {
    const role = id.startsWith('q') ? 'user' : 'assistant';
    const rest: Pick<NewMessage, 'state' | 'createdAt' | 'model' | 'requestId'> = {
      state: 'done',
      createdAt: now,
      model: null,
      requestId: null,
    };
    store.messages.insert({ ...rest, id, conversationId, parentId, role, text });
  };
  store.transaction(() => {
    begin('long', 'A long journey');
    let parentId: string | null = null;
    for (let index = 0; index < threadLength; index += 1) {
      const id = `${index % 2 === 0 ? 'q' : 'a'}${index}`;
      const rare = index === 41 ? ' The **lighthouse** of Alexandria stood here: a lighthouse. 古老的灯塔。' : '';
      const often = index % 1000 === 0 ? ' Where is the harbour?' : '';
      say('long', id, parentId, `Line ${index} of the journey.${rare}${often}`);
      parentId = id;
    }
    store.conversations.update('long', { headId: parentId });

    begin('forked', 'Two ways');
    say('forked', 'q-f', null, 'Which way?');
    say('forked', 'a-left', 'q-f', 'To the left, past the windmill.');
    say('forked', 'a-right', 'q-f', 'To the right, along the canal.');
    store.conversations.update('forked', { headId: 'a-right' });
  });
}

function search(page: Page) {
  return page.getByRole('searchbox', { name: /Search|搜索/ });
}

test('a word is found by typing, and Enter goes to it far up in a thread of 10,000 messages', async () => {
  const { page, problems } = await open();
  const chat = new ChatPage(page);
  await page.keyboard.press('ControlOrMeta+Shift+F');
  await expect.poll(() => search(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('lighthouse');
  const results = page.getByRole('listbox', { name: 'Search results' }).getByRole('option');
  await results.first().waitFor();
  expect(await results.count()).toBe(1);
  await page.keyboard.press('Enter');
  const found = chat.answers.filter({ hasText: 'lighthouse' });
  await found.waitFor({ timeout: 90_000 });
  await expect.poll(() => isInSight(page, 'lighthouse'), { timeout: 60_000 }).toBe(true);
  await takeScreenshot(page, 'find-opened-far-up-light-en');
  await search(page).focus();
  await page.keyboard.press('Escape');
  await results.first().waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});

test('two Chinese characters are enough', async () => {
  const { page, problems } = await open('', { locale: 'zh-CN', colorScheme: 'dark' });
  await search(page).fill('灯塔');
  await page.getByRole('option').first().waitFor();
  expect(await page.getByRole('option').count()).toBe(1);
  await takeScreenshot(page, 'find-results-dark-zh');
  await page.getByRole('button', { name: /^时间/ }).click();
  await page.getByRole('menuitemcheckbox', { name: '过去 7 天' }).click();
  await page.getByRole('option').first().waitFor();
  await takeScreenshot(page, 'find-filtered-dark-zh');
  await search(page).fill('没有这样的词');
  await page.getByText('没有结果').waitFor();
  await takeScreenshot(page, 'find-nothing-dark-zh');
  expect(problems).toEqual([]);
});

test('a message on another branch is shown with its branch', async () => {
  const { page, problems } = await open();
  const chat = new ChatPage(page);
  await search(page).fill('windmill');
  await page.getByRole('option').filter({ hasText: 'windmill' }).click();
  await chat.answers.filter({ hasText: 'past the windmill' }).waitFor();
  expect(await chat.answers.count()).toBe(1);
  expect(problems).toEqual([]);
});

test('finding in a thread counts its whole branch, goes from place to place and closes', async () => {
  const { page, problems } = await open('#/c/long');
  const chat = new ChatPage(page);
  await chat.questions.last().waitFor();
  await page.keyboard.press('ControlOrMeta+F');
  const bar = page.getByRole('search', { name: 'Find in this conversation' });
  await bar.getByRole('textbox', { name: 'Find' }).fill('harbour');
  await bar.getByText('10 of 10').waitFor();
  await expect.poll(() => isInSight(page, 'harbour'), { timeout: 60_000 }).toBe(true);
  await takeScreenshot(page, 'find-in-thread-light-en');
  await page.keyboard.press('Shift+Enter');
  await bar.getByText('9 of 10').waitFor();
  await expect.poll(() => isInSight(page, 'harbour'), { timeout: 60_000 }).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await bar.getByText('1 of 10', { exact: true }).waitFor();
  await chat.questions.filter({ hasText: 'Line 0 of' }).waitFor({ timeout: 90_000 });
  await expect.poll(() => isInSight(page, 'harbour'), { timeout: 60_000 }).toBe(true);

  // Across the elements of an answer's layout.
  await bar.getByRole('textbox').fill('the lighthouse of');
  await bar.getByText('Not found').waitFor();
  await bar.getByRole('textbox').fill('lighthouse');
  await bar.getByText('1 of 2').waitFor();
  await expect.poll(() => isInSight(page, 'lighthouse'), { timeout: 60_000 }).toBe(true);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);
  expect(problems).toEqual([]);
});

test('the bar to find with, dark and in Chinese', async () => {
  const { page, problems } = await open('#/c/forked', {
    locale: 'zh-CN',
    colorScheme: 'dark',
  });
  await page.getByRole('log').waitFor();
  await page.keyboard.press('ControlOrMeta+F');
  await page.getByRole('textbox', { name: '查找' }).fill('to the');
  await page.getByText('1 / 1').waitFor();
  await expect.poll(() => isInSight(page, 'to the')).toBe(true);
  await takeScreenshot(page, 'find-in-thread-dark-zh');
  expect(problems).toEqual([]);
});

/** Whether the words stand in the part of the thread that is in the window. */
function isInSight(page: Page, words: string): Promise<boolean> {
  return page.getByRole('log').evaluate((log, wanted) => {
    const view = log.getBoundingClientRect();
    return [...log.querySelectorAll('article')].some((article) => {
      const { top, bottom } = article.getBoundingClientRect();
      const text = article.textContent.toLowerCase();
      return text.includes(wanted) && top < view.bottom - 20 && bottom > view.top + 20;
    });
  }, words);
}
