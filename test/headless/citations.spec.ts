import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { makePdf, setLines, type PdfPage } from '../documents/files/pdf-writer.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { openBrowser, openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const english = [
  'The deposit is **1,250 euros** [2], paid before moving in.',
  'It says “the tenant keeps the garden in very good order every single week” [3].',
  'The rent is 975 euros a month [1], see also [9].',
  '`[2]` is code.',
].join('\n\n');
const chinese =
  '押金为 **2400 元** [2]，入住前支付。\n\n合同写道「租客必须每天打扫整个花园」[3]。\n\n房租是每月 1800 元 [1]。';

let browser: Browser;
let folder: string;
let host: HostUnderTest | undefined;

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-models-'));
  await writeScriptedModel(path.join(folder, 'english.gguf'), { text: english, name: 'English', contextTokens: 8192 });
  await writeScriptedModel(path.join(folder, 'chinese.gguf'), { text: chinese, name: 'Chinese', contextTokens: 8192 });
  await writeScriptedModel(path.join(folder, 'plain.gguf'), {
    text: 'The tenant pays a deposit of 1,250 euros.',
    name: 'Plain',
    contextTokens: 8192,
  });
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

async function open(model: string, settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [path.join(folder, `${model}.gguf`)] });
  const observed = await openPage(browser, host.url, settings);
  return { ...observed, chat: new ChatPage(observed.page) };
}

const pageOf = (text: string): PdfPage => ({ texts: setLines(text, 72, 700, 12, 60) });

const lease = makePdf([
  pageOf('The rent is 840 euros a month, due on the first.'),
  pageOf('The tenant pays a deposit of 1,250 euros before moving in. Two keys are handed over.'),
  pageOf('The tenant keeps the garden in good order.'),
]);

const contract = makePdf([
  pageOf('房租为每月1800元，每月五日前支付。'),
  pageOf('租客须在入住前缴纳押金2400元。'),
  pageOf('租客应当保持花园整洁。'),
]);

async function attach(page: Page, name: string, buffer: Buffer, button: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await chooser).setFiles([{ name, mimeType: 'application/pdf', buffer }]);
}

test('an answer about a PDF names its sources: a click shows the right passage of the right page', async () => {
  const { chat, page, problems } = await open('english');
  await attach(page, 'lease.pdf', lease, 'Attach files');
  await page.getByRole('list', { name: 'Files for the next message', exact: true }).getByText('3 pages').waitFor();
  await chat.ask('How much is the deposit?');
  await chat.settled();
  const answer = chat.answers.last();
  const chip = answer.getByRole('button', { name: 'Source 2: lease.pdf, page 2', exact: true }).first();
  await chip.waitFor();
  await answer.getByRole('list', { name: 'Sources' }).getByText('lease.pdf, page 2').waitFor();

  // Only what is right is a source, and nothing in code is.
  expect(await answer.getByRole('button', { name: /^Source 2:/ }).count()).toBe(1);
  await answer.getByRole('img', { name: '[9] is none of the sources of this answer' }).waitFor();
  await answer.getByRole('img', { name: 'These words are not in the documents that were read' }).waitFor();
  await answer.getByRole('img', { name: 'Not found in the source' }).waitFor();
  expect(await answer.getByRole('img', { name: 'Not found in the source' }).count()).toBe(1);

  await chip.hover();
  const pointed = page.locator('mark').filter({ hasText: 'deposit of 1,250 euros' });
  await pointed.waitFor();
  await takeScreenshot(page, 'citation-peek-light-en');
  await page.mouse.move(4, 4);
  await pointed.waitFor({ state: 'detached' });
  await takeScreenshot(page, 'citations-light-en');

  await chip.focus();
  await page.keyboard.press('Enter');
  const pane = page.getByRole('complementary', { name: 'Document lease.pdf' });
  await pane.getByRole('group', { name: 'Page 2', exact: true }).locator('canvas').waitFor();
  expect(await pane.getByRole('textbox', { name: 'Go to page' }).inputValue()).toBe('2');
  await takeScreenshot(page, 'citation-opened-light-en');

  await page.reload();
  await chat.answers.last().getByRole('button', { name: 'Source 2: lease.pdf, page 2', exact: true }).first().waitFor();
  await chat.answers.last().getByRole('img', { name: 'Not found in the source' }).waitFor();
  expect(problems).toEqual([]);
});

test('a model that names no sources gets the one that bears it out, and copying takes it along', async () => {
  const { chat, page, problems } = await open('plain');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await attach(page, 'lease.pdf', lease, 'Attach files');
  await page.getByRole('list', { name: 'Files for the next message', exact: true }).getByText('3 pages').waitFor();
  await chat.ask('How much is the deposit?');
  await chat.settled();
  await chat.answers.last().getByRole('button', { name: 'Source 2: lease.pdf, page 2', exact: true }).waitFor();
  await chat.answers.last().getByRole('button', { name: 'Copy', exact: true }).click();
  await chat.answers.last().getByRole('button', { name: 'Copied', exact: true }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'The tenant pays a deposit of 1,250 euros. [2]\n\n[2] lease.pdf, page 2',
  );
  expect(problems).toEqual([]);
});

test('the same in Chinese and dark', async () => {
  const { page, problems } = await open('chinese', { locale: 'zh-CN', colorScheme: 'dark' });
  await attach(page, '租房合同.pdf', contract, '添加文件');
  await page.getByRole('list', { name: '随下一条消息发送的文件', exact: true }).getByText('3 页').waitFor();
  await page.getByRole('textbox', { name: '消息', exact: true }).fill('押金是多少？');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('log').getByRole('article').last();
  const chip = answer.getByRole('button', { name: '来源 2：租房合同.pdf，第 2 页', exact: true });
  await chip.waitFor();
  await answer.getByRole('img', { name: '所读的文档中没有这段原话' }).waitFor();
  await chip.focus();
  await page
    .locator('mark')
    .filter({ hasText: /押金\s*2400\s*元/ })
    .waitFor();
  await takeScreenshot(page, 'citation-peek-dark-zh');
  await page.keyboard.press('Enter');
  const pane = page.getByRole('complementary', { name: '文档 租房合同.pdf' });
  await pane.getByRole('group', { name: '第 2 页', exact: true }).locator('canvas').waitFor({ timeout: 60_000 });
  expect(await pane.getByRole('textbox').first().inputValue()).toBe('2');
  await takeScreenshot(page, 'citation-opened-dark-zh');
  expect(problems).toEqual([]);
});
