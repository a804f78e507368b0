import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react';

import { pasteLimitChars } from '../../shared/model/message-limit.ts';
import type { Composer as ComposerModel } from './composer-state.ts';
import { insertText } from './insert-text.ts';
import { isComposing } from './is-composing.ts';

interface PasteTarget {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onLongPaste?: (text: string) => () => string | undefined;
}

export interface LongPaste {
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  /** True when it was the key that puts the text back which has just become a file. */
  readonly tryUndo: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  /** Something was written since: the key belongs to that again. */
  readonly forget: () => void;
}

/** Pasted files, and texts too long for a message field, go with the message as documents. */
export function useLongPaste(composer: ComposerModel, target: PasteTarget | undefined): LongPaste {
  const last = useRef<(() => string | undefined) | null>(null);
  return {
    onPaste(event) {
      last.current = null;
      if (target === undefined || event.currentTarget.readOnly) return;
      const files = [...event.clipboardData.files];
      if (files.length > 0) {
        event.preventDefault();
        target.onFiles(files);
        return;
      }
      const text = event.clipboardData.getData('text/plain');
      if (text.length <= pasteLimitChars || target.onLongPaste === undefined) return;
      event.preventDefault();
      last.current = target.onLongPaste(text);
    },
    tryUndo(event) {
      const isUndo = (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key === 'z';
      if (!isUndo || isComposing(event) || last.current === null) return false;
      const text = last.current();
      last.current = null;
      if (text === undefined) return false;
      event.preventDefault();
      insertText(composer, event.currentTarget, text);
      return true;
    },
    forget() {
      last.current = null;
    },
  };
}
