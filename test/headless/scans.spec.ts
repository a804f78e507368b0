import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openExtractor } from '../documents/extractor-under-test.ts';
import { makeScannedPdf } from '../documents/files/pdf-writer.ts';
import { blockText, pageText, squeeze } from '../documents/page-text.ts';
import { openBrowser } from './browser.ts';

const english =
  'The harbour of a small town is quiet in winter, and the ships that lie there wait for spring while people mend nets, talk about weather and prices, and write letters to their children in cities far away.';
const chinese = '我们的合同规定甲方在每个月的第一天支付租金，乙方应当保证房屋可以正常使用。';
const total = 'Total: 3,400.50 EUR on 2024-05-17';
const size = { width: 1240, height: 1754 };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const extractor = openExtractor({ limits: { pageMs: 150_000 } });
afterAll(() => extractor[Symbol.asyncDispose]());

/** A page of 150 dots an inch, as a scanner would see it. */
async function picture(type: 'png' | 'jpeg', style = ''): Promise<Buffer> {
  const page = await browser.newPage({ viewport: size });
  await page.setContent(
    `<body style="margin:0;background:#fff"><div style="padding:100px;font:25px serif;${style}"><h1>Harbour report</h1><p>${english}</p><p style="font-family:sans-serif">${chinese}</p><p>${total}</p></div>`,
  );
  const shot = await page.screenshot(type === 'png' ? { type } : { type, quality: 80 });
  await page.close();
  return shot;
}

const written = squeeze(`Harbour report${english}${chinese}${total}`);

/** Share of the characters that are there in the same order: the longest common subsequence. */
function shareRight(read: string): number {
  let row = Array.from({ length: read.length + 1 }, () => 0);
  for (const character of written) {
    const next = [0];
    for (const [index, other] of [...read].entries()) {
      next.push(character === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) / Math.max(written.length, read.length);
}

describe('text in pictures is recognised, in English and Chinese', () => {
  test.each(['png', 'jpeg'] as const)('in a file of type %s', async (type) => {
    const document = await extractor.extract({ bytes: await picture(type), name: `scan.${type}` });
    expect(document).toMatchObject({ format: 'image', problems: [] });
    const [page] = document.pages;
    expect(page).toMatchObject({ widthPt: 1240, heightPt: 1754, pictures: 1 });
    expect(page?.recognised).toBeGreaterThan(0.8);
    expect(page && shareRight(pageText(page))).toBeGreaterThan(0.97);
    expect(page?.blocks.map(blockText)).toContain(total);
  });

  test('on the pages of a scanned PDF, also one that went through the scanner upside down', async () => {
    const upright = { jpeg: await picture('jpeg'), ...size };
    const turned = { jpeg: await picture('jpeg', `transform:rotate(180deg);height:${size.height - 200}px`), ...size };
    const bytes = makeScannedPdf([upright, { ...turned, rotate: 180 }]);
    const { pages, problems } = await extractor.extract({ bytes, name: 'scan.pdf' });
    expect(problems).toEqual([]);
    expect(pages.map((page) => shareRight(pageText(page)) > 0.97)).toEqual([true, true]);
    expect(pages.map(({ recognised = 0 }) => recognised > 0.8)).toEqual([true, true]);
    const box = pages[0]?.blocks.find((block) => blockText(block) === total)?.box;
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
