import type { PassageInfo } from '../../../shared/contract/index.ts';
import { tryAcceptTitle } from '../check-title.ts';
import { chooseFacts, extractFacts, type SourceMessage } from '../extract-facts.ts';
import { summariseSentences } from '../summarise-sentences.ts';
import { scriptOf } from '../terms.ts';
import type { Asking, TaskModel } from './ask-model.ts';
import { placeMark } from './page-words.ts';
import { createShown } from './show-text.ts';
import { roomTokens } from './task-budgets.ts';
import { isNamed, type TaskWork } from './task-work.ts';
import { outlineOf } from './outline-of.ts';

/** The model sees so much of a document when it is asked for a title; it was trained on about as much. */
const titleChars = 600;
const titleTokens = 32;
const mostQuestions = 8;

/**
 * Tasks for a very small model, which can name a text and little else: what it cannot do well is made of the document's
 * own sentences, and it says so where it can do nothing.
 */
export async function* doPlainTask(work: TaskWork, model: TaskModel): Asking<void> {
  const { language, task } = work;
  const shown = createShown(work.written);
  switch (task.kind) {
    case 'summary': {
      const title = yield* askTitle(work, model);
      if (title !== undefined) yield* shown.add(`**${title}**\n\n`);
      return yield* shown.add(plainSummary(work, roomTokens.plain) || nothingFound(language));
    }
    case 'keyFacts':
      return yield* shown.add(plainFacts(work) || nothingFound(language));
    case 'questions':
      return yield* shown.add(plainQuestions(work) || nothingFound(language));
    case 'outline':
      return yield* shown.add(outlineOf(work.passages, work) || nothingFound(language));
    case 'translate':
      return yield* shown.add(
        language === 'zh'
          ? '自带的小模型不会翻译。请选择其他模型，再重新生成这个回答。'
          : 'The small model that comes with the app cannot translate. Choose another model and ask for this answer again.',
      );
  }
}

/** The sentences that say most, each with its page. */
export function plainSummary(work: TaskWork, budgetTokens: number): string {
  const sentences = summariseSentences(sourcesOf(work.passages), budgetTokens).split('\n');
  return lines(
    work,
    sentences.flatMap((text) => placed(text, work.passages)),
  );
}

function plainFacts(work: TaskWork): string {
  const facts = chooseFacts(extractFacts(sourcesOf(work.passages)), roomTokens.plainFacts);
  return lines(
    work,
    facts.flatMap(({ text, messageId }) => {
      const passage = work.passages[Number(messageId)];
      return passage === undefined ? [] : [{ text, passage }];
    }),
  );
}

function plainQuestions({ passages, language }: TaskWork): string {
  const titles = [...new Set(passages.flatMap(({ headings }) => headings.slice(-1)))];
  const step = Math.max(1, titles.length / mostQuestions);
  const chosen = titles.filter((_, index) => Math.floor(index % step) === 0).slice(0, mostQuestions);
  return chosen
    .map((title) => (language === 'zh' ? `- 关于“${title}”，文中说了什么？` : `- What does it say about “${title}”?`))
    .join('\n');
}

async function* askTitle(work: TaskWork, model: TaskModel): Asking<string | undefined> {
  const text = work.passages
    .slice(0, 8)
    .map((passage) => passage.text)
    .join('\n')
    .slice(0, titleChars)
    .toWellFormed();
  const request = scriptOf(text) === 'wide' ? '给这段文字起个标题。' : 'Give this text a title.';
  const question = {
    instruction: { system: '', request },
    text,
    mostTokens: titleTokens,
    documentIds: work.passages.slice(0, 1).map(({ documentId }) => documentId),
    accept: (answer: string) => tryAcceptTitle(answer, text, ''),
  };
  const kept = model.kept(question);
  if (kept !== undefined) return kept;
  const answer = yield* model.ask(question);
  return answer.kind === 'text' ? answer.text : undefined;
}

function sourcesOf(passages: readonly PassageInfo[]): SourceMessage[] {
  return passages.map(({ text }, index) => ({ id: `${index}`, role: 'assistant', text }));
}

function placed(text: string, passages: readonly PassageInfo[]): { text: string; passage: PassageInfo }[] {
  const passage = passages.find((each) => each.text.includes(text));
  return text === '' || passage === undefined ? [] : [{ text, passage }];
}

function lines(work: TaskWork, points: readonly { readonly text: string; readonly passage: PassageInfo }[]): string {
  return points
    .map(({ text, passage }) => `- ${listed(text)} ${placeMark(passage, work.language, isNamed(work))}`)
    .join('\n');
}

/** A sentence that was a line of a list or a heading is none here. */
function listed(text: string): string {
  return text.replace(/^\s*(?:[-*•]|#{1,6})\s+/u, '');
}

function nothingFound(language: TaskWork['language']): string {
  return language === 'zh'
    ? '文档里没有找到可用的内容。请选择其他模型再试。'
    : 'Nothing in the document could be used for this. Choose another model and try again.';
}
