import type { DocumentPageReport, DocumentTask, PassageInfo } from '../../../shared/contract/index.ts';
import type { Documents } from '../../documents/documents.ts';
import type { DocumentStore } from '../../store/document-store.ts';
import type { Store } from '../../store/store.ts';
import type { PromptRequest } from '../context.ts';
import type { TaskLanguage } from './page-words.ts';
import { tokensOf } from './plan-pieces.ts';
import { recogniseTask } from './recognise-task.ts';
import type { TaskWork } from './task-work.ts';

/** Where tasks are found, and what they are about. */
export interface TaskSource {
  readonly messages: Pick<Store['messages'], 'ancestors' | 'ancestorIds' | 'find'>;
  readonly ofConversation: DocumentStore['ofConversation'];
  readonly whole: Documents['whole'];
  readonly report: Documents['report'];
  readonly results: Store['taskResults'];
  readonly now: () => number;
}

/** The last words of a branch: an answer to be continued, what it answers, and questions right before that. */
const lookedAt = 4;

/**
 * What is to be done with whole documents, if the last question asks for that: because it was chosen from a menu, or
 * because a few plain words say so and the documents are too long to be read beside the conversation.
 *
 * @param roomTokens what may be read of documents beside a conversation
 */
export function findTask(source: TaskSource, request: PromptRequest, roomTokens: number): TaskWork | undefined {
  const links = source.ofConversation(request.conversationId);
  if (links.length === 0) return undefined;
  const [head, ...before] = source.messages.ancestors(request.headId, lookedAt);
  const question = head?.role === 'user' ? head : before.find(({ role }) => role === 'user');
  if (head === undefined || question === undefined) return undefined;
  const chosen = source.messages.find(question.id)?.task;
  const task = chosen ?? recogniseTask(question.text);
  if (task === undefined) return undefined;
  const passages = inPages(source.whole(documentsOf(source, request.headId, question.id, links)), task);
  if (passages.length === 0) return undefined;
  const isLong = (): boolean => passages.reduce((sum, passage) => sum + tokensOf(passage), 0) > roomTokens;
  if (chosen === undefined && !isLong()) return undefined;
  return {
    task,
    words: question.text,
    language: languageOf(question.text, passages),
    passages,
    contents: contentsOf(source, passages, task),
    written: head.role === 'assistant' ? head.text : '',
    fresh: request.again ?? false,
    systemPrompt: request.systemPrompt,
    contextTokens: request.contextTokens,
    tokenScale: request.tokenScale,
    plainReader: request.plainReader ?? false,
    results: source.results,
    now: source.now,
  };
}

/** Those of the question itself; when it came without any, all of the branch. */
function documentsOf(
  source: TaskSource,
  headId: string,
  questionId: string,
  links: ReturnType<TaskSource['ofConversation']>,
): string[] {
  const own = links.filter(({ messageId }) => messageId === questionId);
  if (own.length > 0) return [...new Set(own.map(({ documentId }) => documentId))];
  const branch = new Set(source.messages.ancestorIds(headId));
  return [...new Set(links.filter(({ messageId }) => branch.has(messageId)).map(({ documentId }) => documentId))];
}

/** Of the documents that bring a table of contents along. */
function contentsOf(
  source: TaskSource,
  passages: readonly PassageInfo[],
  { kind, pages: range }: DocumentTask,
): ReadonlyMap<string, readonly DocumentPageReport[]> {
  if (kind !== 'outline') return new Map();
  const ids = [...new Set(passages.map(({ documentId }) => documentId))];
  return new Map(
    ids.map((id) => {
      const { pages } = source.report(id);
      const within = pages.filter(({ number }) => range === undefined || (number >= range.from && number <= range.to));
      return [id, within.filter(({ bookmarks }) => bookmarks !== undefined)];
    }),
  );
}

function inPages(passages: readonly PassageInfo[], { pages }: DocumentTask): readonly PassageInfo[] {
  return pages === undefined ? passages : passages.filter(({ page }) => page >= pages.from && page <= pages.to);
}

/** That of the person's words; the names of files in them say nothing about it. */
function languageOf(words: string, passages: readonly PassageInfo[]): TaskLanguage {
  const names = new Set(passages.map(({ documentName }) => documentName));
  const own = [...names].reduce((text, name) => (name === '' ? text : text.replaceAll(name, ' ')), words);
  return /\p{Script=Han}/u.test(own) ? 'zh' : 'en';
}
