import type { PDFDocumentProxy } from 'unpdf/pdfjs';

import { corrupt, DocumentFailure } from '../failure.ts';
import { sureConfidence } from '../ocr/read-image.ts';
import type { PageDraft, Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { readBookmarks, readPageLabels } from './bookmarks.ts';
import { readFragments, type PageText } from './fragments.ts';
import { openPdf } from './open-pdf.ts';
import { pageBlocks } from './page-blocks.ts';
import { readScannedPage, type ScannedPage } from './scanned-page.ts';

/** So many pages say what size most letters have. */
const samplePages = 6;

/** @throws DocumentFailure */
export async function readPdf(file: SourceFile, reading: Reading): Promise<void> {
  await reading.recognised('pdf', null);
  const pdf = await openPdf(file);
  try {
    await reading.recognised('pdf', pdf.numPages);
    await readFacts(pdf, reading);
    const [bookmarks, labels] = [await readBookmarks(pdf), await readPageLabels(pdf)];
    const aboutPage = (number: number): Pick<PageDraft, 'unit' | 'label' | 'bookmarks'> => {
      const [label, begin] = [labels.get(number), bookmarks.get(number)];
      return {
        unit: 'page',
        ...(label === undefined ? {} : { label }),
        ...(begin === undefined ? {} : { bookmarks: begin }),
      };
    };
    const sample: LaidPage[] = [];
    const unsure: { number: number; confidence: number }[] = [];
    let failed = 0;
    let bodySize = 0;
    const send = async ({ number, page }: LaidPage): Promise<void> => {
      if (page instanceof Error) {
        failed += 1;
        reading.problem({ code: 'PAGE_UNREADABLE', data: { page: number, detail: 'its content is damaged' } });
        await reading.page({ ...aboutPage(number), blocks: [] });
        return;
      }
      const { widthPt, heightPt, text } = page;
      const blocks = pageBlocks(text, bodySize, heightPt);
      const scanned = blocks.length === 0 ? await tryReadScan(pdf, number) : undefined;
      if (scanned === undefined || scanned.confidence === null) {
        await reading.page({ ...aboutPage(number), widthPt, heightPt, blocks, pictures: scanned?.pictures ?? 0 });
        return;
      }
      const { confidence } = scanned;
      if (confidence < sureConfidence) unsure.push({ number, confidence });
      await reading.page({
        ...aboutPage(number),
        widthPt,
        heightPt,
        blocks: scanned.blocks,
        pictures: scanned.pictures,
        recognised: confidence,
      });
    };
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const laid = { number, page: await layPage(pdf, number) };
      if (bodySize > 0) {
        await send(laid);
        continue;
      }
      sample.push(laid);
      if (sample.length < samplePages && number < pdf.numPages) continue;
      bodySize = usualSize(sample);
      for (const early of sample) await send(early);
    }
    if (unsure.length > 0) {
      const confidence = Math.min(...unsure.map((one) => one.confidence));
      reading.problem({ code: 'RECOGNITION_UNSURE', data: { pages: unsure.map((one) => one.number), confidence } });
    }
    if (failed > 0 && failed === pdf.numPages) throw corrupt('none of its pages can be read');
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** Undefined when its pictures cannot be decoded; the page then has no text, which the report says. */
async function tryReadScan(pdf: PDFDocumentProxy, number: number): Promise<ScannedPage | undefined> {
  try {
    const page = await pdf.getPage(number);
    const scanned = await readScannedPage(page);
    page.cleanup();
    return scanned;
  } catch (error) {
    if (error instanceof DocumentFailure) throw error;
    return undefined;
  }
}

interface LaidPage {
  readonly number: number;
  readonly page: { widthPt: number; heightPt: number; text: PageText } | Error;
}

async function layPage(pdf: PDFDocumentProxy, number: number): Promise<LaidPage['page']> {
  try {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const text = readFragments(content, viewport);
    page.cleanup();
    const [widthPt, heightPt] = [viewport.width, viewport.height];
    if (!(widthPt > 0 && heightPt > 0)) return new Error('The page has no size.');
    return { widthPt, heightPt, text };
  } catch (error) {
    if (error instanceof DocumentFailure) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function readFacts(pdf: PDFDocumentProxy, reading: Reading): Promise<void> {
  try {
    const { info } = await pdf.getMetadata();
    const title: unknown = Reflect.get(info, 'Title');
    if (typeof title === 'string') reading.title(title);
    if (await pdf.hasJSActions()) reading.problem({ code: 'HAS_MACROS', data: {} });
  } catch {
    // What the file says about itself is worth having; it can be read without.
  }
}

/** Of most letters, rounded to half a point; 10 where there are none. */
function usualSize(pages: readonly LaidPage[]): number {
  const letters = new Map<number, number>();
  for (const { page } of pages) {
    if (page instanceof Error) continue;
    for (const { size, text } of page.text.upright) {
      const key = Math.round(size * 2) / 2;
      letters.set(key, (letters.get(key) ?? 0) + text.length);
    }
  }
  const [size] = [...letters].reduce((a, b) => (b[1] > a[1] ? b : a), [10, 0]);
  return Math.max(size, 1);
}
