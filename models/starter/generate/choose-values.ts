import { chineseValue } from './chinese-values.ts';
import { englishValue } from './english-values.ts';
import { splitOfValue, type Split } from './held-out.ts';
import type { Random } from './random.ts';
import { rangeOf } from './ranges.ts';
import type { Language } from './slot-lists.ts';
import { typeOfSlot, type SlotType } from './slot-types.ts';

/** Sets too small to keep a part of them from learning. */
const closedTypes: ReadonlySet<SlotType> = new Set(['WEEKDAY', 'MONTH', 'SMALLNUM', 'COLOR', 'DEPARTMENT', 'TIME']);

export interface ValueWishes {
  readonly language: Language;
  readonly split: Split;
  readonly random: Random;
  /** Values already in the document, which may not come again. */
  readonly taken?: ReadonlySet<string>;
}

const attempts = 60;

/**
 * A value for every slot: of the wished split, within the range that the object's words ask for, and different from all
 * others of the document. Undefined when a type has no such value left.
 */
export function tryChooseValues(
  slots: readonly string[],
  texts: readonly string[],
  wishes: ValueWishes,
): Map<string, string> | undefined {
  const values = new Map<string, string>();
  const used = new Set(wishes.taken);
  for (const slot of slots) {
    const value = tryChooseValue(slot, texts, wishes, used);
    if (value === undefined) return undefined;
    values.set(slot, value);
    used.add(value);
  }
  return values;
}

function tryChooseValue(
  slot: string,
  texts: readonly string[],
  { language, split, random }: ValueWishes,
  used: ReadonlySet<string>,
): string | undefined {
  const type = typeOfSlot(slot);
  const range = rangeOf(type, slot, texts);
  const make = language === 'zh' ? chineseValue : englishValue;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const value = make(type, random, range);
    if (used.has(value)) continue;
    if (closedTypes.has(type) || splitOfValue(value) === split) return value;
  }
  return undefined;
}
