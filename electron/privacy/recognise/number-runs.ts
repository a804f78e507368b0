export interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Groups of digits with nothing between them but a space, dash, dot or slash (three signs at most). */
export interface NumberRun {
  readonly groups: readonly DigitGroup[];
  /** What stands behind each group but the last. */
  readonly gaps: readonly string[];
}

export interface NumberStretch {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the groups, joined; empty where it is written in one piece. */
  readonly gaps: string;
  /** Written in one of the shapes that were asked for. */
  readonly usual: boolean;
}

const gapPattern = /^[ \-./_·]{1,3}$/;

export function findNumberRuns(text: string): NumberRun[] {
  const runs: { groups: DigitGroup[]; gaps: string[] }[] = [];
  let open: { groups: DigitGroup[]; gaps: string[] } | undefined;
  let end = 0;
  for (const match of text.matchAll(/\d+/g)) {
    const group = { digits: match[0], start: match.index, end: match.index + match[0].length };
    const gap = group.start - end <= 3 ? text.slice(end, group.start) : '';
    if (open !== undefined && gapPattern.test(gap)) {
      open.gaps.push(gap);
      open.groups.push(group);
    } else {
      open = { groups: [group], gaps: [] };
      runs.push(open);
    }
    end = group.end;
  }
  return runs;
}

/**
 * Stretches of whole groups written in one of the shapes (lengths of the groups, such as `3-2-4`), and any other
 * grouping where it is all there is of the number, so that odd spacing does not hide it. A stretch ends at the run's end
 * or at a space: `-4111` is the rest of a longer number.
 */
export function shapesIn(
  text: string,
  runs: readonly NumberRun[],
  shapes: readonly (readonly number[])[],
): NumberStretch[] {
  const lengths = new Set(shapes.map((shape) => shape.reduce((sum, each) => sum + each, 0)));
  const found: NumberStretch[] = [];
  for (const { groups, gaps } of runs) {
    for (let first = 0; first < groups.length; first += 1) {
      if (!opens(text, groups, gaps, first)) continue;
      for (const shape of shapes) {
        const last = first + shape.length - 1;
        if (shape.some((length, index) => groups[first + index]?.digits.length !== length)) continue;
        if (closes(text, groups, gaps, last)) found.push({ ...stretch(groups, gaps, first, last), usual: true });
      }
    }
    for (const [first, last] of oddlySpaced(groups, gaps)) {
      const whole = stretch(groups, gaps, first, last);
      if (lengths.has(whole.digits.length) && opens(text, groups, gaps, first) && closes(text, groups, gaps, last)) {
        found.push({ ...whole, usual: false });
      }
    }
  }
  return found;
}

/** The whole run, and runs inside it of digits that stand alone. */
function oddlySpaced(groups: readonly DigitGroup[], gaps: readonly string[]): [number, number][] {
  const stretches: [number, number][] =
    groups.length > 1 && groups.length <= 40 && gaps.every((gap) => /^[ -]+$/.test(gap))
      ? [[0, groups.length - 1]]
      : [];
  let first = 0;
  for (let index = 0; index <= groups.length; index += 1) {
    if (groups[index]?.digits.length === 1) continue;
    if (index - first > 2 && index - first <= 40 && index - first < groups.length) stretches.push([first, index - 1]);
    first = index + 1;
  }
  return gaps.length === 0 ? [] : stretches;
}

function stretch(
  groups: readonly DigitGroup[],
  gaps: readonly string[],
  first: number,
  last: number,
): Omit<NumberStretch, 'usual'> {
  return {
    digits: groups
      .slice(first, last + 1)
      .map(({ digits }) => digits)
      .join(''),
    start: groups[first]?.start ?? 0,
    end: groups[last]?.end ?? 0,
    gaps: gaps.slice(first, last).join(''),
  };
}

function opens(text: string, groups: readonly DigitGroup[], gaps: readonly string[], first: number): boolean {
  if (first > 0) return /^ +$/.test(gaps[first - 1] ?? '');
  const start = groups[0]?.start ?? 0;
  return (
    start === 0 ||
    !/[A-Za-z_$€£¥#.,]/.test(text[start - 1] ?? '') ||
    /[\s,][.,#]$/.test(text.slice(Math.max(0, start - 2), start))
  );
}

function closes(text: string, groups: readonly DigitGroup[], gaps: readonly string[], last: number): boolean {
  if (last < groups.length - 1) return /^ +$/.test(gaps[last] ?? '');
  return !/[A-Za-z_%]/.test(text[groups[last]?.end ?? 0] ?? '');
}
