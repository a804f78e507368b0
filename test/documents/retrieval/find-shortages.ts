import { isAnswered, textsOf, type QuestionSet, type SourceDocument } from './question-set.ts';

/** What a set of this size lacks to say something about retrieval, a sentence each; none when nothing. */
export function findShortages({ documents, questions }: QuestionSet): string[] {
  const answered = questions.filter(isAnswered);
  const ofKind = (kind: string) => questions.filter((question) => question.kind === kind).length;
  const asking = (fits: (asked: number) => boolean) =>
    questions.filter((question) => question.documents !== 'all' && fits(question.documents.length)).length;
  return [
    ...short('documents', documents.length, 24),
    ...short('Chinese documents', documents.filter(({ language }) => language === 'zh').length, 8),
    ...documents.flatMap((document) => [
      ...short(`words or characters in ${document.id}`, lengthOf(document), 600),
      ...(lengthOf(document) > 3000 ? [`${document.id} is longer than 3000 words or characters.`] : []),
      ...short(`questions about ${document.id}`, answered.filter(({ source }) => source === document.id).length, 6),
    ]),
    ...short('questions', questions.length, 200),
    ...short('Chinese questions', questions.filter(({ language }) => language === 'zh').length, 60),
    ...short('questions nothing answers', ofKind('negative'), 25),
    ...short('questions about tables', ofKind('table'), 40),
    ...short('questions about sections', ofKind('section'), 10),
    ...short('questions in words of their own', ofKind('paraphrase'), Math.ceil(answered.length / 3)),
    ...short(
      'questions about one document',
      asking((count) => count === 1),
      40,
    ),
    ...short(
      'questions about several documents',
      asking((count) => count > 1),
      40,
    ),
    ...short('questions about all documents', questions.filter((question) => question.documents === 'all').length, 40),
  ];
}

/** Words, or of Chinese the characters. */
function lengthOf({ language, pages }: SourceDocument): number {
  const text = pages.flatMap(({ blocks }) => blocks.flatMap(textsOf)).join(' ');
  return language === 'zh' ? text.replaceAll(/\s/g, '').length : text.split(/\s+/).length;
}

function short(what: string, has: number, least: number): string[] {
  return has < least ? [`There are ${has} ${what}, where ${least} are the least.`] : [];
}
