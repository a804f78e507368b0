import { createHash } from 'node:crypto';

import type { PersonalKind } from '../../../shared/model/privacy/personal-kinds.ts';
import type { PersonalDataFinder } from '../../privacy/personal-data.ts';
import type { Steps } from '../in-steps.ts';
import type { TextChunk } from './text-chunks.ts';

/** A value with every place where it stands. */
export interface FoundPersonalValue {
  readonly id: string;
  readonly kind: PersonalKind;
  readonly text: string;
  readonly score: number;
  readonly places: readonly { readonly chunk: number; readonly start: number; readonly end: number }[];
}

/** All values of a document. A value that some words gave away is found also where these are missing. */
export function* findValues(
  finder: PersonalDataFinder,
  chunks: readonly TextChunk[],
  ownWords: readonly string[],
): Steps<FoundPersonalValue[]> {
  const values = new Map<string, { id: string; kind: PersonalKind; text: string; score: number }>();
  const places = new Map<string, { chunk: number; start: number; end: number }[]>();
  for (const { text } of chunks) {
    for (const { kind, start, end, score } of finder.find(text, ownWords)) {
      const value = text.slice(start, end);
      const squeezed = finder.squeeze(value);
      if (squeezed === '') continue;
      const known = values.get(squeezed);
      if (known === undefined || known.score < score) {
        const id = createHash('sha256').update(`${kind} ${squeezed}`).digest('hex').slice(0, 24);
        values.set(squeezed, { id, kind, text: known?.text ?? value, score });
      }
    }
    yield;
  }
  const list = [...values.values()];
  const findAll = finder.createValueFinder(list.map(({ text }) => text));
  for (const [chunk, { text }] of chunks.entries()) {
    for (const { value, start, end } of findAll(text)) {
      const id = list[value]?.id ?? '';
      const known = places.get(id);
      if (known === undefined) places.set(id, [{ chunk, start, end }]);
      else known.push({ chunk, start, end });
    }
    yield;
  }
  return list
    .flatMap((value): FoundPersonalValue[] => {
      const found = places.get(value.id) ?? [];
      return found.length === 0 ? [] : [{ ...value, places: found }];
    })
    .toSorted(
      (a, b) =>
        (a.places[0]?.chunk ?? 0) - (b.places[0]?.chunk ?? 0) || (a.places[0]?.start ?? 0) - (b.places[0]?.start ?? 0),
    );
}
