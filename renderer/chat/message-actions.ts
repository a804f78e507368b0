import type { Message } from '../../shared/contract/index.ts';

/** What can be done with one message. The object stays the same as long as the conversation is open. */
export interface MessageActions {
  /** Null answers with the model that answered before. */
  regenerate(message: Message, modelId: string | null): void;
  continueReply(message: Message): void;
  /** Asks again with other words; false when the core refused, and the words should stay where they are. */
  edit(message: Message, text: string): Promise<boolean>;
  /** Shows two versions of an answer side by side. */
  compare(message: Message): void;
  selectVersion(message: Message, index: number): void;
  remove(message: Message): void;
  quote(text: string): void;
}
