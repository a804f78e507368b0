import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { dropOnDisk } from './drop-on-disk.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;
const folders: string[] = [];

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** 47 that can be read, three that cannot, and some that nobody wants. */
function writeFolder(name: string): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'clawdbot-dropped-')), name);
  folders.push(path.dirname(folder));
  mkdirSync(path.join(folder, 'flat/2026'), { recursive: true });
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  writeFileSync(path.join(folder, 'lease.md'), '# Lease\n\nThe deposit is 1,250 euros.\n');
  writeFileSync(path.join(folder, 'flat/2026/押金.md'), '# 押金\n\n租客须缴纳押金2400元。\n');
  for (let index = 1; index <= 45; index += 1) {
    writeFileSync(path.join(folder, `flat/letter-${String(index).padStart(2, '0')}.txt`), `Letter number ${index}.`);
  }
  for (const broken of ['a.pdf', 'b.pdf', 'flat/c.pdf']) writeFileSync(path.join(folder, broken), '%PDF-1.7 no more');
  writeFileSync(path.join(folder, 'node_modules/readme.md'), 'A program reads this.');
  writeFileSync(path.join(folder, '.hidden'), 'Nobody reads this.');
  return folder;
}

async function open(settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [under.models.short] });
  const observed = await openPage(under.browser, host.url, settings);
  return { ...observed, chat: new ChatPage(observed.page) };
}

test('a dropped folder is added once, and what could not be read is listed', async () => {
  const { chat, page, problems } = await open();
  await dropOnDisk(page, [writeFolder('Papers')]);
  const added = page.getByRole('list', { name: 'Folders that are being added' });
  await added.getByText('47 added, 3 could not be read').waitFor({ timeout: 100_000 });
  const used = page.getByRole('list', { name: 'Collections this conversation asks about' });
  await used.getByText('47 documents').waitFor();
  await takeScreenshot(page, 'dropped-folder-light-en');
  await added.getByRole('button', { name: 'Show which' }).click();
  const list = page.getByRole('dialog', { name: 'Could not be read' });
  await list.getByText('flat/c.pdf').waitFor();
  expect(await list.getByText(/^The file is damaged/).count()).toBe(3);
  await takeScreenshot(page, 'dropped-folder-list-light-en');
  await page.keyboard.press('Escape');
  await added.getByRole('button', { name: 'Hide Papers' }).click();
  await added.waitFor({ state: 'detached' });
  await chat.ask('What is the deposit?');
  await chat.settled();
  expect(problems).toEqual([]);
});

test('the adding of a folder says how far it is, and can be stopped', async () => {
  const { page, problems } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  await dropOnDisk(page, [writeFolder('资料')]);
  const added = page.getByRole('list', { name: '正在添加的文件夹' });
  await added.getByRole('progressbar', { name: '正在添加 资料' }).waitFor();
  await takeScreenshot(page, 'dropped-folder-dark-zh');
  await added.getByRole('button', { name: '停止添加 资料' }).click();
  await added.getByText(/已停止|已添加 47 个/).waitFor();
  expect(problems).toEqual([]);
});
