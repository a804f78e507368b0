import { visualLength, type Row, type Segment } from './rows.ts';

/** Fewer lines side by side are a table, a signature or chance. */
const leastRows = 3;
/** A column of running text has lines of at least so many letters, most of them full. */
const proseChars = 20;
const fullLine = 0.65;
const fullShare = 0.5;
/** So many empty lines across the page end the columns, as above a page number. */
const partedLines = 4;
const mostColumns = 6;

/**
 * Parts of a page in reading order: running text in columns is read one column after the other, everything that spans
 * them comes between.
 */
export function splitColumns(rows: readonly Row[], depth = 0): (readonly Row[])[] {
  const gutter = depth < mostColumns ? findGutter(rows) : undefined;
  if (gutter === undefined) return rows.length === 0 ? [] : [rows];
  const parts: (readonly Row[])[] = [];
  let run: Row[] = [];
  let between: Row[] = [];
  const endRun = (): void => {
    const [left, right] = [side(run, gutter, 'left'), side(run, gutter, 'right')];
    if (isProse(left) && isProse(right)) {
      if (between.length > 0) parts.push(between);
      between = [];
      parts.push(...splitColumns(left, depth + 1), ...splitColumns(right, depth + 1));
    } else between.push(...run);
    run = [];
  };
  for (const row of rows) {
    const gap = row.baseline - (run.at(-1)?.baseline ?? row.baseline);
    if (crosses(row, gutter) || gap > partedLines * row.size) endRun();
    if (crosses(row, gutter)) between.push(row);
    else run.push(row);
  }
  endRun();
  if (between.length > 0) parts.push(between);
  // Nothing was parted: what looked like a gutter is the space between the cells of a table.
  return parts.length < 2 ? [rows] : parts;
}

/** Where most lines have a gap and few have letters. */
function findGutter(rows: readonly Row[]): number | undefined {
  const gaps = rows.flatMap(({ segments }) =>
    segments.slice(1).map((segment, index) => ({ from: segments[index]?.right ?? 0, to: segment.left })),
  );
  if (gaps.length < leastRows) return undefined;
  let best: { x: number; score: number } | undefined;
  const tried = new Set<number>();
  for (const gap of gaps) {
    // Right before the next column: lines on the left end anywhere, on the right they begin together.
    const x = Math.round(gap.to) - 2;
    if (tried.has(x) || x <= gap.from) continue;
    tried.add(x);
    const parted = gaps.filter(({ from, to }) => from < x && x < to).length;
    const crossed = rows.filter((row) => crosses(row, x)).length;
    const score = parted - crossed / 2;
    if (parted >= leastRows && (best === undefined || score > best.score)) best = { x, score };
    if (tried.size > 200) break;
  }
  return best?.x;
}

function crosses({ segments }: Row, x: number): boolean {
  return segments.some(({ left, right }) => left < x && x < right);
}

function side(rows: readonly Row[], gutter: number, which: 'left' | 'right'): Row[] {
  return rows.flatMap((row) => {
    const segments = row.segments.filter(({ left }) => left < gutter === (which === 'left'));
    return segments.length === 0 ? [] : [{ ...row, segments }];
  });
}

function isProse(rows: readonly Row[]): boolean {
  if (rows.length < leastRows) return false;
  const left = Math.min(...rows.map(({ segments }) => segments[0]?.left ?? 0));
  const right = Math.max(...rows.map(({ segments }) => segments.at(-1)?.right ?? 0));
  const full = rows.filter(({ segments }) => covered(segments) >= fullLine * (right - left)).length;
  const lengths = rows
    .map(({ segments }) => visualLength(segments.map(({ text }) => text).join(' ')))
    .toSorted((a, b) => a - b);
  return full >= rows.length * fullShare && (lengths[Math.floor(lengths.length / 2)] ?? 0) >= proseChars;
}

function covered(segments: readonly Segment[]): number {
  return segments.reduce((sum, { left, right }) => sum + right - left, 0);
}
