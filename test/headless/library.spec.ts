import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';

import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let host: HostUnderTest | undefined;
const folders: string[] = [];

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Some papers, one of which cannot be read. */
function writeFolder(): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'clawdbot-papers-')), 'Papers');
  folders.push(path.dirname(folder));
  mkdirSync(path.join(folder, 'flat/2026'), { recursive: true });
  writeFileSync(path.join(folder, 'lease.md'), '# Lease\n\nThe deposit is 1,250 euros.\n');
  writeFileSync(path.join(folder, 'flat/2026/押金.md'), '# 押金\n\n租客须缴纳押金2400元。\n');
  writeFileSync(path.join(folder, 'broken.pdf'), '%PDF-1.7 and nothing else');
  for (let index = 1; index <= 30; index += 1) {
    writeFileSync(path.join(folder, `flat/letter-${String(index).padStart(2, '0')}.txt`), `Letter number ${index}.`);
  }
  return folder;
}

async function open(settings: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [under.models.short] });
  const observed = await openPage(under.browser, host.url, settings);
  return { ...observed, chat: new ChatPage(observed.page) };
}

async function findProblems(page: Page): Promise<string[]> {
  await page.evaluate(await import('node:fs/promises').then(({ readFile }) => readFile(axePath, 'utf8')));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ exclude: ['#tooltip'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

test('a watched folder is read, listed, searched, and asked about', async () => {
  const { chat, page, problems } = await open();
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  const library = page.getByRole('dialog', { name: 'Documents' });
  await library.getByText('Nothing here yet').waitFor();
  await takeScreenshot(page, 'library-empty-light-en');
  await library.getByRole('button', { name: 'Watch a folder' }).click();
  const folder = writeFolder();
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
  await page.keyboard.press('Enter');
  await library.getByText('Watching, 33 files').waitFor({ timeout: 100_000 });
  await library.getByRole('button', { name: 'lease.md', exact: true }).waitFor();
  await takeScreenshot(page, 'library-folder-light-en');
  expect(await findProblems(page)).toEqual([]);
  await library.getByRole('button', { name: '1 file could not be read' }).click();
  const failures = page.getByRole('dialog', { name: 'Files that could not be read' });
  await failures.getByText('broken.pdf').waitFor();
  await failures.getByText(/^The file is damaged/).waitFor();
  await page.keyboard.press('Escape');
  await failures.waitFor({ state: 'detached' });
  writeFileSync(path.join(folder, 'new.txt'), 'It has just come.');
  await library.getByText('Watching, 34 files').waitFor({ timeout: 30_000 });
  await library.getByRole('searchbox', { name: 'Search by name' }).fill('letter-3');
  await library.getByText('1 document', { exact: true }).waitFor();
  await library.getByRole('checkbox', { name: 'Select letter-30.txt' }).check();
  await library.getByText('1 selected').waitFor();
  await takeScreenshot(page, 'library-selected-light-en');
  await library.getByRole('button', { name: 'Add to chat' }).click();
  await page.getByRole('list', { name: 'Files for the next message' }).getByText('letter-30.txt').waitFor();
  await page.getByRole('button', { name: 'Ask about collections' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Papers' }).click();
  const used = page.getByRole('list', { name: 'Collections this conversation asks about' });
  await used.getByText('33 documents').waitFor();
  await takeScreenshot(page, 'library-composer-light-en');
  await chat.ask('What is the deposit?');
  await chat.settled();
  await page.reload();
  await used.getByText('Papers').waitFor();
  expect(problems).toEqual([]);
});

test('a collection is made, named, filled, and deleted with a way back', async () => {
  const { page, problems } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '添加文件', exact: true }).click();
  const file = { name: '租房合同.md', mimeType: 'text/markdown', buffer: Buffer.from('# 押金\n\n押金2400元。') };
  await (await chooser).setFiles([file]);
  await page.getByRole('list', { name: '随下一条消息发送的文件' }).getByText('1 页').waitFor();
  await page.reload();
  await page.getByRole('list', { name: '随下一条消息发送的文件' }).getByText('租房合同.md').waitFor();
  await page.getByRole('button', { name: '文档', exact: true }).click();
  const library = page.getByRole('dialog', { name: '文档' });
  await library.getByRole('button', { name: '新建资料集' }).click();
  await library.getByRole('textbox', { name: '资料集名称' }).fill('租房');
  await page.keyboard.press('Enter');
  await library.getByRole('button', { name: '租房', exact: false }).first().waitFor();
  await library.getByRole('button', { name: '所有文档' }).click();
  await library.getByRole('checkbox', { name: '选择 租房合同.md' }).check();
  await library.getByRole('button', { name: '添加到', exact: true }).click();
  await page.getByRole('menuitem', { name: '租房' }).click();
  await library.getByRole('button', { name: /^租房\s*1$/ }).click();
  await library.getByRole('button', { name: '租房合同.md', exact: true }).waitFor();
  await takeScreenshot(page, 'library-collection-dark-zh');
  expect(await findProblems(page)).toEqual([]);
  await library.getByRole('button', { name: '租房 的选项' }).click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  await library.getByRole('button', { name: /^租房\s*1$/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '撤销' }).waitFor();
  await page.keyboard.press('Control+Z');
  await library.getByRole('button', { name: /^租房\s*1$/ }).waitFor();
  expect(problems).toEqual([]);
});
