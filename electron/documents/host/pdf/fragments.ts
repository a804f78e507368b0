import type { PageViewport, PDFPageProxy } from 'unpdf/pdfjs';

import { withoutRadicals } from './radicals.ts';

/** A run of text on a page, in points from the upper left corner. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of the line it stands on. */
  readonly baseline: number;
  readonly size: number;
  /** White space was written before it. */
  readonly spaced: boolean;
}

export interface PageText {
  readonly upright: readonly Fragment[];
  /** Text that runs up or down, such as a note in the margin; in the order in which it was written. */
  readonly turned: readonly string[];
}

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
type Matrix = readonly [number, number, number, number, number, number];

/** A page with more runs of text than this is no page but an attack, or a map. */
const mostFragments = 100_000;

export function readFragments(content: TextContent, viewport: PageViewport): PageText {
  const upright: Fragment[] = [];
  const turned: string[] = [];
  const view = toMatrix(viewport.transform);
  let spaced = false;
  for (const item of content.items.slice(0, mostFragments)) {
    if (!('str' in item)) continue;
    if (item.str.trim() === '') {
      spaced ||= item.str !== '' || item.hasEOL;
      continue;
    }
    const [a, b, c, d, e, f] = multiply(view, toMatrix(item.transform));
    const size = Math.hypot(c, d);
    if (![size, e, f].every(Number.isFinite) || size === 0) continue;
    const clean = withoutRadicals(item.str.replaceAll(/\s+/g, ' '));
    if (Math.abs(b) > Math.abs(a) / 4 || a < 0) {
      turned.push(clean.trim());
      continue;
    }
    const width = item.width * viewport.scale * userUnit(viewport);
    upright.push({
      text: clean.trim(),
      left: e,
      right: e + Math.max(width, size / 10),
      baseline: f,
      size,
      spaced: spaced || clean.startsWith(' '),
    });
    spaced = clean.endsWith(' ') || item.hasEOL;
  }
  return { upright, turned };
}

function userUnit(viewport: PageViewport): number {
  return viewport.userUnit || 1;
}

function toMatrix(values: readonly unknown[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = values.map(Number);
  return [a, b, c, d, e, f];
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}
