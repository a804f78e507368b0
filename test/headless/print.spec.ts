import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { openExtractor } from '../documents/extractor-under-test.ts';
import { pageText } from '../documents/page-text.ts';
import { openBrowser, openPage, takeScreenshot } from './browser.ts';
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
    mkdtemp(path.join(tmpdir(), 'clawdbot-print-')),
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

interface Said {
  readonly question: string;
  readonly answer: string;
}

const sources = {
  kind: 'found',
  given: 2,
  list: [1, 2].map((number) => ({
    number,
    documentId: 'map',
    documentName: 'Map 地图.pdf',
    seq: number,
    page: number + 2,
    unit: 'page',
    headings: [],
    deleted: true,
  })),
  marks: null,
};

/** An export of ours with one conversation. */
function archiveOf(id: string, title: string, said: readonly Said[]): object {
  const at = 1_800_000_000_000;
  const messages = said.flatMap(({ question, answer }, index) => [
    {
      id: `${id}-q${index}`,
      parentId: index === 0 ? null : `${id}-a${index - 1}`,
      role: 'user',
      text: question,
      state: 'done',
      createdAt: at + index,
    },
    {
      id: `${id}-a${index}`,
      parentId: `${id}-q${index}`,
      role: 'assistant',
      text: answer,
      state: 'done',
      createdAt: at + index,
      model: { id: 'm', name: 'Glacier 3B' },
      thought: index === 0 ? { text: 'It is cold there.', durationMs: 10 } : null,
      sources: index === 0 ? sources : null,
    },
  ]);
  const headId = messages.at(-1)?.id ?? null;
  return { id, title, titleSource: 'person', createdAt: at, updatedAt: at, pinned: false, headId, messages };
}

async function openWith(conversations: readonly object[], options: Parameters<typeof openPage>[2] = {}) {
  host = await startHost({ models: [models.short] });
  const observed = await openPage(browser, host.url, options);
  const file = path.join(folder, 'export.json');
  await writeFile(file, JSON.stringify({ format: 'clawdbot.conversations', version: 1, conversations }));
  const { page } = observed;
  await page
    .locator('button[aria-label="Settings"], button[aria-label="设置"]')
    .or(page.getByRole('button', { name: /^(Settings|设置)$/ }))
    .first()
    .click();
  await page.getByRole('tab', { name: /^(Data|数据)$/ }).click();
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await page
    .getByRole('dialog')
    .getByText(/was imported|已导入/)
    .waitFor({ timeout: 120_000 });
  return observed;
}

/** The page to print, once everything stands on it; nothing asks for a printer. */
async function openPrint(page: Page, place: string): Promise<{ print: Page; problems: string[] }> {
  const print = await page.context().newPage();
  const problems: string[] = [];
  print.on('pageerror', (error) => problems.push(error.message));
  await print.addInitScript(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }));
  await print.goto(new URL(`/?surface=print#/${place}`, page.url()).href);
  await print.locator('[data-print-state="ready"]').waitFor({ state: 'attached', timeout: 150_000 });
  return { print, problems };
}

/** Text of a PDF by our own reader, without white space, since lines break where the paper ends. */
async function textOf(pdf: Buffer): Promise<{ text: string; pages: number }> {
  const file = path.join(folder, 'printed.pdf');
  await writeFile(file, pdf);
  await using extractor = openExtractor();
  const document = await extractor.extract(
    { path: file, name: 'printed.pdf' },
    { signal: new AbortController().signal },
  );
  return { text: document.pages.map(pageText).join(''), pages: document.pages.length };
}

const longLine = `begin${'0123456789'.repeat(40)}end`;
const said: Said[] = [
  { question: 'Where is the glacier? 冰川在哪里？', answer: 'In the **north** [1], in the north of the island.' },
  {
    question: 'Show me code and a table.',
    answer: `Here:\n\n\`\`\`ts\nconst line = '${longLine}';\nreturn line;\n\`\`\`\n\n| Place | Height | Words |\n|---|---|---|\n| North | 1200 m | ${'very '.repeat(30)}high |\n| 南方 | 800 米 | 比较低 |\n\nDone.`,
  },
  {
    question: '请用中文回答。',
    answer: `## 结论\n\n${'冰川正在缓慢移动，每年大约三十米。'.repeat(20)}\n\n- 第一点\n- 第二点`,
  },
  {
    question: 'A very long one',
    answer: Array.from({ length: 60 }, (_, index) => `Paragraph ${index} stands here.`).join('\n\n'),
  },
];

test('a conversation is printed with every word in order, also Chinese, code and tables, and nothing is cut', async () => {
  const { page } = await openWith([archiveOf('ice', 'Ice 冰', said)]);
  const { print, problems } = await openPrint(page, 'c/ice');
  expect(await print.evaluate(() => Reflect.get(window, 'printed'))).toBe(true);
  expect(await print.title()).toBe('Ice 冰');
  await takeScreenshot(print, 'print-view-light-en');
  const { text, pages } = await textOf(await print.pdf({ preferCSSPageSize: true, printBackground: true }));
  await import('node:fs/promises').then((f) => f.copyFile(path.join(folder, 'printed.pdf'), '/tmp/printed-en.pdf'));
  expect(pages).toBeGreaterThan(2);
  const wanted = [
    'Ice冰',
    'AnsweredbyGlacier3B',
    'Whereistheglacier?冰川在哪里？',
    'Itiscoldthere.',
    'Inthenorth[1],inthenorthoftheisland.[1]Map地图.pdf,page3',
    'Showmecodeandatable.',
    longLine,
    'returnline;',
    '1200m',
    '请用中文回答。',
    '结论',
    '冰川正在缓慢移动，每年大约三十米。'.repeat(3),
    '第二点',
    ...Array.from({ length: 60 }, (_, index) => `Paragraph${index}standshere.`),
  ];
  let from = 0;
  for (const words of wanted) {
    const at = text.indexOf(words, from);
    expect(at, `${words} after ${text.slice(Math.max(0, from - 40), from)}`).toBeGreaterThanOrEqual(0);
    from = at + words.length;
  }
  expect(text).toContain('南方');
  for (let number = 1; number <= pages; number += 1) expect(text).toContain(`${number}/${pages}`);
  expect(text).not.toContain('page4');
  // Nothing is wider than the paper.
  await print.emulateMedia({ media: 'print' });
  await print.setViewportSize({ width: 665, height: 900 });
  const overflow = await print.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  expect(problems).toEqual([]);
});

test('all conversations are printed, each on a page of its own, in Chinese, from a dark window on white', async () => {
  const { page } = await openWith(
    [archiveOf('a', 'First', said.slice(0, 1)), archiveOf('b', '第二个', said.slice(2, 3))],
    {
      locale: 'zh-CN',
      colorScheme: 'dark',
    },
  );
  const { print, problems } = await openPrint(page, 'all');
  expect(await print.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  await takeScreenshot(print, 'print-view-all-zh');
  const { text, pages } = await textOf(await print.pdf({ preferCSSPageSize: true, printBackground: true }));
  await import('node:fs/promises').then((f) => f.copyFile(path.join(folder, 'printed.pdf'), '/tmp/printed-zh.pdf'));
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(text).toContain('回答者：Glacier3B');
  expect(text).toContain('思考过程');
  expect(text).toContain('第二个');
  expect(text).toContain('Whereistheglacier?');
  expect(text).toContain('[1]Map地图.pdf，第3页');
  expect(text).toContain(`2/${pages}`);
  expect(problems).toEqual([]);
});

test('what is gone says so, and can be tried again', async () => {
  const { page } = await openWith([archiveOf('a', 'First', said.slice(0, 1))]);
  const print = await page.context().newPage();
  await print.goto(new URL('/?surface=print#/c/nowhere', page.url()).href);
  await print.getByRole('button', { name: 'Try again' }).waitFor();
});
