import { findSentences } from '../../../shared/model/find-sentences.ts';
import { absentAnswers, anyDocumentPrompt, documentPrompt } from './document-prompt.ts';
import { absentQuestions, composeDocument, pickAskings, type DocumentPlan, type FactDocument } from './document.ts';
import type { ValueWishes } from './choose-values.ts';
import type { FactSource, SubjectSource } from './fact.ts';
import type { Random } from './random.ts';
import type { Sample, SampleTurn } from './sample.ts';
import type { TryMake } from './small-tasks.ts';
import type { Language } from './slot-lists.ts';

const mostQuestions = 10;

export interface QuestionWishes {
  readonly language: Language;
  readonly sources: readonly FactSource[];
  readonly subjects: SubjectSource;
  readonly leastFacts: number;
  readonly mostFacts: number;
  /** From 0 to 1: questions that the document does not answer. */
  readonly absentShare: number;
  /** From 0 to 1: conversations that show only the sentences found for one question, as the app gives them. */
  readonly retrievedShare: number;
}

/** A document and questions about it, one after the other; mostly all it answers, since reading it is what costs. */
export function documentQuestions(wanted: QuestionWishes): TryMake {
  return (wishes) => {
    const { random } = wishes;
    const document = composeDocument(planFor(wanted, wishes));
    if (random.chance(wanted.retrievedShare)) return tryRetrieved(wanted, wishes, document);
    const askings = pickAskings(document, random.chance(0.6) ? mostQuestions : random.whole(1, 4), random);
    const exchanges = askings.map(({ fact, questions }) => {
      const absent = random.chance(wanted.absentShare) ? tryAbsent(wanted, wishes, document) : undefined;
      return absent ?? { question: random.pick(questions), answer: pickAnswer(fact.answers, fact.value, random) };
    });
    const [first, ...later] = exchanges;
    if (first === undefined) return undefined;
    const opening = anyDocumentPrompt(document.text, first.question, wanted.language, random);
    return toSample([{ question: opening, answer: first.answer }, ...later]);
  };
}

function tryRetrieved(wanted: QuestionWishes, wishes: ValueWishes, document: FactDocument): Sample | undefined {
  const { random } = wishes;
  const [asking] = pickAskings(document, 1, random);
  if (asking === undefined) return undefined;
  const { fact, questions } = asking;
  const absent = random.chance(wanted.absentShare) ? tryAbsent(wanted, wishes, document) : undefined;
  const { question, answer } = absent ?? {
    question: random.pick(questions),
    answer: pickAnswer(fact.answers, fact.value, random),
  };
  const found = findSentences(document.text, question, random.whole(1, 3)).join('\n');
  // A question whose sentence was not found would teach to invent.
  if (absent === undefined && !found.includes(fact.value)) return undefined;
  return toSample([{ question: documentPrompt(found, question), answer }]);
}

function planFor(wanted: QuestionWishes, wishes: ValueWishes): DocumentPlan {
  const { random } = wishes;
  return {
    facts: random.whole(wanted.leastFacts, wanted.mostFacts),
    language: wanted.language,
    wishes,
    sources: wanted.sources,
    subjects: wanted.subjects,
    cardShare: random.pick([0, 0.15, 0.5]),
    twinShare: random.pick([0, 0.3]),
  };
}

export function tryAbsent(
  { sources, language }: Pick<QuestionWishes, 'sources' | 'language'>,
  wishes: ValueWishes,
  document: FactDocument,
): { question: string; answer: string } | undefined {
  const { random } = wishes;
  const fact = random
    .pick(sources)
    .tryFill({ ...wishes, taken: new Set(document.facts.flatMap(({ values }) => values)) });
  const questions = fact === undefined ? [] : absentQuestions(fact, document);
  if (questions.length === 0) return undefined;
  return { question: random.pick(questions), answer: random.pick(absentAnswers[language]) };
}

/** Mostly whole sentences: a value after a space is another token than one at the beginning. */
function pickAnswer(answers: readonly string[], value: string, random: Random): string {
  const sentences = answers.filter((answer) => !answer.startsWith(value));
  return random.pick(sentences.length > 0 && random.chance(0.75) ? sentences : answers);
}

function toSample(exchanges: readonly { question: string; answer: string }[]): Sample {
  return {
    kind: 'document',
    turns: exchanges.flatMap(({ question, answer }): SampleTurn[] => [
      { role: 'user', text: question },
      { role: 'assistant', text: answer },
    ]),
  };
}
