import { useEffect, useRef, useState } from 'react';

export interface SettledText {
  readonly text: string;
  readonly write: (text: string) => void;
  /** Stores what is not stored yet; for when the field is left. */
  readonly flush: () => void;
}

const settleMs = 400;

/**
 * A text that is stored while one writes, a moment after each pause, and however its field is left. `value` is what is
 * stored; when somebody else changes it, what is being written here goes before that. `isSame` says when the two need
 * not be made equal.
 */
export function useSettledText(
  value: string,
  store: (text: string) => void,
  isSame: (written: string, stored: string) => boolean = Object.is,
): SettledText {
  const [text, setText] = useState(value);
  const unsaved = useRef<string | null>(null);
  const flush = (): void => {
    const written = unsaved.current;
    if (written === null) return;
    unsaved.current = null;
    store(written);
  };
  // Kept in refs, so that the last words are stored however the dialog is left, by what stores them now.
  const latest = useRef({ flush, isSame });
  useEffect(() => {
    latest.current = { flush, isSame };
  });
  useEffect(() => () => latest.current.flush(), []);
  useEffect(() => {
    const timer = setTimeout(() => latest.current.flush(), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (unsaved.current !== null) return;
    setText((before) => (latest.current.isSame(before, value) ? before : value));
  }, [value]);

  return {
    text,
    write(written) {
      unsaved.current = written;
      setText(written);
    },
    flush,
  };
}
