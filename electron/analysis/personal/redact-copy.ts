import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { placeholderOf, type PersonalKind } from '../../../shared/model/privacy/personal-kinds.ts';
import type { PersonalDataFinder } from '../../privacy/personal-data.ts';
import type { Steps } from '../in-steps.ts';
import type { FoundPersonalValue } from './find-values.ts';
import type { TextChunk } from './text-chunks.ts';

export interface RedactedCopy {
  readonly text: string;
  readonly name: string;
  /** How many values were taken out. */
  readonly replaced: number;
}

/** The check looks over the seams of the chunks by this much; longer than any value but a private key. */
const seamChars = 600;
const pieceChars = 20_000;

/**
 * Puts the same placeholder in every place of a value, and looks through the finished copy for each value again.
 *
 * @throws REDACTION_INCOMPLETE when one is still there; then there is no copy
 */
export function* redactCopy(
  finder: PersonalDataFinder,
  chunks: readonly TextChunk[],
  values: readonly FoundPersonalValue[],
  { name, language }: { readonly name: string; readonly language: 'en' | 'zh' },
): Steps<RedactedCopy> {
  const numbers = new Map<PersonalKind, number>();
  const targets = values.flatMap(({ kind, text }): { text: string; placeholder: string; wordOfName: boolean }[] => {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const placeholder = placeholderOf(kind, number, language);
    const words = kind === 'name' ? wordsOfName(text) : [];
    return [
      { text, placeholder, wordOfName: false },
      ...words.map((word) => ({ text: word, placeholder, wordOfName: true })),
    ];
  });
  const findTargets = finder.createValueFinder(targets.map(({ text }) => text));
  const replace = (text: string): string => {
    let copy = '';
    let at = 0;
    for (const { value, start, end } of findTargets(text)) {
      const target = targets[value];
      if (target === undefined || start < at) continue;
      // `brown` is a colour where `Brown` is somebody.
      if (target.wordOfName && !/^\p{Lu}/u.test(text.slice(start, end))) continue;
      copy += `${text.slice(at, start)}${target.placeholder}`;
      at = end;
    }
    return copy + text.slice(at);
  };
  let text = '';
  for (const chunk of chunks) {
    text += replace(chunk.text);
    yield;
  }
  const findAgain = finder.createValueFinder(values.map((value) => value.text));
  const placeholders = new Set(targets.map(({ placeholder }) => placeholder));
  const bare = text.replaceAll(/\[[^[\]\n]{1,30} \d{1,6}\]/g, (mark) => (placeholders.has(mark) ? '\n\n' : mark));
  let left = 0;
  for (let at = 0; at < bare.length; at += pieceChars) {
    left += findAgain(bare.slice(Math.max(0, at - seamChars), at + pieceChars)).length;
    yield;
  }
  const safeName = replace(name);
  if (left > 0) {
    throw new ClawdbotError(
      'REDACTION_INCOMPLETE',
      'The copy still held something that was to be taken out, so it was not made. Untick what is not needed, or take the words into your own list, and try again.',
      { places: left },
    );
  }
  return { text: `${text.trimEnd()}\n`, name: safeName, replaced: values.length };
}

/** Someone who is named once in full is later named by one of the names. */
function wordsOfName(name: string): string[] {
  const words = name
    .split(/\s+/)
    .filter((word) => /^\p{Lu}[\p{L}'’-]{2,}$/u.test(word) && !/\p{Script=Han}/u.test(word));
  return words.length > 1 ? words : [];
}
