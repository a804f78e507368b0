import { beforeAll, describe, expect, it } from 'vitest';

import { findProblems } from './retrieval/find-problems.ts';
import { findShortages } from './retrieval/find-shortages.ts';
import {
  documentsAskedAbout,
  isAnswered,
  isRightPassage,
  questionSchema,
  sourceDocumentSchema,
  type AnsweredQuestion,
  type QuestionSet,
} from './retrieval/question-set.ts';
import { passagesOf, rankByOverlap } from './retrieval/rank-by-overlap.ts';
import { readQuestionSet } from './retrieval/read-question-set.ts';

describe('the committed question set', () => {
  const set = readQuestionSet();
  const answered = set.questions.filter(isAnswered);
  const allPassages = passagesOf(set.documents);

  function passagesAskedAbout(question: AnsweredQuestion) {
    const ids = new Set(documentsAskedAbout(set, question).map(({ id }) => id));
    return allPassages.filter(({ documentId }) => ids.has(documentId));
  }

  it('gives no answer away in the question', () => {
    const given = answered.filter(
      ({ kind, question, answers }) =>
        kind !== 'section' && answers.some((answer) => answer.length > 2 && question.includes(answer)),
    );
    expect(given).toEqual([]);
  });

  it('has one block that answers, however the blocks are asked about', () => {
    const unclear = answered.filter((question) => {
      const right = passagesAskedAbout(question).filter((passage) => isRightPassage(passage, question));
      return right.length !== 1;
    });
    expect(unclear).toEqual([]);
  });

  it('says what is lacking once it is cut down', () => {
    const few = { documents: set.documents.slice(0, 3), questions: set.questions.slice(0, 20) };
    expect(findShortages(few)).toContain('There are 3 documents, where 24 are the least.');
    expect(findShortages(few)).toContain('There are 20 questions, where 200 are the least.');
  });

  describe('by shared words alone', () => {
    const shares = { chance: 0, first: 0, topFive: 0 };

    beforeAll(() => {
      for (const question of answered) {
        const passages = passagesAskedAbout(question);
        const rank = rankByOverlap(passages, question.question).findIndex((one) => isRightPassage(one, question));
        shares.chance += Math.min(1, 5 / passages.length) / answered.length;
        shares.first += (rank === 0 ? 1 : 0) / answered.length;
        shares.topFive += (rank < 5 ? 1 : 0) / answered.length;
      }
    });

    it('is not to be guessed: five passages at random seldom hold the one that answers', () => {
      expect(shares.chance).toBeLessThan(0.15);
    });

    it('is not trivial: many right passages are not found first, or not among the first five', () => {
      expect(shares.first).toBeLessThan(0.7);
      expect(shares.topFive).toBeLessThan(0.9);
    });

    it('is not impossible: most right passages are among the first five', () => {
      expect(shares.first).toBeGreaterThan(0.4);
      expect(shares.topFive).toBeGreaterThan(0.7);
    });
  });
});

const lease = sourceDocumentSchema.parse({
  id: 'lease',
  name: 'Lease',
  language: 'en',
  pages: [
    {
      blocks: [
        { kind: 'heading', level: 1, text: 'Deposits' },
        {
          kind: 'table',
          header: ['What', 'Amount'],
          rows: [
            ['Keys', '60 euros'],
            ['Cat', '300 euros'],
          ],
        },
        { kind: 'paragraph', text: 'The caretaker answers on weekdays. Call the caretaker first.' },
      ],
    },
    { blocks: [{ kind: 'paragraph', text: 'Rent is due on the third working day.' }] },
  ],
});

const aboutKeys: AnsweredQuestion = {
  id: 'lease-01',
  language: 'en',
  documents: ['lease'],
  question: 'How much for the keys?',
  kind: 'table',
  source: 'lease',
  answers: ['60 euros'],
  page: 1,
  holds: 'Keys',
};

function problemsWith(change: Partial<AnsweredQuestion>): string[] {
  const set: QuestionSet = { documents: [lease], questions: [{ ...aboutKeys, ...change }] };
  return findProblems(set);
}

describe('checking a question set', () => {
  it('finds nothing wrong with a question whose row gives the answer', () => {
    expect(problemsWith({})).toEqual([]);
  });

  it('takes an answer that the heading gives', () => {
    expect(problemsWith({ kind: 'section', answers: ['Deposits'] })).toEqual([]);
  });

  it('finds words that stand nowhere on the page, or more than once', () => {
    expect(problemsWith({ page: 2 })).toEqual(['lease-01: "Keys" stands 0 times on page 2.']);
    expect(problemsWith({ holds: 'caretaker' })).toEqual(['lease-01: "caretaker" stands 2 times on page 1.']);
    expect(problemsWith({ holds: 'euros' })).toEqual(['lease-01: "euros" stands 2 times on page 1.']);
  });

  it('finds words that run from one cell into the next, since no file keeps them together', () => {
    expect(problemsWith({ holds: 'Keys 60 euros' })).toEqual(['lease-01: "Keys 60 euros" stands 0 times on page 1.']);
  });

  it('finds an answer that only another row gives', () => {
    expect(problemsWith({ answers: ['300 euros'] })).toEqual([
      'lease-01: nothing near "Keys" gives one of its answers.',
    ]);
  });

  it('finds pages and documents that are missing', () => {
    expect(problemsWith({ page: 3 })).toEqual(['lease-01: lease has no page 3.']);
    expect(problemsWith({ documents: ['lease', 'bill'] })).toEqual(['lease-01 asks about bill, which is missing.']);
    expect(problemsWith({ documents: 'all', source: 'bill' })).toEqual(['lease-01: bill has no page 1.']);
  });

  it('finds a source that is not asked about, and what is there twice', () => {
    const bill = { ...lease, id: 'bill' };
    const elsewhere: QuestionSet = { documents: [lease, bill], questions: [{ ...aboutKeys, documents: ['bill'] }] };
    expect(findProblems(elsewhere)).toEqual(['lease-01: its source is not among those asked about.']);
    expect(findProblems({ documents: [lease, lease], questions: [aboutKeys, aboutKeys] })).toEqual([
      'Two documents are called lease.',
      'Two questions are called lease-01.',
      'Asked twice: How much for the keys?',
    ]);
  });

  it('refuses a negative with an answer, and a fact without', () => {
    const { id, language, documents, question } = aboutKeys;
    const asked = { id, language, documents, question };
    expect(questionSchema.safeParse({ ...asked, kind: 'negative', answers: [] }).success).toBe(true);
    expect(questionSchema.safeParse({ ...asked, kind: 'negative', answers: ['60 euros'] }).success).toBe(false);
    expect(questionSchema.safeParse({ ...aboutKeys, answers: [] }).success).toBe(false);
  });

  it('refuses a table with a row of another width', () => {
    const table = { kind: 'table', header: ['What', 'Amount'], rows: [['Keys']] };
    const crooked = { ...lease, pages: [...lease.pages, { blocks: [table] }] };
    expect(sourceDocumentSchema.safeParse(crooked).success).toBe(false);
  });
});

describe('judging a passage', () => {
  const passage = { documentId: 'lease', firstPage: 1, lastPage: 2, text: '| Ke\nys | 60 euros |' };

  it('ignores where lines are broken, and takes a passage that runs over two pages', () => {
    expect(isRightPassage(passage, aboutKeys)).toBe(true);
  });

  it('wants the document, the page and the words', () => {
    expect(isRightPassage({ ...passage, documentId: 'bill' }, aboutKeys)).toBe(false);
    expect(isRightPassage({ ...passage, firstPage: 2 }, aboutKeys)).toBe(false);
    expect(isRightPassage({ ...passage, text: '| Cat | 300 euros |' }, aboutKeys)).toBe(false);
  });
});
