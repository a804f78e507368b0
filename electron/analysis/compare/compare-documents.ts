import type { ComparedRow, ComparedSide, Comparison } from '../../../shared/contract/index.ts';
import type { DocumentText } from '../document-text.ts';
import type { Steps } from '../in-steps.ts';
import { alignItems } from './align-items.ts';
import { paragraphsOf, type Paragraph } from './paragraphs.ts';
import { compareWords, countWords, likeness, type Piece } from './words.ts';

/** Below this two paragraphs are two paragraphs. */
const leastLikeness = 0.45;
/** A line as short as this may stand in two places by chance. */
const leastMovedChars = 12;
const mostPairs = 40_000;

/** Aligns two documents by paragraphs and, inside changed ones, by words. */
export function* compareDocuments(before: DocumentText, after: DocumentText): Steps<Comparison> {
  const [a, b] = [paragraphsOf(before), paragraphsOf(after)];
  const ids = new Map<string, number>();
  const idOf = ({ key }: Paragraph): number => {
    const known = ids.get(key) ?? ids.size;
    ids.set(key, known);
    return known;
  };
  const pairs = yield* alignItems(a.map(idOf), b.map(idOf));
  const moves = findMoves(a, b, pairs);
  const rows: ComparedRow[] = [];
  let [atBefore, atAfter] = [0, 0];
  for (const [i, j] of [...pairs, [a.length, b.length] as const]) {
    yield* addGap(rows, { a, b, moves, before: [atBefore, i], after: [atAfter, j] });
    const [was, is] = [a[i], b[j]];
    if (was !== undefined && is !== undefined) {
      rows.push({ kind: 'same', before: whole(was, false), after: whole(is, false) });
    }
    [atBefore, atAfter] = [i + 1, j + 1];
    yield;
  }
  const countOf = (kind: ComparedRow['kind']): number => rows.filter((row) => row.kind === kind).length;
  return {
    before: { id: before.id, name: before.name },
    after: { id: after.id, name: after.name },
    counts: {
      same: countOf('same'),
      changed: countOf('changed'),
      added: countOf('added'),
      removed: countOf('removed'),
      moved: countOf('moved'),
    },
    rows,
  };
}

interface Gap {
  readonly a: readonly Paragraph[];
  readonly b: readonly Paragraph[];
  readonly moves: { readonly fromBefore: ReadonlyMap<number, number>; readonly fromAfter: ReadonlyMap<number, number> };
  readonly before: readonly [from: number, to: number];
  readonly after: readonly [from: number, to: number];
}

/** Paragraphs that are there on both sides, word for word, but not in the same order. */
function findMoves(
  a: readonly Paragraph[],
  b: readonly Paragraph[],
  pairs: readonly (readonly [number, number])[],
): Gap['moves'] {
  const [usedBefore, usedAfter] = [new Set(pairs.map(([i]) => i)), new Set(pairs.map(([, j]) => j))];
  const waiting = new Map<string, number[]>();
  for (const [index, { key, text }] of b.entries()) {
    if (!usedAfter.has(index) && text.length >= leastMovedChars) waiting.set(key, [...(waiting.get(key) ?? []), index]);
  }
  const fromBefore = new Map<number, number>();
  const fromAfter = new Map<number, number>();
  for (const [index, { key }] of a.entries()) {
    const target = usedBefore.has(index) ? undefined : waiting.get(key)?.shift();
    if (target === undefined) continue;
    fromBefore.set(index, target);
    fromAfter.set(target, index);
  }
  return { fromBefore, fromAfter };
}

/** What stands between two paragraphs that are the same. */
function* addGap(rows: ComparedRow[], { a, b, moves, before, after }: Gap): Steps<void> {
  const left = range(before).filter((index) => !moves.fromBefore.has(index));
  const right = range(after).filter((index) => !moves.fromAfter.has(index));
  const partners = new Map(
    yield* pairUp(
      left.map((index) => a[index]),
      right.map((index) => b[index]),
    ),
  );
  const partnerOf = new Map([...partners].map(([i, j]) => [left[i] ?? -1, right[j] ?? -1]));
  let next = after[0];
  const addAfterUntil = (end: number): void => {
    for (; next < end; next += 1) {
      const is = b[next];
      const origin = moves.fromAfter.get(next);
      const was = origin === undefined ? undefined : a[origin];
      if (is !== undefined) {
        rows.push({
          kind: was === undefined ? 'added' : 'moved',
          before: was === undefined ? null : whole(was, false),
          after: whole(is, was === undefined),
        });
      }
    }
  };
  for (const index of range(before)) {
    const was = a[index];
    if (was === undefined) continue;
    const partner = partnerOf.get(index);
    const is = partner === undefined ? undefined : b[partner];
    if (partner !== undefined && is !== undefined) {
      addAfterUntil(partner);
      const words = yield* compareWords(was.text, is.text);
      rows.push({ kind: 'changed', before: sideOf(was, words.before), after: sideOf(is, words.after) });
      next = partner + 1;
    } else if (moves.fromBefore.has(index)) rows.push({ kind: 'movedAway', before: whole(was, false), after: null });
    else rows.push({ kind: 'removed', before: whole(was, true), after: null });
    yield;
  }
  addAfterUntil(after[1]);
}

/** Which paragraphs were rewritten into which, in order: the pairs with the most in common altogether. */
function* pairUp(
  left: readonly (Paragraph | undefined)[],
  right: readonly (Paragraph | undefined)[],
): Steps<[number, number][]> {
  if (left.length === 0 || right.length === 0) return [];
  if (left.length * right.length > mostPairs) return [];
  const words = right.map((each) => countWords(each?.text ?? ''));
  const best = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1));
  const likes: Float64Array[] = [];
  for (const [i, each] of left.entries()) {
    const counts = countWords(each?.text ?? '');
    const row = Float64Array.from(words, (other, j) => (each?.kind === right[j]?.kind ? likeness(counts, other) : 0));
    likes.push(row);
    for (let j = 0; j < right.length; j += 1) {
      const like = row[j] ?? 0;
      const paired = like >= leastLikeness ? (best[i]?.[j] ?? 0) + like : 0;
      const line = best[i + 1];
      if (line !== undefined) line[j + 1] = Math.max(paired, best[i]?.[j + 1] ?? 0, line[j] ?? 0);
    }
    yield;
  }
  const pairs: [number, number][] = [];
  let [i, j] = [left.length, right.length];
  while (i > 0 && j > 0) {
    const here = best[i]?.[j] ?? 0;
    if (here === (best[i - 1]?.[j] ?? 0)) i -= 1;
    else if (here === (best[i]?.[j - 1] ?? 0)) j -= 1;
    else pairs.push([--i, --j]);
  }
  return pairs.toReversed();
}

function range([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function whole(paragraph: Paragraph, changed: boolean): ComparedSide {
  return sideOf(paragraph, [{ text: paragraph.text, changed }]);
}

function sideOf({ page, unit }: Paragraph, pieces: readonly Piece[]): ComparedSide {
  return { page, unit, pieces: [...pieces] };
}
