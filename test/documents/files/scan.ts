import type { Browser } from 'playwright-core';

import { squeeze } from '../page-text.ts';

const english =
  'The harbour of a small town is quiet in winter, and the ships that lie there wait for spring while people mend nets, talk about weather and prices, and write letters to their children in cities far away.';
const chinese = '我们的合同规定甲方在每个月的第一天支付租金，乙方应当保证房屋可以正常使用。';
export const lastLine = 'Total: 3,400.50 EUR on 2024-05-17';

/** A page of A4 at 150 dots an inch. */
export const scanSize = { width: 1240, height: 1754 };

/** The page as a scanner would see it; `style` is CSS of its text. */
export async function renderScan(browser: Browser, type: 'png' | 'jpeg', style = ''): Promise<Buffer> {
  const page = await browser.newPage({ viewport: scanSize });
  await page.setContent(
    `<body style="margin:0;background:#fff"><div style="padding:100px;font:25px serif;${style}"><h1>Harbour report</h1><p>${english}</p><p style="font-family:sans-serif">${chinese}</p><p>${lastLine}</p></div>`,
  );
  const shot = await page.screenshot(type === 'png' ? { type } : { type, quality: 80 });
  await page.close();
  return shot;
}

const written = squeeze(`Harbour report${english}${chinese}${lastLine}`);

/** Share of the page's characters that were read in their order: the longest common subsequence. */
export function shareOfScan(read: string): number {
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
