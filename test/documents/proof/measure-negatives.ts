import { checkAnswer } from '../../../shared/model/documents/proof/check-answer.ts';
import type { DocumentStore } from '../../../electron/store/document-store.ts';
import { rankByWords } from '../../../electron/documents/passage-ranker.ts';
import { documentsAskedAbout, type NegativeQuestion, type QuestionSet } from '../retrieval/question-set.ts';
import { givenPassages } from './given-passages.ts';

/** What becomes of questions that the documents do not answer. */
export interface NegativesMeasure {
  readonly asked: number;
  /** Nothing was found that has to do with them. */
  readonly nothing: number;
  /** Of the others, those of which no invented answer was ascribed to a passage, or kept a source that it named. */
  readonly uncited: number;
  /** Each question with an invented answer that was. */
  readonly cited: readonly string[];
}

/**
 * Asks what the documents do not say, by words alone, and answers like a model that makes something up: with the words of
 * the question, with a number, and with a name, that stand nowhere.
 */
export function measureNegatives(store: DocumentStore, set: QuestionSet): NegativesMeasure {
  const questions = set.questions.filter((question): question is NegativeQuestion => question.kind === 'negative');
  const names = new Map(set.documents.map(({ id, name }) => [id, name]));
  let [nothing, uncited] = [0, 0];
  const cited: string[] = [];
  for (const asked of questions) {
    const { id, question } = asked;
    const documents = documentsAskedAbout(set, asked);
    const found = rankByWords(store, { documents, question, before: '' });
    const passages = givenPassages(store, found, names);
    const marksOf = (answer: string) => checkAnswer(answer, question, passages).marks.map(({ type }) => type);
    const ascribed = inventedAnswers(question).filter((answer) => marksOf(answer).includes('supported'));
    const named = passages.length === 0 ? [] : [withSource(question)].filter((answer) => marksOf(answer).length === 0);
    const wrong = [...ascribed, ...named];
    if (passages.length === 0) nothing += 1;
    else if (wrong.length === 0) uncited += 1;
    cited.push(...wrong.map((answer) => `${id}: ${answer}`));
  }
  return { asked: questions.length, nothing, uncited, cited };
}

/** English questions become claims by their words; that they are clumsy makes no difference to a comparison of words. */
function inventedAnswers(question: string): string[] {
  const words = question.replace(/[?？]\s*$/u, '').trim();
  return /\p{Script=Han}/u.test(words)
    ? [`${words}：98765。`, `${words}，是阙若溪。`, `${words}。`]
    : [`${words}: 98,765.`, `${words}: Quillan Abernox.`, `${words}.`];
}

/** A number that stands nowhere, with a source that it was not taken from. */
function withSource(question: string): string {
  return (inventedAnswers(question)[0] ?? '').replace(/([.。])$/u, ' [1]$1');
}
