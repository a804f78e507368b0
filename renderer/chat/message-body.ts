import type { Message, ModelInfo } from '../../shared/contract/index.ts';
import type { MessageActions } from './message-actions.ts';

/** What an answer and a question are drawn from. */
export interface MessageBodyProps {
  readonly message: Message;
  readonly isLast: boolean;
  /** The core has not stored it yet, so that nothing can be done with it. */
  readonly pending: boolean;
  readonly models: readonly ModelInfo[];
  readonly actions: MessageActions;
  /** The words in the editor; null when this message is not being edited. */
  readonly editing: string | null;
  readonly onEditing: (text: string | null) => void;
  readonly words: () => string;
  /** Words in it are being shown, so none of it may be folded away. */
  readonly found: boolean;
}
