import type { Fact } from './fact.ts';
import { keyWords, shareFound } from './key-words.ts';

/** From here on another statement sounds like an answer to a question. */
const sameFamilyLimit = 0.5;
const otherFamilyLimit = 0.8;

/** Whether `other` could be taken for the answer to a question about `fact`. */
export function couldAnswer(other: Fact, question: string, fact: Fact): boolean {
  // A question that names something the other statement lacks cannot be about that.
  const anchors = fact.values.filter((value) => value !== fact.value && question.includes(value));
  const anchored = anchors.some((anchor) => !other.statement.includes(anchor));
  if (anchored) return false;
  if (other.relation === fact.relation) return true;
  const wanted = remembered(fact, question);
  if (wanted.size === 0) return anchors.length === 0 || other.family === fact.family;
  const told = remembered(other, other.statement);
  return shareFound(wanted, told) >= (other.family === fact.family ? sameFamilyLimit : otherFamilyLimit);
}

/** Questions about `fact` that none of the others could answer. */
export function clearQuestions(fact: Fact, others: readonly Fact[]): string[] {
  return fact.questions.filter((question) => !others.some((other) => couldAnswer(other, question, fact)));
}

/** Of each fact, whether at least one question is left that only it answers, and that its value stands nowhere else. */
export function standsAlone(fact: Fact, others: readonly Fact[]): boolean {
  if (others.some((other) => mentions(other.statement, fact.value) || mentions(fact.statement, other.value))) {
    return false;
  }
  return clearQuestions(fact, others).length > 0;
}

/** A value at the beginning of a sentence has a capital. */
function mentions(text: string, value: string): boolean {
  return text.toLowerCase().includes(value.toLowerCase());
}

/** Every new fact of a document is held against all others, so the same texts come again and again. */
const memory = new WeakMap<Fact, Map<string, ReadonlySet<string>>>();

function remembered(fact: Fact, text: string): ReadonlySet<string> {
  const known = memory.get(fact) ?? new Map<string, ReadonlySet<string>>();
  memory.set(fact, known);
  const words = known.get(text) ?? keyWords(text, fact.language, fact.values);
  known.set(text, words);
  return words;
}
