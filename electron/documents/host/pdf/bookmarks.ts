import type { PDFDocumentProxy } from 'unpdf/pdfjs';

import type { Bookmark } from '../../../../shared/model/documents/extracted-document.ts';

const mostBookmarks = 2000;
const deepest = 8;
const titleLimitChars = 300;
const labelLimitChars = 40;

/** The file's own table of contents by page, from 1; empty where it has none, or one that cannot be read. */
export async function readBookmarks(pdf: PDFDocumentProxy): Promise<ReadonlyMap<number, readonly Bookmark[]>> {
  const byPage = new Map<number, Bookmark[]>();
  let found = 0;
  const walk = async (items: Awaited<ReturnType<PDFDocumentProxy['getOutline']>>, depth: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      if (found >= mostBookmarks) return;
      const clean = title.replaceAll(/\s+/g, ' ').trim().slice(0, titleLimitChars).toWellFormed();
      const page = clean === '' ? undefined : await pageOf(pdf, dest);
      if (page !== undefined) {
        found += 1;
        byPage.set(page, [...(byPage.get(page) ?? []), { depth, title: clean }]);
      }
      if (depth + 1 < deepest) await walk(inner, depth + 1);
    }
  };
  try {
    await walk((await pdf.getOutline()) ?? [], 0);
  } catch {
    // The pages can be read without.
  }
  return byPage;
}

async function pageOf(pdf: PDFDocumentProxy, dest: string | unknown[] | null): Promise<number | undefined> {
  try {
    const target: unknown = (typeof dest === 'string' ? await pdf.getDestination(dest) : dest)?.[0];
    if (typeof target === 'number') return target >= 0 && target < pdf.numPages ? target + 1 : undefined;
    if (!isReference(target)) return undefined;
    return (await pdf.getPageIndex(target)) + 1;
  } catch {
    return undefined;
  }
}

function isReference(target: unknown): target is { num: number; gen: number } {
  return typeof target === 'object' && target !== null && 'num' in target && 'gen' in target;
}

/** What is printed on the pages where that is not their number, such as `iv` or `A-3`, by page from 1. */
export async function readPageLabels(pdf: PDFDocumentProxy): Promise<ReadonlyMap<number, string>> {
  try {
    const labels = (await pdf.getPageLabels()) ?? [];
    return new Map(
      labels.flatMap((label, index): [number, string][] => {
        const clean = label.replaceAll(/\s+/g, ' ').trim().slice(0, labelLimitChars).toWellFormed();
        return clean === '' || clean === String(index + 1) ? [] : [[index + 1, clean]];
      }),
    );
  } catch {
    return new Map();
  }
}
