import { clearQuestions, standsAlone } from './ambiguity.ts';
import type { ValueWishes } from './choose-values.ts';
import type { Fact, FactSource, SubjectSource } from './fact.ts';
import type { Random } from './random.ts';
import type { Language } from './slot-lists.ts';
import { writeLayout } from './layouts.ts';

/** What can be asked about a document: the question has one answer in it, in one place. */
export interface Asking {
  readonly fact: Fact;
  readonly questions: readonly string[];
}

export interface FactDocument {
  readonly text: string;
  readonly facts: readonly Fact[];
  /** In the order of the document; facts that another one comes too close to are not asked for. */
  readonly askings: readonly Asking[];
}

export interface DocumentPlan {
  readonly facts: number;
  readonly language: Language;
  /** Of the values. */
  readonly wishes: Omit<ValueWishes, 'taken'>;
  readonly sources: readonly FactSource[];
  readonly subjects: SubjectSource;
  /** From 0 to 1: how much of it is about one thing of which several things are told. */
  readonly cardShare: number;
  /** From 0 to 1: how many facts come again about something else, so that only the names tell them apart. */
  readonly twinShare: number;
}

export function composeDocument(plan: DocumentPlan): FactDocument {
  const { random } = plan.wishes;
  const facts: Fact[] = [];
  const taken = new Set<string>();
  const add = (fact: Fact | undefined): boolean => {
    if (fact === undefined || !fitsIn(fact, facts)) return false;
    facts.push(fact);
    for (const value of fact.values) taken.add(value);
    return true;
  };
  let rounds = 0;
  while (facts.length < plan.facts && rounds < plan.facts * 6) {
    rounds += 1;
    const wishes = { ...plan.wishes, taken };
    if (random.chance(plan.cardShare)) {
      const room = Math.min(plan.facts - facts.length, random.whole(2, 5));
      for (const fact of plan.subjects.tryFill(wishes, room)) add(fact);
      continue;
    }
    const source = random.pick(plan.sources);
    if (add(source.tryFill(wishes)) && facts.length < plan.facts && random.chance(plan.twinShare)) {
      add(source.tryFill({ ...plan.wishes, taken }));
    }
  }
  const { text, ordered } = writeLayout(facts, plan.language, random);
  return { text, facts: ordered, askings: askingsOf(ordered) };
}

/** A new fact may not make one of those already there unanswerable. */
function fitsIn(fact: Fact, facts: readonly Fact[]): boolean {
  if (facts.some(({ statement }) => statement === fact.statement)) return false;
  return (
    standsAlone(fact, facts) &&
    facts.every((other) => standsAlone(other, [...facts.filter((each) => each !== other), fact]))
  );
}

function askingsOf(facts: readonly Fact[]): Asking[] {
  return facts.map((fact) => ({
    fact,
    questions: clearQuestions(
      fact,
      facts.filter((other) => other !== fact),
    ),
  }));
}

/** The question that the document does not answer: what `fact` tells is nowhere in it, and nothing sounds like it. */
export function absentQuestions(fact: Fact, document: FactDocument): string[] {
  if (document.text.toLowerCase().includes(fact.value.toLowerCase())) return [];
  return clearQuestions(fact, document.facts);
}

export function pickAskings(document: FactDocument, count: number, random: Random): Asking[] {
  return random.sample(
    document.askings.filter(({ questions }) => questions.length > 0),
    count,
  );
}
