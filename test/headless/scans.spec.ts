import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openExtractor } from '../documents/extractor-under-test.ts';
import { makeScannedPdf } from '../documents/files/pdf-writer.ts';
import { lastLine, renderScan, scanSize, shareOfScan } from '../documents/files/scan.ts';
import { blockText, pageText } from '../documents/page-text.ts';
import { openBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const extractor = openExtractor({ limits: { pageMs: 150_000 } });
afterAll(() => extractor[Symbol.asyncDispose]());

describe('text in pictures is recognised, in English and Chinese', () => {
  test.each(['png', 'jpeg'] as const)('in a file of type %s', async (type) => {
    const document = await extractor.extract({ bytes: await renderScan(browser, type), name: `scan.${type}` });
    expect(document).toMatchObject({ format: 'image', problems: [] });
    const [page] = document.pages;
    expect(page).toMatchObject({ widthPt: 1240, heightPt: 1754, pictures: 1 });
    expect(page?.recognised).toBeGreaterThan(0.8);
    expect(page && shareOfScan(pageText(page))).toBeGreaterThan(0.97);
    expect(page?.blocks.map(blockText)).toContain(lastLine);
  });

  test('on the pages of a scanned PDF, also one that went through the scanner upside down', async () => {
    const upright = { jpeg: await renderScan(browser, 'jpeg'), ...scanSize };
    const turned = {
      jpeg: await renderScan(browser, 'jpeg', `transform:rotate(180deg);height:${scanSize.height - 200}px`),
      ...scanSize,
    };
    const bytes = makeScannedPdf([upright, { ...turned, rotate: 180 }]);
    const { pages, problems } = await extractor.extract({ bytes, name: 'scan.pdf' });
    expect(problems).toEqual([]);
    expect(pages.map((page) => shareOfScan(pageText(page)) > 0.97)).toEqual([true, true]);
    expect(pages.map(({ recognised = 0 }) => recognised > 0.8)).toEqual([true, true]);
    const box = pages[0]?.blocks.find((block) => blockText(block) === lastLine)?.box;
    // 100 pixels of 150 an inch are 48 points.
    expect(box?.x).toBeCloseTo(48, -1);
    expect(box?.y).toBeGreaterThan(150);
  });
});

test('a picture without text says so, and a broken one too', async () => {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await page.setContent('<body style="background:#fff">');
  const blank = await page.screenshot({ type: 'png' });
  await page.close();
  const codes = async (bytes: Buffer) =>
    (await extractor.extract({ bytes, name: 'a.png' })).problems.map(({ code }) => code);
  expect(await codes(blank)).toEqual(['NO_TEXT']);
  expect(await codes(blank.subarray(0, 60))).toEqual(['CORRUPT']);
});
