import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { makeDocx } from '../../documents/files/office-files.ts';
import { columnsPdf, textPage } from '../../documents/files/good-files.ts';
import { makeLockedPdf } from '../../documents/files/locked-pdf.ts';
import { makePdf, makeScannedPdf, setLines } from '../../documents/files/pdf-writer.ts';
import { chineseText, englishText } from '../../documents/files/prose.ts';
import { lastLine, renderScan, scanSize } from '../../documents/files/scan.ts';
import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems } from '../chat/open-view.ts';
import { serveReader, type OpenedReader, type ServedReader } from './reader-under-test.ts';

let browser: Browser;
let served: ServedReader;
let book: DocumentInfo;

const secret = 'The lighthouse keeper counted forty-one ships before noon.';
const bookPdf = makePdf(
  Array.from({ length: 30 }, (_, index) => {
    const { page } = textPage(index + 1);
    const marked = { x: 72, y: 120, size: 10, text: secret };
    return index === 19 ? { texts: [...page.texts, marked] } : page;
  }),
);

beforeAll(async () => {
  [browser, served] = await Promise.all([openBrowser(), serveReader()]);
  book = await served.add('book.pdf', bookPdf);
});
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
});

const patience = { timeout: 60_000 };
const pageOf = (opened: OpenedReader, number: number): Locator => opened.pages.locator(`[data-page="${number}"]`);
const passageBox = (opened: OpenedReader): Locator => opened.pages.locator('[data-kind="passage"]');
const seqOf = (document: DocumentInfo, words: string): number => {
  const passage = served.passages(document).find(({ text }) => text.includes(words));
  if (passage === undefined) throw new Error(`No passage has "${words}".`);
  return passage.seq;
};
const inView = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const view = element.closest('[data-reader-scroller]')?.getBoundingClientRect();
    return view !== undefined && box.bottom > view.top && box.top < view.bottom;
  });
/** Words that are painted, by the name of the paint. */
const painted = ({ page }: OpenedReader, name: string): Promise<string[]> =>
  page.evaluate(
    (key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range instanceof Range ? range.toString() : '')),
    name,
  );

describe('a PDF of 30 pages', () => {
  test('opens at the passage, marked on the page as it looks, and loads little of what is not seen', async () => {
    await using opened = await served.open(browser);
    await opened.show({ document: book, seq: seqOf(book, 'forty-one ships'), quote: 'counted forty-one ships' });
    await passageBox(opened).first().waitFor(patience);
    expect(await pageOf(opened, 20).count()).toBe(1);
    await expect.poll(() => inView(passageBox(opened).first()), patience).toBe(true);
    await expect.poll(() => painted(opened, 'reader-quote'), patience).toEqual(['counted forty-one ships']);
    await pageOf(opened, 20).locator('canvas').waitFor(patience);
    expect(await opened.pages.locator('[data-page]').count()).toBeLessThan(6);
    expect(await opened.page.getByRole('textbox', { name: 'Go to page' }).inputValue()).toBe('20');
    await takeScreenshot(opened.page, 'reader-pdf-light-en');
    expect(await accessibilityProblems(opened.page)).toEqual([]);
    expect(opened.problems).toEqual([]);
    expect(opened.strangers).toEqual([]);
  });

  test('is searched, with its places counted and gone through', async () => {
    await using opened = await served.open(browser);
    await opened.show({ document: book });
    await pageOf(opened, 1).locator('canvas').waitFor(patience);
    await opened.page.keyboard.press('ControlOrMeta+f');
    const search = opened.page.getByRole('search', { name: 'Find in the document' });
    await search.getByRole('textbox').fill('LIGHTHOUSE  keeper');
    await search.getByText('1 of 1').waitFor(patience);
    await expect.poll(() => painted(opened, 'reader-find-current'), patience).toEqual(['lighthouse keeper']);
    await pageOf(opened, 20).locator('canvas').waitFor(patience);
    await search.getByRole('textbox').fill('Chapter ');
    await search.getByText(/^\d+ of 30$/).waitFor(patience);
    const at = async (): Promise<string> => (await search.getByRole('status').textContent()) ?? '';
    const before = Number.parseInt(await at(), 10);
    await opened.page.keyboard.press('Enter');
    await expect.poll(at, patience).toBe(`${(before % 30) + 1} of 30`);
    await opened.page.keyboard.press('Shift+Enter');
    await expect.poll(at, patience).toBe(`${before} of 30`);
    await takeScreenshot(opened.page, 'reader-find-light-en');
    await search.getByRole('textbox').fill('zyzzyva');
    await search.getByText('Not found').waitFor(patience);
    await opened.page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
    expect(opened.problems).toEqual([]);
  });

  test('is walked through and zoomed by keys, and closed by Escape, which gives the focus back', async () => {
    await using opened = await served.open(browser);
    const { page } = opened;
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await opened.show({ document: book });
    await pageOf(opened, 1).locator('canvas').waitFor(patience);
    const shown = page.getByRole('textbox', { name: 'Go to page' });
    const current = () => shown.inputValue();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-reader-scroller')))
      .toBe(true);
    await page.keyboard.press('ArrowRight');
    await expect.poll(current, patience).toBe('2');
    await page.keyboard.press('End');
    await expect.poll(current, patience).toBe('30');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(current, patience).toBe('29');
    await page.keyboard.press('Home');
    await expect.poll(current, patience).toBe('1');
    await page.keyboard.press('PageDown');
    await expect.poll(() => opened.pages.evaluate((element) => element.scrollTop), patience).toBeGreaterThan(200);
    await shown.fill('12');
    await shown.press('Enter');
    await expect.poll(current, patience).toBe('12');
    await opened.pages.focus();
    const width = () => pageOf(opened, 12).evaluate((element) => element.getBoundingClientRect().width);
    const before = await width();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect.poll(width, patience).toBeGreaterThan(before);
    // What was read stays in view.
    expect(await current()).toBe('12');
    await page.keyboard.press('0');
    await expect.poll(width, patience).toBeCloseTo(before, 0);
    await page.keyboard.press('Escape');
    await opened.pages.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Message');
    expect(opened.problems).toEqual([]);
  });

  test('gives what is selected to the message, with its page', async () => {
    await using opened = await served.open(browser);
    const { page } = opened;
    await opened.show({ document: book, seq: seqOf(book, 'forty-one ships') });
    const words = pageOf(opened, 20).getByText(secret);
    await words.waitFor(patience);
    await words.selectText();
    await page.getByRole('button', { name: 'Ask about this' }).click();
    const message = page.getByRole('textbox', { name: 'Message' });
    await expect.poll(() => message.inputValue(), patience).toBe(`${secret}\n(book.pdf, page 20)`);
    expect(opened.problems).toEqual([]);
  });
});

describe('what is marked covers the words of the passage', () => {
  /** As a program writes a page that is turned: the text stands upright once it is. */
  const turned = (rotate: 90 | 180 | 270) => {
    const [width, height] = [500, 700];
    const place = {
      90: (u: number, v: number) => ({ x: v, y: u }),
      180: (u: number, v: number) => ({ x: width - u, y: v }),
      270: (u: number, v: number) => ({ x: width - v, y: height - u }),
    }[rotate];
    const lines = setLines(englishText(120, 5), 60, 0, 11, 55);
    return makePdf([
      { rotate, width, height, texts: lines.map((line) => ({ ...line, ...place(60, 80 - line.y), turn: rotate })) },
    ]);
  };
  test.each([
    ['columns', columnsPdf, 1],
    ['columns on a fine screen', columnsPdf, 2],
    ['a small page', makePdf([{ width: 300, height: 420, texts: setLines(englishText(60, 8), 30, 380, 9, 40) }]), 1.5],
    ['Chinese', makePdf([{ texts: setLines(chineseText(300, 4), 72, 700, 12, 60) }]), 2],
    ['a page that is turned to the right', turned(90), 1],
    ['a page that is turned to the left', turned(270), 2],
    ['a page that is turned over', turned(180), 1],
  ] as const)('%s', async (name, bytes, deviceScaleFactor) => {
    const document = await served.add(`${name}.pdf`, bytes);
    await using opened = await served.open(browser, { deviceScaleFactor });
    const passages = served.passages(document).filter(({ boxes }) => boxes.length > 0);
    expect(passages.length).toBeGreaterThan(0);
    // Short words stand in other passages too.
    const letters = passages.length === 1 ? 2 : 12;
    for (const { seq, page: number } of passages.slice(0, 3)) {
      for (const zoom of ['0', '+', '-']) {
        await opened.show({ document, seq });
        await passageBox(opened).first().waitFor(patience);
        await opened.pages.focus();
        await opened.page.keyboard.press(zoom);
        await pageOf(opened, number).locator('.reader-text span').first().waitFor(patience);
        const outside = await wordsOutside(opened, number, served.passages(document)[seq]?.text ?? '', letters);
        if (outside.length > 0) await takeScreenshot(opened.page, 'reader-outside');
        expect(outside, `passage ${seq} at ${zoom}`).toEqual([]);
      }
      await opened.page.evaluate(() => {
        location.hash = '';
      });
    }
    expect(opened.problems).toEqual([]);
  });
});

/** Runs of text that belong to the passage, and those of no marked place among them. */
async function wordsOutside(
  opened: OpenedReader,
  number: number,
  passage: string,
  leastLetters: number,
): Promise<string[]> {
  return pageOf(opened, number).evaluate(
    (page, [text, least]) => {
      const squeeze = (words: string) => words.replaceAll(/[\s-]+/g, '');
      const whole = squeeze(text);
      const boxes = [...page.querySelectorAll('[data-kind="passage"]')].map((box) => box.getBoundingClientRect());
      const runs = [...page.querySelectorAll('.reader-text span')].filter((span) => {
        const words = squeeze(span.textContent);
        return words.length >= least && whole.includes(words);
      });
      if (runs.length === 0) return ['nothing of the passage is on the page'];
      return runs.flatMap((run) => {
        const words = run.getBoundingClientRect();
        const [x, y] = [words.left + words.width / 2, words.top + words.height / 2];
        const within = boxes.some(
          (box) =>
            box.left <= words.left + 2 &&
            words.right <= box.right + 2 &&
            box.top <= y &&
            y <= box.bottom &&
            box.left <= x,
        );
        return within ? [] : [run.textContent];
      });
    },
    [passage, leastLetters] as const,
  );
}

test('a scanned page is shown as a picture, with what was recognised in it marked and found', async () => {
  const jpeg = await renderScan(browser, 'jpeg');
  const document = await served.add('scan.pdf', makeScannedPdf([{ jpeg, ...scanSize }]));
  await using opened = await served.open(browser, { colorScheme: 'dark' });
  await opened.show({ document, seq: seqOf(document, '3,400.50') });
  await passageBox(opened).first().waitFor(patience);
  await pageOf(opened, 1).locator('canvas').waitFor(patience);
  await opened.page.keyboard.press('ControlOrMeta+f');
  await opened.page.getByRole('search').getByRole('textbox').fill('EUR on 2024');
  await opened.page.getByRole('search').getByText('1 of 1').waitFor(patience);
  await opened.pages.locator('[data-kind="find"]').first().waitFor(patience);
  expect(await opened.pages.locator('[data-kind="find"]').count()).toBe(1);
  await takeScreenshot(opened.page, 'reader-scan-dark-en');
  expect(await opened.pages.textContent()).toContain(lastLine);
  expect(opened.problems).toEqual([]);
});

test('a document with a password asks for it until it is right, and shows its pages', async () => {
  const document = await served.add('locked.pdf', makeLockedPdf('Locked away', 'secret'));
  await using opened = await served.open(browser);
  await opened.show({ document });
  const field = opened.page.getByRole('textbox', { name: 'Password', exact: true });
  await field.fill('wrong');
  await field.press('Enter');
  await opened.page.getByText('This is not the password').waitFor(patience);
  await field.fill('secret');
  await field.press('Enter');
  await opened.pages.getByText('Locked away').waitFor(patience);
  expect(opened.problems).toEqual([]);
});

test('the decoders of rare pictures are scripts from beside the page, which the policy of the worker lets in', async () => {
  // The head of a JPEG 2000 picture of 8 by 8 pixels, and nothing after it.
  const head = Buffer.from(
    'ff4fff51002f00000000000800000008000000000000000000000008000000080000000000000000000307010107010107',
    'hex',
  );
  const picture = { jpeg: Buffer.concat([head, Buffer.from('0101', 'hex')]), width: 8, height: 8, filter: 'JPXDecode' };
  const document = await served.add('rare.pdf', makeScannedPdf([picture]));
  await using opened = await served.open(browser);
  const loaded = opened.page.waitForResponse((response) => response.url().includes('openjpeg_nowasm_fallback'));
  await opened.show({ document });
  expect((await loaded).status()).toBe(200);
  await pageOf(opened, 1).locator('canvas').waitFor(patience);
  expect(opened.problems).toEqual([]);
});

test('a picture is shown with what was recognised in it', async () => {
  const document = await served.add('scan.png', await renderScan(browser, 'png'));
  await using opened = await served.open(browser, { locale: 'zh-CN' });
  await opened.show({ document, seq: seqOf(document, '3,400.50') });
  await pageOf(opened, 1).locator('img').waitFor(patience);
  await passageBox(opened).first().waitFor(patience);
  await takeScreenshot(opened.page, 'reader-picture-light-zh');
  expect(await accessibilityProblems(opened.page)).toEqual([]);
  expect(opened.problems).toEqual([]);
});

test('a Chinese Word document is shown as text, with titles, lists and tables, in Chinese and dark', async () => {
  const filler = Array.from({ length: 40 }, (_, index) => ({ paragraph: chineseText(160, index + 30) }));
  const document = await served.add(
    '租房合同.docx',
    makeDocx([
      { heading: '租房合同', level: 1 },
      ...filler,
      { heading: '租金与押金', level: 2 },
      { paragraph: '乙方应在签约当日缴纳押金两千四百元。' },
      { item: '租金按月支付', numbered: true },
      { item: '逾期每日加收千分之三', numbered: true },
      {
        rows: [
          ['项目', '金额'],
          ['租金', '一千二百元'],
          ['押金', '两千四百元'],
        ],
      },
    ]),
  );
  await using opened = await served.open(browser, { locale: 'zh-CN', colorScheme: 'dark' });
  await opened.show({ document, seq: seqOf(document, '签约当日'), quote: '押金两千四百元' });
  await passageBox(opened).waitFor(patience);
  await expect.poll(() => inView(passageBox(opened)), patience).toBe(true);
  await expect.poll(() => painted(opened, 'reader-quote'), patience).toEqual(['押金两千四百元']);
  await opened.page.getByRole('heading', { name: '租金与押金' }).waitFor();
  await opened.page.getByRole('cell', { name: '一千二百元' }).waitFor();
  await opened.page.keyboard.press('ControlOrMeta+f');
  const search = opened.page.getByRole('search', { name: '在文档中查找' });
  await search.getByRole('textbox').fill('两千四百元');
  await search.getByText('/ 2').waitFor(patience);
  await takeScreenshot(opened.page, 'reader-docx-dark-zh');
  await opened.page.keyboard.press('Escape');
  expect(await accessibilityProblems(opened.page)).toEqual([]);
  expect(opened.problems).toEqual([]);
});

test('a document that was deleted, one without its original, and one that is broken say so', async () => {
  await using opened = await served.open(browser);
  const { page } = opened;
  const gone = await served.add('gone.pdf', makePdf([{ texts: setLines('It was here.', 72, 700, 12, 60) }]));
  served.core.core.documents.remove(gone.id);
  await opened.show({ document: gone });
  await page
    .getByRole('alert')
    .getByText(/not there any more/)
    .waitFor(patience);
  await page.keyboard.press('Escape');

  const broken = await served.add('broken.pdf', Buffer.from(`%PDF-1.7\n${'nothing of a PDF '.repeat(50)}`));
  await opened.show({ document: broken });
  await page.getByText(/its structure is damaged/).waitFor(patience);
  await page.getByText('No text was read in this document.').waitFor(patience);
  expect(opened.problems).toEqual([]);
});
