import { checkAnswer } from '../../shared/model/documents/proof/check-answer.ts';
import type { GivenPassage } from '../../shared/model/documents/proof/given-passage.ts';
import type { Log } from '../ports.ts';
import type { GivenSource } from '../store/answer-sources.ts';
import type { Store } from '../store/store.ts';

/** Compares answers that have ended with what they were given to read. Nobody waits for it. */
export interface AnswerChecks extends Disposable {
  /** Does nothing for an answer without documents. */
  check(messageId: string): void;
  /** The same for all answers that the last run left unchecked. */
  catchUp(): void;
}

const mostAtStart = 200;

/** What is not done when it is disposed of is left for the next start. */
export function createAnswerChecks(
  { store, log }: { readonly store: Store; readonly log: Log },
  onChecked: (messageId: string) => void,
): AnswerChecks {
  const waiting = new Set<string>();
  let next: NodeJS.Immediate | undefined;

  const carryOut = (): void => {
    next = undefined;
    const [messageId] = waiting;
    if (messageId === undefined) return;
    waiting.delete(messageId);
    try {
      if (checkOne(store, messageId)) onChecked(messageId);
    } catch (error) {
      log.error({ messageId, err: error }, 'an answer could not be compared with its sources');
    }
    if (waiting.size > 0) next = setImmediate(carryOut);
  };

  const add = (messageIds: readonly string[]): void => {
    for (const messageId of messageIds) waiting.add(messageId);
    if (waiting.size > 0) next ??= setImmediate(carryOut);
  };

  return {
    check: (messageId) => add([messageId]),
    catchUp: () => add(store.sources.unmarked(mostAtStart)),
    [Symbol.dispose]: () => clearImmediate(next),
  };
}

function checkOne(store: Store, messageId: string): boolean {
  const given = store.sources.of(messageId);
  const answer = store.messages.find(messageId);
  if (given === undefined || answer === undefined || answer.state === 'running') return false;
  if (store.conversations.find(answer.conversationId) === undefined) return false;
  const question = answer.parentId === null ? undefined : store.messages.find(answer.parentId)?.text;
  const { sources, marks } = checkAnswer(answer.text, question ?? '', passagesOf(store, given.list));
  // Of a whole document only what the answer rests on: the rest would be a table of contents.
  const shown = given.kind === 'whole' ? sources : given.list.map(({ number }) => number);
  store.sources.mark(messageId, { shown, marks });
  return true;
}

/** Without those that were deleted for good. */
function passagesOf(store: Store, sources: readonly GivenSource[]): GivenPassage[] {
  return [...Map.groupBy(sources, ({ documentId }) => documentId)].flatMap(([documentId, own]) => {
    const stored = store.documents.passagesAt(
      documentId,
      own.map(({ seq }) => seq),
    );
    const texts = new Map(stored.map(({ seq, text }) => [seq, text]));
    return own.flatMap((source) => {
      const text = texts.get(source.seq);
      return text === undefined ? [] : [{ ...source, text }];
    });
  });
}
