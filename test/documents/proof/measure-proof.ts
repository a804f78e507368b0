import { askedTerms } from '../../../electron/documents/terms.ts';
import type { DocumentStore } from '../../../electron/store/document-store.ts';
import { checkAnswer } from '../../../shared/model/documents/proof/check-answer.ts';
import type { GivenPassage } from '../../../shared/model/documents/proof/given-passage.ts';
import { splitSentences } from '../../../shared/model/find-sentences.ts';
import {
  documentsAskedAbout,
  isAnswered,
  withoutSpace,
  type AnsweredQuestion,
  type QuestionSet,
} from '../retrieval/question-set.ts';
import { givenPassages } from './given-passages.ts';

/** What checking came to, over answers of which is known what is right. */
export interface ProofMeasure {
  /** Sentences that name no source. */
  readonly asked: number;
  /** Of them, those for which one was found, and those for which it is on the right page of the right document. */
  readonly found: number;
  readonly rightPage: number;
  /** The same for the bare words of the answer: `1,250 euros`. */
  readonly bareAsked: number;
  readonly bareFound: number;
  readonly bareRightPage: number;
  /** Sentences with a number that stands nowhere, of which none may be borne out. */
  readonly untrue: number;
  readonly untrueFound: number;
  /** Passages that such sentences and bare answers were ascribed to when the right one was not given, over all tries. */
  readonly absent: number;
  readonly absentFound: number;
  /** Answers that are right, and marks on them; every one of those is wrong. */
  readonly rightAnswers: number;
  readonly wrongMarks: readonly string[];
  /** Answers with one number changed that name their source, and those in which that was seen. */
  readonly changedNumbers: number;
  readonly seenNumbers: number;
  /** Quotations with one word changed, and those that were seen. */
  readonly changedQuotes: number;
  readonly seenQuotes: number;
  readonly strays: readonly string[];
  readonly misses: readonly { readonly question: string; readonly sentence: string; readonly page: number }[];
}

/** Ranked, of which few are given. */
const candidates = 40;

/**
 * Asks the set with the passages that a model would be given, and answers with the sentence of the document that holds the
 * answer: as it is, in quotation marks, and with something in it changed.
 */
export function measureProof(store: DocumentStore, set: QuestionSet): ProofMeasure {
  const total = {
    asked: 0,
    found: 0,
    rightPage: 0,
    bareAsked: 0,
    bareFound: 0,
    bareRightPage: 0,
    untrue: 0,
    untrueFound: 0,
    absent: 0,
    absentFound: 0,
    rightAnswers: 0,
    changedNumbers: 0,
    seenNumbers: 0,
    changedQuotes: 0,
    seenQuotes: 0,
  };
  const wrongMarks: string[] = [];
  const strays: string[] = [];
  const misses: { question: string; sentence: string; page: number }[] = [];
  for (const question of set.questions.filter(isAnswered)) {
    const passages = passagesFor(store, set, question);
    const right = passages.find((passage) => isRight(passage, question));
    const sentence = right && sentenceWith(right.text, question);
    if (right === undefined || sentence === undefined) continue;
    const check = (answer: string) => checkAnswer(answer, question.question, passages);

    total.asked += 1;
    const pageOf = (answer: string): 'none' | 'right' | 'wrong' => {
      const [mark] = check(answer).marks.filter(({ type }) => type === 'supported');
      if (mark?.type !== 'supported') return 'none';
      const cited = passages.find(({ number }) => number === mark.number);
      if (cited?.documentId === question.source && cited.page === question.page) return 'right';
      misses.push({ question: question.id, sentence: answer, page: cited?.page ?? 0 });
      return 'wrong';
    };
    const whole = pageOf(sentence);
    if (whole !== 'none') total.found += 1;
    if (whole === 'right') total.rightPage += 1;
    wrongMarks.push(
      ...check(sentence).marks.flatMap(({ type }) => (type === 'supported' ? [] : [`${question.id}: ${sentence}`])),
    );
    total.bareAsked += 1;
    const bare = pageOf(`${question.answers[0] ?? ''}.`);
    if (bare !== 'none') total.bareFound += 1;
    if (bare === 'right') total.bareRightPage += 1;

    const others = passages.filter((passage) => passage !== right);
    for (const answer of [sentence, `${question.answers[0] ?? ''}.`]) {
      total.absent += 1;
      const ascribed = checkAnswer(answer, question.question, others).sources[0];
      if (ascribed === undefined) continue;
      total.absentFound += 1;
      const text = others.find(({ number }) => number === ascribed)?.text.slice(0, 300) ?? '';
      strays.push(`${question.id}: ${question.question} | ${answer} -> ${text}`);
    }

    for (const answer of [`${sentence} [${right.number}]`, `“${sentence}” [${right.number}]`]) {
      total.rightAnswers += 1;
      wrongMarks.push(...check(answer).marks.map(({ start, end }) => `${question.id}: ${answer.slice(start, end)}`));
    }

    const number = withOtherNumber(sentence);
    if (number !== undefined) {
      total.changedNumbers += 1;
      total.untrue += 1;
      if (check(number).marks.some(({ type }) => type === 'supported')) total.untrueFound += 1;
      if (check(`${number} [${right.number}]`).marks.length > 0) total.seenNumbers += 1;
    }
    const quote = withOtherWord(sentence);
    if (quote !== undefined) {
      total.changedQuotes += 1;
      if (check(`“${quote}” [${right.number}]`).marks.some(({ type }) => type === 'wrongQuote')) total.seenQuotes += 1;
    }
  }
  return { ...total, wrongMarks, misses, strays };
}

function passagesFor(store: DocumentStore, set: QuestionSet, question: AnsweredQuestion): GivenPassage[] {
  const names = new Map(set.documents.map(({ id, name }) => [id, name]));
  const documentIds = documentsAskedAbout(set, question).map(({ id }) => id);
  return givenPassages(store, store.search(documentIds, askedTerms(question.question), candidates), names);
}

function isRight({ documentId, page, text }: GivenPassage, { source, page: asked, holds }: AnsweredQuestion): boolean {
  return documentId === source && page === asked && withoutSpace(text).includes(withoutSpace(holds));
}

/** As prose: a row of a table as its cells. */
function sentenceWith(text: string, { holds }: AnsweredQuestion): string | undefined {
  const found = splitSentences(text).find((sentence) => withoutSpace(sentence).includes(withoutSpace(holds)));
  const words = found
    ?.split('\n')
    .at(-1)
    ?.replaceAll(/^\s*[•|-]\s*|\s*\|\s*$/g, '')
    .replaceAll(/\s*\|\s*/g, ', ');
  return words === undefined || words.includes('"') || words.includes('“') ? undefined : words;
}

/** The largest whole number of two digits or more becomes another that stands nowhere. */
function withOtherNumber(sentence: string): string | undefined {
  const numbers = [...sentence.matchAll(/(?<![\p{L}\p{N}.,:/-])\d{2,4}(?![\p{N}.,:/-])/gu)];
  const last = numbers.filter(({ 0: digits }) => Number(digits) > 12).at(-1);
  if (last === undefined) return undefined;
  return `${sentence.slice(0, last.index)}98765${sentence.slice(last.index + last[0].length)}`;
}

/** In English its longest word, in Chinese two characters in its middle. */
function withOtherWord(sentence: string): string | undefined {
  if (/\p{Script=Han}/u.test(sentence)) {
    const characters = [...sentence];
    if (characters.length < 14) return undefined;
    const middle = Math.floor(characters.length / 2);
    return [...characters.slice(0, middle), ...'猫狗', ...characters.slice(middle + 2)].join('');
  }
  const words = sentence.match(/\p{L}+/gu) ?? [];
  if (words.length < 6) return undefined;
  const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? '';
  return sentence.replace(longest, 'giraffe');
}
