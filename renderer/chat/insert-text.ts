import { flushSync } from 'react-dom';

import type { Composer } from './composer-state.ts';

/** Puts a text where the caret stands, in the place of what is selected; without a field, at the end. */
export function insertText(composer: Composer, field: HTMLTextAreaElement | null, text: string): void {
  const written = composer.state.getState().draft.text;
  const from = field?.selectionStart ?? written.length;
  const to = field?.selectionEnd ?? written.length;
  // The caret can be put behind the words only when they stand there.
  flushSync(() => composer.write(`${written.slice(0, from)}${text}${written.slice(to)}`));
  field?.focus();
  field?.setSelectionRange(from + text.length, from + text.length);
}
