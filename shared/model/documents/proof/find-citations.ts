/** Numbers in brackets, as an answer names its sources. Places are UTF-16 units of the whole text. */
export interface Citation {
  readonly start: number;
  readonly end: number;
  /** In the order they are named. Whether such a source exists is not looked at. */
  readonly numbers: readonly number[];
}

/** `[2]`, `[1, 3]`, `[2-4]`, and with the brackets of Chinese texts `［2］` and `【2】`. */
const pattern = /(?:\[(?!\^)([^[\]\n]{1,40})\](?![(:])|［([^［］\n]{1,40})］|【([^【】\n]{1,40})】)/g;
const item = /^\s*(\d{1,4})(?:\s*[-–—~至]\s*(\d{1,4}))?\s*$/;
/** More than this are no list of sources. */
const mostNumbers = 20;

/** Outside of code and the addresses of links. */
export function findCitations(text: string): Citation[] {
  const hidden = hiddenRanges(text);
  return citationsIn(text).filter(({ start, end }) => !hidden.some((range) => start < range.end && end > range.start));
}

/** Wherever they stand; for a text that is known to be words. */
export function citationsIn(text: string): Citation[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = match.index;
    const end = start + match[0].length;
    if (text[start - 1] === '\\' || text[start - 1] === '!') return [];
    const numbers = tryNumbers(match[1] ?? match[2] ?? match[3] ?? '');
    return numbers === undefined ? [] : [{ start, end, numbers }];
  });
}

/** Undefined when it is not a list of numbers. */
function tryNumbers(inside: string): number[] | undefined {
  const numbers: number[] = [];
  for (const part of inside.normalize('NFKC').split(/[,;、]/)) {
    const match = item.exec(part);
    if (match === null) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (from < 1 || to < from || to - from >= mostNumbers) return undefined;
    for (let number = from; number <= to; number += 1) if (!numbers.includes(number)) numbers.push(number);
  }
  return numbers.length === 0 || numbers.length > mostNumbers ? undefined : numbers;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const address = /\]\([^)\n]*\)|\bhttps?:\/\/[^\s)\]>]+/gi;

/** What is no prose: code, and the addresses of links with their titles. */
export function hiddenRanges(text: string): TextRange[] {
  const addresses = [...text.matchAll(address)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
  return [...codeRanges(text), ...addresses];
}

/** Fenced blocks, also one that is not closed yet, and code within a line. */
export function codeRanges(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  let fence: { readonly mark: string; readonly start: number } | undefined;
  let open: { readonly ticks: string; readonly start: number } | undefined;
  let at = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence.mark) === true && line.trim() === mark) {
        ranges.push({ start: fence.start, end: at + line.length });
        fence = undefined;
      }
    } else if (mark !== undefined) {
      open = undefined;
      fence = { mark, start: at };
    } else if (line.trim() === '') {
      open = undefined;
    } else {
      for (const { 0: ticks, index } of line.matchAll(/`+/g)) {
        if (open === undefined) open = { ticks, start: at + index };
        else if (open.ticks === ticks) {
          ranges.push({ start: open.start, end: at + index + ticks.length });
          open = undefined;
        }
      }
    }
    at += line.length;
  }
  if (fence !== undefined) ranges.push({ start: fence.start, end: text.length });
  return ranges.toSorted((a, b) => a.start - b.start);
}
