import type { Extractor } from '../../electron/documents/extractor.ts';
import { makeScannedPdf } from '../documents/files/pdf-writer.ts';
import { renderScan, scanSize, shareOfScan } from '../documents/files/scan.ts';
import { pageText } from '../documents/page-text.ts';
import { openBrowser } from '../headless/browser.ts';
import type { BenchContext } from './harness.ts';

/** Pages of a scanned PDF, from one to the next, and how much of them is read right. */
export async function measureScans(context: BenchContext, extractor: Extractor): Promise<void> {
  const jpeg = await drawScan();
  if (jpeg === undefined) {
    for (const metric of ['scan_page', 'chars_scan']) context.leftOut(metric, 'no Chromium was found to draw it with');
    return;
  }
  const count = context.quick ? 3 : 12;
  const bytes = makeScannedPdf(Array.from({ length: count }, () => ({ jpeg, ...scanSize })));
  const times: number[] = [];
  const { pages } = await extractor.extract(
    { bytes, name: 'scan.pdf' },
    { onPage: () => void times.push(performance.now()) },
  );
  // Before the first page the recogniser starts.
  const seconds = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1000);
  context.measured({ metric: 'scan_page', unit: 's', goal: '<= 3', samples: seconds });
  const right = pages.map((page) => shareOfScan(pageText(page)) * 100);
  context.measured({ metric: 'chars_scan', unit: '%', goal: '>= 97', samples: right });
}

async function drawScan(): Promise<Buffer | undefined> {
  try {
    const browser = await openBrowser();
    const jpeg = await renderScan(browser, 'jpeg');
    await browser.close();
    return jpeg;
  } catch {
    return undefined;
  }
}
