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
  await files.getByText(/^这是 HEIC 图片/).waitFor();
  await files
    .getByRole('button', { name: /^租房合同/ })
    .first()
    .click();
  await page.getByRole('dialog', { name: '租房合同.md' }).getByText('段落').waitFor();
  await takeScreenshot(page, 'document-report-dark-zh');
  await page.keyboard.press('Escape');
  await takeScreenshot(page, 'document-attached-dark-zh');
  expect(problems).toEqual([]);
});

/** As a person pastes what lies on the clipboard. */
async function paste(chat: ChatPage, text: string): Promise<void> {
  await chat.message.focus();
  await chat.message.evaluate((field, content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('a long paste becomes a file; the undo key or a button puts it back to the letter', async () => {
  const { chat, page, problems } = await open();
  const long = `  begin 冰\t\n${'The rent is 840 euros a month.\r\n'.repeat(400)}end  `;
  const asField = long.replaceAll('\r\n', '\n');
  const files = attached(page);
  await chat.message.fill('Before  after');
  await chat.message.evaluate((field) => field instanceof HTMLTextAreaElement && field.setSelectionRange(7, 7));
  await paste(chat, long);
  await files.getByText('Pasted text.txt').waitFor();
  expect(await chat.message.inputValue()).toBe('Before  after');
  await chat.message.press('ControlOrMeta+z');
  await files.waitFor({ state: 'detached' });
  expect(await chat.message.inputValue()).toBe(`Before ${asField} after`);

  await chat.message.fill('');
  await paste(chat, long);
  await files.getByText('1 page').waitFor();
  await takeScreenshot(page, 'document-pasted-light-en');
  await files.getByRole('button', { name: 'Put back into the message' }).click();
  expect(await chat.message.inputValue()).toBe(asField);
  expect(await files.count()).toBe(0);

  await chat.message.fill('');
  await paste(chat, long);
  await files.getByText('1 page').waitFor();
  await chat.ask('What is the rent?');
  await chat.settled();
  await chat.questions.last().getByRole('list', { name: 'Files' }).getByText('Pasted text.txt').waitFor();
  expect(problems).toEqual([]);
});

test('a message that is longer than the model reads says so before it is sent', async () => {
  const { chat, page, problems } = await open();
  const note = page.getByText(/tokens\. .* reads .* at a time and will be given only parts/);
  await chat.message.fill('Short words');
  expect(await note.count()).toBe(0);
  await chat.message.fill('冰川'.repeat(60_000));
  await note.waitFor();
  await takeScreenshot(page, 'message-beyond-window-light-en');
  await chat.message.fill('Short words');
  await note.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});
