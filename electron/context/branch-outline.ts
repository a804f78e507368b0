import type { OutlinedMessage } from '../store/store.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';

/** A message without its words. */
export interface OutlineEntry {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly tokens: number;
  readonly blank: boolean;
}

export interface Outlines {
  /** The way to `headId`, oldest first. Only messages that were not seen before are read. */
  branch(headId: string): readonly OutlineEntry[];
  /** Another database may hold other words under the same ids. */
  forget(): void;
}

/** Some hundred bytes each. */
const mostKnown = 200_000;
const fewestRead = 8;
const mostRead = 512;

/** What is done does not change any more, so it is read and measured once. */
export function createOutlines(ancestors: (headId: string, limit: number) => OutlinedMessage[]): Outlines {
  const known = new Map<string, OutlineEntry>();

  return {
    branch(headId) {
      if (known.size > mostKnown) known.clear();
      const path: OutlineEntry[] = [];
      const unfinished = new Map<string, OutlineEntry>();
      let wanted = fewestRead;
      for (let id: string | null = headId; id !== null;) {
        let entry: OutlineEntry | undefined = known.get(id) ?? unfinished.get(id);
        if (entry === undefined) {
          const read = ancestors(id, wanted);
          wanted = Math.min(wanted * 4, mostRead);
          for (const message of read) {
            const measured = measure(message);
            (message.state === 'done' ? known : unfinished).set(message.id, measured);
            entry ??= measured;
          }
        }
        if (entry === undefined) break;
        path.push(entry);
        id = entry.parentId;
      }
      return path.toReversed();
    },
    forget: () => known.clear(),
  };
}

function measure({ id, parentId, role, text }: OutlinedMessage): OutlineEntry {
  return { id, parentId, role, tokens: estimateTokens(text), blank: text.trim() === '' };
}
