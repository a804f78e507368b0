import type { Fragment } from './fragments.ts';

/** Fragments that follow each other on one line without a wide gap. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

/** What stands on one line, from left to right. */
export interface Row {
  readonly baseline: number;
  /** Of most of its text. */
  readonly size: number;
  readonly segments: readonly Segment[];
}

/** A gap of so many times the size of the letters parts columns or cells. */
const wideGap = 1.2;
/** Baselines nearer than this are one line; footnote marks and indices stand a little higher or lower. */
const sameLine = 0.45;
const wordGap = 0.18;

/** Lines of a page, or of a part of it, from top to bottom. */
export function findRows(fragments: readonly Fragment[]): Row[] {
  const byBaseline = fragments.toSorted((a, b) => a.baseline - b.baseline || a.left - b.left);
  const groups: { baseline: number; size: number; members: Fragment[] }[] = [];
  for (const fragment of byBaseline) {
    const group = groups.at(-1);
    const near =
      group !== undefined && fragment.baseline - group.baseline <= sameLine * Math.max(group.size, fragment.size);
    if (group === undefined || !near) {
      groups.push({ baseline: fragment.baseline, size: fragment.size, members: [fragment] });
      continue;
    }
    group.members.push(fragment);
    // Larger letters say where the line is; an index must not draw the next line to it.
    if (fragment.size > group.size) [group.baseline, group.size] = [fragment.baseline, fragment.size];
  }
  return groups.map(({ baseline, members }) => {
    const segments = joinFragments(members.toSorted((a, b) => a.left - b.left));
    return { baseline, size: mainSize(members), segments };
  });
}

function joinFragments(fragments: readonly Fragment[]): Segment[] {
  const segments: { text: string; left: number; right: number; size: number }[] = [];
  for (const fragment of fragments) {
    const last = segments.at(-1);
    const gap = last === undefined ? Infinity : fragment.left - last.right;
    const size = Math.max(fragment.size, last?.size ?? 0);
    if (last === undefined || gap > wideGap * size) {
      segments.push({ text: fragment.text, left: fragment.left, right: fragment.right, size: fragment.size });
      continue;
    }
    // The same text again at the same place is how some programs print bold.
    if (fragment.text === last.text && Math.abs(fragment.left - last.left) < size / 5) continue;
    const between = gap > wordGap * size || (fragment.spaced && gap > 0.05 * size) ? ' ' : '';
    last.text += isWideJoin(last.text, fragment.text) && gap < 0.6 * size ? fragment.text : between + fragment.text;
    last.right = Math.max(last.right, fragment.right);
    last.size = size;
  }
  return segments;
}

/** No space belongs between two characters of Chinese or Japanese. */
export function isWideJoin(before: string, after: string): boolean {
  return (
    /[\u3000-\u303F\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]$/.test(before) &&
    /^[\u3000-\u303F\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/.test(after)
  );
}

/** About how many Latin letters would be as wide. */
export function visualLength(text: string): number {
  return text.length + (text.match(/[\u2E80-\uFFEF]/g)?.length ?? 0);
}

function mainSize(fragments: readonly Fragment[]): number {
  let best = { size: fragments[0]?.size ?? 0, length: 0 };
  const lengths = new Map<number, number>();
  for (const { size, text } of fragments) {
    const key = Math.round(size * 10) / 10;
    const length = (lengths.get(key) ?? 0) + text.length;
    lengths.set(key, length);
    if (length > best.length) best = { size: key, length };
  }
  return best.size;
}

export function rowText(row: Row): string {
  return row.segments.map(({ text }) => text).join(' ');
}

export const rowLeft = (row: Row): number => row.segments[0]?.left ?? 0;
export const rowRight = (row: Row): number => row.segments.at(-1)?.right ?? 0;
