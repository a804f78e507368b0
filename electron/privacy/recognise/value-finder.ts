import { normalise } from './normalise.ts';

/** Where one of several values stands in a text, in its units. */
export interface FoundValue {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly next: Map<string, Node>;
  value: number | undefined;
}

const letterOrDigit = /[\p{L}\p{N}]/u;
const lettersOrDigits = /[\p{L}\p{N}]+/gu;
const han = /[\u3400-\u9fff]/;
/** Squeezed values shorter than this are found only as they are written: `10.0.0.1` is not `10,001`. */
const leastSqueezed = 7;

/** The form in which two ways of writing a value are the same. */
export function squeeze(text: string): string {
  return squeezed(text).text;
}

function squeezed(text: string): { text: string; places: number[]; normal: ReturnType<typeof normalise> } {
  const normal = normalise(text);
  const places: number[] = [];
  let kept = '';
  for (const { index, 0: sign } of normal.text.matchAll(lettersOrDigits)) {
    const lower = sign.toLowerCase();
    kept += lower;
    if (lower.length === sign.length) for (let at = 0; at < sign.length; at += 1) places.push(index + at);
    else {
      // A capital that is two small letters: each points to the whole.
      for (let at = 0; at < lower.length; at += 1) places.push(index + Math.min(at, sign.length - 1));
    }
  }
  return { text: kept, places, normal };
}

/**
 * Finds values however they are written: any case, width, spacing and punctuation, hidden characters inside. The longest
 * at a place wins. Latin words and numbers are found only as whole ones.
 */
export function createValueFinder(values: readonly string[]): (text: string) => FoundValue[] {
  const root = node();
  const written: { words: string; value: number }[] = [];
  for (const [index, value] of values.entries()) {
    const form = squeeze(value);
    if (form === '') {
      if (value.trim() !== '') written.push({ words: normalise(value).text.trim(), value: index });
      continue;
    }
    let here = root;
    for (const sign of form.slice(0, 400)) {
      const next = here.next.get(sign) ?? node();
      here.next.set(sign, next);
      here = next;
    }
    here.value ??= index;
  }
  const shapes = values.map((value) => normalise(value).text.toLowerCase().replaceAll(/\s+/g, ' ').trim());

  const edges = values.map((value) => {
    const { text } = normalise(value);
    return { before: /^[^\p{L}\p{N}\s]*/u.exec(text)?.[0] ?? '', after: /[^\p{L}\p{N}\s]*$/u.exec(text)?.[0] ?? '' };
  });

  return (text) => {
    if (root.next.size === 0 && written.length === 0) return [];
    const { text: form, places, normal } = squeezed(text);
    const found: FoundValue[] = [];
    const keep = (value: number, start: number, end: number): void => {
      // The bracket before a number and the sign at the end of a password are part of the value, where they stand.
      const { before, after } = edges[value] ?? { before: '', after: '' };
      const from =
        normal.text.slice(Math.max(0, start - before.length), start) === before ? start - before.length : start;
      const to = normal.text.startsWith(after, end) ? end + after.length : end;
      found.push({ value, ...normal.originalOf(from, to) });
    };
    for (let at = 0; at < form.length;) {
      const first = places[at] ?? 0;
      let here: Node | undefined = root.next.get(form[at] ?? '');
      if (here === undefined || !isEdge(normal.text, first)) {
        at += 1;
        continue;
      }
      let best: { value: number; last: number } | undefined;
      for (let last = at; here !== undefined; last += 1) {
        const end = (places[last] ?? 0) + 1;
        if (
          here.value !== undefined &&
          isEdge(normal.text, end) &&
          fits(here.value, normal.text.slice(first, end), last - at)
        ) {
          best = { value: here.value, last };
        }
        here = here.next.get(form[last + 1] ?? '');
      }
      if (best !== undefined) keep(best.value, first, (places[best.last] ?? 0) + 1);
      at = best === undefined ? at + 1 : best.last + 1;
    }
    for (const { words, value } of written) {
      for (let at = normal.text.indexOf(words); at >= 0; at = normal.text.indexOf(words, at + words.length)) {
        keep(value, at, at + words.length);
      }
    }
    return found.toSorted((a, b) => a.start - b.start);
  };

  function fits(value: number, written2: string, length: number): boolean {
    if (written2.length > 4 * (length + 1) + 8) return false;
    const shape = shapes[value] ?? '';
    if (length + 1 >= leastSqueezed || han.test(shape)) return !/\n\s*\n/.test(written2);
    return written2.toLowerCase().replaceAll(/\s+/g, ' ') === shape || squeezesTo(shape, written2);
  }
}

/** Short ones may differ by spaces, but not by other signs. */
function squeezesTo(shape: string, written: string): boolean {
  return written.toLowerCase().replaceAll(/\s+/g, '') === shape.replaceAll(/\s+/g, '');
}

function node(): Node {
  return { next: new Map(), value: undefined };
}

/** Whether a Latin word or a number may begin or end here; scripts without spaces have no such edges. */
function isEdge(text: string, at: number): boolean {
  const [before, after] = [text[at - 1] ?? '', text[at] ?? ''];
  if (han.test(before) || han.test(after)) return true;
  if (!letterOrDigit.test(before) || !letterOrDigit.test(after)) return true;
  return /\d/.test(before) !== /\d/.test(after);
}
