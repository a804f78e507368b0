import type { ComparedRow } from '../../../shared/contract/index.ts';

/** What stands below one another in the comparison: a row, or what is folded because nothing changed in it. */
export type ShownEntry =
  | { readonly kind: 'row'; readonly index: number; readonly row: ComparedRow; readonly change: number | null }
  | { readonly kind: 'fold'; readonly from: number; readonly count: number };

/** Rows shown above and below a change. */
const around = 2;
/** Folding fewer saves nothing. */
const leastFolded = 4;

/** Folds long stretches in which nothing changed, except those a person opened, by their first row. */
export function foldRows(rows: readonly ComparedRow[], opened: ReadonlySet<number>): ShownEntry[] {
  const entries: ShownEntry[] = [];
  let change = 0;
  for (let index = 0; index < rows.length;) {
    let end = index;
    while (end < rows.length && rows[end]?.kind === 'same') end += 1;
    const [from, to] = [index === 0 ? 0 : index + around, end === rows.length ? end : end - around];
    const folds = to - from >= leastFolded && !opened.has(from);
    for (; index < end; index += 1) {
      const row = rows[index];
      if (folds && index === from) entries.push({ kind: 'fold', from, count: to - from });
      if (row !== undefined && !(folds && index >= from && index < to)) {
        entries.push({ kind: 'row', index, row, change: null });
      }
    }
    const row = rows[end];
    if (row !== undefined) {
      entries.push({ kind: 'row', index: end, row, change });
      change += 1;
    }
    index = end + 1;
  }
  return entries;
}
