import type { Store } from '../../electron/store/store.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A conversation in a database whose branch can grow. */
export interface FilledBranch {
  readonly conversationId: string;
  /** Ids of the branch, oldest first. */
  readonly ids: string[];
  add(...turns: readonly Turn[]): void;
  /** A message after the branch that is no part of it; its id. */
  aside(turn: Turn): string;
}

export function fillBranch(store: Store, conversationId: string, turns: readonly Turn[]): FilledBranch {
  store.conversations.insert({
    id: conversationId,
    title: 'Title',
    titleSource: 'message',
    createdAt: 1,
    updatedAt: 1,
    pinned: false,
    headId: null,
    modelId: null,
  });
  const ids: string[] = [];
  let asides = 0;
  const insert = (id: string, { role, text }: Turn): void =>
    store.messages.insert({
      id,
      conversationId,
      parentId: ids.at(-1) ?? null,
      role,
      text,
      state: 'done',
      createdAt: 1_800_000_000_000 + ids.length * 60_000,
      model: null,
      requestId: null,
    });
  const branch: FilledBranch = {
    conversationId,
    ids,
    add(...added) {
      store.transaction(() => {
        for (const turn of added) {
          const id = `${conversationId}-${ids.length}`;
          insert(id, turn);
          ids.push(id);
        }
        store.conversations.update(conversationId, { headId: ids.at(-1) ?? null });
      });
    },
    aside(turn) {
      asides += 1;
      const id = `${conversationId}-aside-${asides}`;
      insert(id, turn);
      return id;
    },
  };
  branch.add(...turns);
  return branch;
}
