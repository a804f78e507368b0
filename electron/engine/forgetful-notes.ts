import type { Notes } from '../store/store.ts';

/** For an engine without a store: what it learnt is gone with it. */
export function createForgetfulNotes(): Notes {
  const notes = new Map<string, unknown>();
  return { read: (name) => notes.get(name), write: (name, value) => void notes.set(name, value) };
}
