import { tryChooseValues } from './choose-values.ts';
import type { Corpus, EntryOf } from './corpus.ts';
import { familyOf, type FactSource } from './fact.ts';
import { splitOfRelation } from './held-out.ts';
import type { Language } from './slot-lists.ts';
import { fillSlots, slotsOf, typeOfSlot } from './slot-types.ts';

/** The fact objects of the corpus. Those that do not ask for one slot are left out. */
export function writtenFacts(corpus: Corpus, language: Language): FactSource[] {
  return corpus.of('fact', language).flatMap((entry) => {
    const slot = askedSlot(entry);
    return slot === undefined ? [] : [toSource(entry, slot, language)];
  });
}

/** The one slot that every answer has and no question gives away. */
function askedSlot({ q, a }: EntryOf<'fact'>): string | undefined {
  const [first, ...others] = a.map(slotsOf);
  const given = new Set(q.flatMap(slotsOf));
  const shared = (first ?? []).filter((slot) => others.every((slots) => slots.includes(slot)));
  return shared.find((slot) => !given.has(slot)) ?? undefined;
}

function toSource(entry: EntryOf<'fact'>, asked: string, language: Language): FactSource {
  const texts = [...entry.s, ...entry.q, ...entry.a];
  const relation = entry.q[0] ?? entry.d;
  return {
    relation,
    split: splitOfRelation(relation),
    tryFill(wishes) {
      const sentence = wishes.random.pick(entry.s);
      const slots = slotsOf([sentence, ...entry.q, ...entry.a].join(' '));
      const values = tryChooseValues(slots, texts, wishes);
      const value = values?.get(asked);
      if (values === undefined || value === undefined) return undefined;
      // A question or an answer with a slot that this sentence lacks asks for what the document does not tell.
      const told = new Set(slotsOf(sentence));
      const isTold = (text: string): boolean => slotsOf(text).every((slot) => told.has(slot));
      const fill = (text: string): string => fillSlots(text, values);
      const [questions, answers] = [entry.q.filter(isTold), entry.a.filter(isTold)];
      if (!told.has(asked) || questions.length === 0 || answers.length === 0) return undefined;
      return {
        relation,
        language,
        family: familyOf(typeOfSlot(asked)),
        value,
        values: [...values].filter(([slot]) => told.has(slot)).map(([, filled]) => filled),
        statement: fill(sentence),
        questions: questions.map(fill),
        answers: answers.map(fill),
      };
    },
  };
}
