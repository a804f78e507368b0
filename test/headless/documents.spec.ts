import { rm } from 'node:fs/promises';
import path from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { openBrowser, openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';
import { writeModels, type ModelsUnderTest } from './models-under-test.ts';

let browser: Browser;
let models: ModelsUnderTest;
let host: HostUnderTest | undefined;

beforeAll(async () => {
  [browser, models] = await Promise.all([openBrowser(), writeModels()]);
});
afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});
afterAll(async () => {
  await browser.close();
  await rm(path.dirname(models.short), { recursive: true, force: true });
});

async function open(settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [models.short] });
  const observed = await openPage(browser, host.url, settings);
  return { ...observed, chat: new ChatPage(observed.page) };
}

const lease = `# Tenancy agreement

The tenant pays a deposit of 1,250 euros before moving in.

The rent is 840 euros a month.
`;

function attached(page: Page): Locator {
  return page.getByRole('list', { name: 'Files for the next message', exact: true });
}

/** As if a person let go of a file over the window. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ''], fileName ?? 'file'));
      return data;
    },
    [name, text],
  );
  const main = page.getByRole('main');
  await main.dispatchEvent('dragenter', { dataTransfer: transfer });
  await page.getByText('Drop files to ask about them').waitFor();
  await main.dispatchEvent('drop', { dataTransfer: transfer });
}

test('a dropped file is read, looked into, sent along, and named by the message also after a reload', async () => {
  const { chat, page, problems } = await open();
  await drop(page, 'lease.md', lease);
  const files = attached(page);
  await files.getByText('1 page').waitFor();
  await files.getByRole('button', { name: /^lease\.md/ }).click();
  const report = page.getByRole('dialog', { name: 'lease.md' });
  await report.getByText('Passages').waitFor();
  await takeScreenshot(page, 'document-report-light-en');
  await page.keyboard.press('Escape');
  await report.waitFor({ state: 'detached' });
  await takeScreenshot(page, 'document-attached-light-en');
  await chat.ask('What is the deposit?');
  await chat.settled();
  await chat.answerShows('Rivers carry');
  expect(await files.count()).toBe(0);
  await chat.questions.last().getByRole('list', { name: 'Files' }).getByText('lease.md').waitFor();
  await page.reload();
  await chat.questions.last().getByRole('list', { name: 'Files' }).getByText('lease.md').waitFor();
  await takeScreenshot(page, 'document-sent-light-en');
  expect(problems).toEqual([]);
});

test('a file that gives nothing says why, can be taken away, and does not go with a message', async () => {
  const { chat, page, problems } = await open();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files', exact: true }).click();
  await (
    await chooser
  ).setFiles([
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('The gate code is 4711.') },
  ]);
  const files = attached(page);
  await files.getByText(/^The file is empty/).waitFor();
  await files.getByText('1 page').waitFor();
  await takeScreenshot(page, 'document-empty-light-en');
  await page.getByRole('button', { name: 'Remove empty.txt', exact: true }).click();
  await files.getByText('empty.txt').waitFor({ state: 'detached' });
  await chat.ask('What is the code?');
  await chat.settled();
  expect(
    await chat.questions.last().getByRole('list', { name: 'Files' }).getByRole('listitem').allTextContents(),
  ).toEqual(['notes.txt']);
  expect(problems).toEqual([]);
});
