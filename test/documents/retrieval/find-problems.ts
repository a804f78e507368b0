import {
  isAnswered,
  textsOf,
  withoutSpace,
  type AnsweredQuestion,
  type Block,
  type QuestionSet,
  type SourceDocument,
} from './question-set.ts';

/** What keeps a set from being a fair test, a sentence each; none when it is in order. */
export function findProblems(set: QuestionSet): string[] {
  const byId = new Map(set.documents.map((document) => [document.id, document]));
  return [
    ...repeated(set.documents.map(({ id }) => id)).map((id) => `Two documents are called ${id}.`),
    ...repeated(set.questions.map(({ id }) => id)).map((id) => `Two questions are called ${id}.`),
    ...repeated(set.questions.map(({ question }) => question)).map((text) => `Asked twice: ${text}`),
    ...set.questions.flatMap(({ id, documents }) =>
      documents === 'all'
        ? []
        : [
            ...documents.filter((name) => !byId.has(name)).map((name) => `${id} asks about ${name}, which is missing.`),
            ...repeated(documents).map((name) => `${id} asks about ${name} twice.`),
          ],
    ),
    ...set.questions.filter(isAnswered).flatMap((question) => {
      const problem = findAnswerProblem(question, byId.get(question.source));
      return problem === undefined ? [] : [`${question.id}: ${problem}`];
    }),
  ];
}

function findAnswerProblem(question: AnsweredQuestion, source: SourceDocument | undefined): string | undefined {
  const { documents, page, holds } = question;
  if (documents !== 'all' && !documents.includes(question.source)) return 'its source is not among those asked about.';
  const blocks = source?.pages[page - 1]?.blocks;
  if (source === undefined || blocks === undefined) return `${question.source} has no page ${page}.`;
  const holding = blocks.flatMap((block) => Array<Block>(countOf(holds, block)).fill(block));
  const [block] = holding;
  if (block === undefined || holding.length > 1) return `"${holds}" stands ${holding.length} times on page ${page}.`;
  const said = [...answeringTexts(block, holds), headingAbove(source, page, block)].join('\n').toLowerCase();
  if (question.answers.some((answer) => said.includes(answer.toLowerCase()))) return undefined;
  return `nothing near "${holds}" gives one of its answers.`;
}

function countOf(holds: string, block: Block): number {
  return textsOf(block).reduce((sum, text) => sum + withoutSpace(text).split(withoutSpace(holds)).length - 1, 0);
}

/** Of a table, the row and the header over it. */
function answeringTexts(block: Block, holds: string): string[] {
  if (block.kind !== 'table') return textsOf(block);
  const row = block.rows.find((cells) => cells.some((cell) => withoutSpace(cell).includes(withoutSpace(holds))));
  return [...block.header, ...(row ?? [])];
}

function headingAbove(document: SourceDocument, page: number, block: Block): string {
  const upToPage = document.pages.slice(0, page).flatMap(({ blocks }) => blocks);
  const before = upToPage.slice(0, upToPage.indexOf(block));
  const heading = before.findLast(({ kind }) => kind === 'heading');
  return heading === undefined ? '' : textsOf(heading).join('');
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
