import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { setLines, makePdf } from '../documents/files/pdf-writer.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { openBrowser, openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

/** What the model recites, whatever it is asked; as notes it stands on every page. */
const recited = '- The keeper repaired the northern wall of the harbour.';

let browser: Browser;
let folder: string;
let host: HostUnderTest | undefined;
let model: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-digest-'));
  model = path.join(folder, 'keeper.gguf');
  // Every letter of the document is a token to it; so few fit that it is read in parts.
  await writeScriptedModel(model, { text: recited, name: 'Keeper', contextTokens: 8192 });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

function pageOf(number: number) {
  const words = `In ${1000 + number} the keeper repaired the northern wall of the harbour.`;
  return {
    texts: [
      ...(number % 20 === 1 ? [{ x: 72, y: 740, size: 18, text: `Chapter ${(number - 1) / 20 + 1}` }] : []),
      ...setLines(words, 72, 705, 10, 78),
    ],
  };
}
const report = makePdf(Array.from({ length: 200 }, (_, index) => pageOf(index + 1)));

async function open(settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [model] });
  const observed = await openPage(browser, host.url, settings);
  return { ...observed, chat: new ChatPage(observed.page) };
}

async function attach(page: Page, label: string, name: string, buffer: Buffer, read: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: label, exact: true }).click();
  await (await chooser).setFiles([{ name, mimeType: 'application/pdf', buffer }]);
  await page.getByText(read, { exact: true }).waitFor({ timeout: 120_000 });
}

test('a PDF of 200 pages is summarised part by part, stopped, gone on with, and told at once the next time', async () => {
  const { chat, page, problems } = await open();
  await attach(page, 'Attach files', 'report.pdf', report, '200 pages');
  await takeScreenshot(page, 'digest-buttons-light-en');
  const tasks = page.getByRole('group', { name: 'What to do with the files' });
  await tasks.getByRole('button', { name: 'Summarise', exact: true }).click();
  await chat.questions.last().getByText('Summary of report.pdf').waitFor();
  const progress = chat.answers.last().getByText(/Reading part [2-9] of \d+/);
  await progress.waitFor({ timeout: 300_000 });
  await takeScreenshot(page, 'digest-progress-light-en');
  await chat.stop.click();
  await chat.answers.last().getByText('Stopped').waitFor();
  const answer = chat.answers.last();
  await answer.getByRole('button', { name: 'Retry', exact: true }).click();
  await chat.answerShows('northern wall of the harbour', 300_000);
  await chat.settled(300_000);
  await takeScreenshot(page, 'digest-summary-light-en');
  expect(await answer.textContent()).not.toContain('could not');

  await attach(page, 'Attach files', 'report.pdf', report, '200 pages');
  await page.getByRole('button', { name: 'More for report.pdf', exact: true }).click();
  await takeScreenshot(page, 'digest-menu-light-en');
  await page.getByRole('menuitem', { name: 'Summarise', exact: true }).click();
  await expect.poll(() => chat.answers.count(), { timeout: 30_000 }).toBe(2);
  await chat.answerShows('northern wall of the harbour', 60_000);
  await chat.settled();
  await page.reload();
  await chat.questions.last().getByText('Summary of report.pdf').waitFor();
  expect(problems).toEqual([]);
}, 900_000);

test('by keyboard, in Chinese and dark: the table of contents is the document’s own', async () => {
  const { page, problems } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  await attach(page, '添加文件', '报告.pdf', report, '200 页');
  await takeScreenshot(page, 'digest-buttons-dark-zh');
  const outline = page.getByRole('group', { name: '对文件做什么' }).getByRole('button', { name: '目录', exact: true });
  await outline.focus();
  await page.keyboard.press('Enter');
  const thread = page.getByRole('log');
  await thread.getByText('报告.pdf 的目录').waitFor();
  await thread.getByText('Chapter 10 · 第 181 页').waitFor({ timeout: 60_000 });
  await takeScreenshot(page, 'digest-outline-dark-zh');
  expect(problems).toEqual([]);
}, 300_000);
