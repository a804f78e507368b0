import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

async function open(settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [under.models.short] });
  const observed = await openPage(under.browser, host.url, settings);
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
  await page.getByText('Drop files or folders to ask about them').waitFor();
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

test('the same in Chinese and dark', async () => {
  const { page, problems } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '添加文件', exact: true }).click();
  await (
    await chooser
  ).setFiles([
    { name: '租房合同.md', mimeType: 'text/markdown', buffer: Buffer.from('# 押金\n\n租客须缴纳押金2400元。') },
    { name: '照片.heic', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic') },
  ]);
  const files = page.getByRole('list', { name: '随下一条消息发送的文件', exact: true });
  await files.getByText('1 页').waitFor();
  await files.getByText(/^无法读取这类文件/).waitFor();
  await files.getByRole('button', { name: /^租房合同/ }).click();
  await page.getByRole('dialog', { name: '租房合同.md' }).getByText('段落').waitFor();
  await takeScreenshot(page, 'document-report-dark-zh');
  await page.keyboard.press('Escape');
  await takeScreenshot(page, 'document-attached-dark-zh');
  expect(problems).toEqual([]);
});
