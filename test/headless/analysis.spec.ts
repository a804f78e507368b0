import { readFile } from 'node:fs/promises';

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

const before = `# Tenancy agreement

Landlord: Maria Gonzalez, 12 Baker Street, London NW1 6XE, phone (415) 555-0132.

The tenant pays a deposit of 1,250 euros before moving in.

The rent is 840 euros a month, from the card 4111 1111 1111 1111.

Questions go to office@example.com.

A small dog may live in the flat.
`;
const after = before
  .replace('840 euros', '910 euros')
  .replace('A small dog may live in the flat.', 'Smoking is forbidden everywhere.');
const prices = `# Prices\n\nAll parts we sell\n\n| Part | Price |\n| --- | --- |\n| Wheel | 12.50 |\n| Frame | =1+1 |\n`;

async function attach(
  page: Page,
  files: Readonly<Record<string, string>>,
  words = ['Attach files', '1 page'],
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words[0] ?? '', exact: true }).click();
  const chosen = Object.entries(files).map(([name, text]) => ({
    name,
    mimeType: 'text/markdown',
    buffer: Buffer.from(text),
  }));
  await (await chooser).setFiles(chosen);
  for (const name of Object.keys(files)) {
    await page
      .getByRole('listitem')
      .filter({ hasText: name })
      .getByText(words[1] ?? '')
      .waitFor();
  }
}

async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

test('personal data of a dropped file is found, one value is unticked, and the copy holds none of the others', async () => {
  const { page, problems } = await open();
  await attach(page, { 'lease.md': before });
  await choose(page, 'lease.md', 'Find personal data');
  const dialog = page.getByRole('dialog', { name: 'Personal data in lease.md' });
  const names = dialog.getByRole('region', { name: 'Names', exact: true });
  await names.getByRole('checkbox', { name: 'Maria Gonzalez', exact: true }).waitFor();
  await takeScreenshot(page, 'analysis-personal-light-en');
  await dialog.getByRole('checkbox', { name: 'office@example.com', exact: true }).uncheck();
  const copy = await saved(page, dialog.getByRole('button', { name: 'Make a redacted copy', exact: true }));
  expect(copy.name).toBe('lease (redacted).md');
  await dialog.getByText(/^Saved as lease/).waitFor();
  expect(copy.text).toContain('Landlord: [NAME 1], [ADDRESS 1], phone [PHONE 1].');
  expect(copy.text).toContain('from the card [CARD 1]');
  expect(copy.text).toContain('office@example.com');
  expect(copy.text).not.toMatch(/Maria Gonzalez|Baker|555-0132|4111/);
  expect(problems).toEqual([]);
});

test('two versions of a contract are compared, gone through with keys, and asked about', async () => {
  const { page, chat, problems } = await open();
  await attach(page, { 'lease 2025.md': before, 'lease 2026.md': after });
  await choose(page, 'lease 2026.md', 'Compare with');
  const dialog = page.getByRole('dialog', { name: 'Compare lease 2026.md' });
  await dialog.getByRole('button', { name: /^lease 2025\.md/ }).click();
  await dialog.getByRole('status', { name: 'Changes' }).getByText('1 changed · 1 added · 1 removed').waitFor();
  const changed = dialog.getByRole('group', { name: 'Changed', exact: true });
  expect(await changed.getByRole('deletion').allTextContents()).toEqual(['840']);
  expect(await changed.getByRole('insertion').allTextContents()).toEqual(['910']);
  await dialog.getByRole('region', { name: /^Comparison/ }).press('n');
  await dialog.getByText('1 of 3').waitFor();
  await page.keyboard.press('n');
  await dialog.getByText('2 of 3').waitFor();
  await takeScreenshot(page, 'analysis-compare-light-en');
  await page.keyboard.press('p');
  await dialog.getByText('1 of 3').waitFor();
  const changes = await saved(page, dialog.getByRole('button', { name: 'Save the changes', exact: true }));
  expect(changes.text).toContain('~~840~~');
  await dialog.getByRole('button', { name: 'Ask about the changes', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await chat.settled();
  await chat.questions.last().getByText('Explain in plain words what changed').first().waitFor();
  await chat.answerShows('Rivers carry');
  expect(problems).toEqual([]);
});

test('the tables of a file are listed and saved as CSV', async () => {
  const { page, problems } = await open();
  await attach(page, { 'prices.md': prices });
  await choose(page, 'prices.md', 'Tables');
  const dialog = page.getByRole('dialog', { name: 'Tables in prices.md' });
  await dialog.getByText('2 rows, 2 columns').waitFor();
  await takeScreenshot(page, 'analysis-tables-light-en');
  const csv = await saved(page, dialog.getByRole('button', { name: /^Save .* as CSV$/ }));
  expect(csv).toEqual({ name: 'prices 1.csv', text: "\ufeffPart,Price\r\nWheel,12.50\r\nFrame,'=1+1\r\n" });
  expect(problems).toEqual([]);
});

test('the same in Chinese and dark', async () => {
  const { page, problems } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
  const contract =
    '# 租房合同\n\n甲方：王小明，身份证号11010519491231002X，电话13800138000。\n\n月租金为2400元，于每月五日前支付。\n';
  await attach(page, { '旧.md': contract, '新.md': contract.replace('2400元', '2600元') }, ['添加文件', '1 页']);
  await page.getByRole('button', { name: '新.md 的更多操作', exact: true }).click();
  await page.getByRole('menuitem', { name: '查找个人信息…' }).click();
  const found = page.getByRole('dialog', { name: '新.md 中的个人信息' });
  await found.getByRole('checkbox', { name: '王小明', exact: true }).waitFor();
  await takeScreenshot(page, 'analysis-personal-dark-zh');
  const copy = await saved(page, found.getByRole('button', { name: '生成隐去副本', exact: true }));
  expect(copy.text).toContain('甲方：[姓名 1]，身份证号[证件号 1]，电话[电话 1]。');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '新.md 的更多操作', exact: true }).click();
  await page.getByRole('menuitem', { name: '与另一份比较…' }).click();
  const compared = page.getByRole('dialog', { name: '比较 新.md' });
  await compared.getByRole('button', { name: /^旧\.md/ }).click();
  await compared.getByText('修改 1 处').first().waitFor();
  await takeScreenshot(page, 'analysis-compare-dark-zh');
  expect(problems).toEqual([]);
});
