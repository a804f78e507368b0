import type { Message } from '../../shared/contract/index.ts';
import type { Log } from '../ports.ts';
import type { Outcome, Store } from '../store/store.ts';

/**
 * How replies ended. When the disk is full or the database locked not even that can be stored; it is shown all the same
 * and stored at the next opportunity. Should the app die before, the next start marks the reply as interrupted. The text
 * is not concerned: it is in the journal.
 */
export interface Outcomes {
  record(messageId: string, outcome: Outcome): void;
  /** The message as it is to be shown. */
  present(message: Message): Message;
  /** Stores what could not be stored before. */
  retry(): void;
}

export function createOutcomes(store: Store, log: Log): Outcomes {
  const unsaved = new Map<string, Outcome>();

  const save = (messageId: string, outcome: Outcome): void => {
    try {
      store.journal.finish(messageId, outcome);
      unsaved.delete(messageId);
    } catch (error) {
      unsaved.set(messageId, outcome);
      log.error({ messageId, err: error }, 'how a reply ended could not be stored yet');
    }
  };

  return {
    record: save,
    present: (message) => ({ ...message, ...unsaved.get(message.id) }),
    retry: () => unsaved.forEach((outcome, messageId) => save(messageId, outcome)),
  };
}
