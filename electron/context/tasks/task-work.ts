import type { DocumentPageReport, DocumentTask, PassageInfo } from '../../../shared/contract/index.ts';
import type { TaskResults } from '../../store/store.ts';
import type { TaskLanguage } from './page-words.ts';

/** All that a task is done with. */
export interface TaskWork {
  readonly task: DocumentTask;
  /** What the person wrote. */
  readonly words: string;
  /** In which the answer is written; of a translation, what is said around it. */
  readonly language: TaskLanguage;
  /** Of everything it is about, in their order. */
  readonly passages: readonly PassageInfo[];
  /** The pages of each document that brings a table of contents along, by its id. Left out for none. */
  readonly contents?: ReadonlyMap<string, readonly DocumentPageReport[]>;
  /** What the answer holds already, when it is continued. */
  readonly written: string;
  /** Another answer to a question that was answered already: its last words are asked for anew. */
  readonly fresh: boolean;
  readonly systemPrompt: string;
  readonly contextTokens: number;
  /** See `PromptRequest`. */
  readonly tokenScale: number;
  readonly plainReader: boolean;
  readonly results: TaskResults;
  readonly now: () => number;
}

/** Whether more than one document is gone through, so that each is named. */
export function isNamed({ passages }: Pick<TaskWork, 'passages'>): boolean {
  return passages.some(({ documentId }) => documentId !== passages[0]?.documentId);
}
