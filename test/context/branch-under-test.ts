import { createAssembler, type Assembler } from '../../electron/context/assemble-prompt.ts';
import type { AssembledPrompt, PromptRequest } from '../../electron/context/context.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { openTempDatabase } from '../store/temp-database.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export const user = (text: string): Turn => ({ role: 'user', text });
export const assistant = (text: string): Turn => ({ role: 'assistant', text });

/** A conversation in a real database whose branch can grow. */
export interface BranchUnderTest {
  readonly store: Store;
  readonly assembler: Assembler;
  readonly conversationId: string;
  /** Ids of the branch, oldest first. */
  readonly ids: string[];
  add(...turns: readonly Turn[]): void;
  request(options?: Partial<PromptRequest>): PromptRequest;
  assemble(options?: Partial<PromptRequest>): AssembledPrompt;
}

let conversations = 0;

export function openBranch(
  turns: readonly Turn[] = [],
  store: Store = createStore(openTempDatabase()),
): BranchUnderTest {
  conversations += 1;
  const conversationId = `c${conversations}`;
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
  const assembler = createAssembler(store);
  const branch: BranchUnderTest = {
    store,
    assembler,
    conversationId,
    ids,
    add(...added) {
      store.transaction(() => {
        for (const { role, text } of added) {
          const id = `${conversationId}-${ids.length}`;
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
          ids.push(id);
        }
        store.conversations.update(conversationId, { headId: ids.at(-1) ?? null });
      });
    },
    request: (options = {}) => ({
      conversationId,
      headId: ids.at(-1) ?? '',
      systemPrompt: '',
      contextTokens: 4096,
      tokenScale: 1,
      ...options,
    }),
    assemble: (options) => assembler.assemble(branch.request(options)),
  };
  branch.add(...turns);
  return branch;
}

/** As `role: text` lines. */
export function linesOf({ prompt }: Pick<AssembledPrompt, 'prompt'>): string[] {
  return prompt.map((message) => {
    if (message.role === 'system') return `system: ${message.content}`;
    return `${message.role}: ${message.content.map((part) => (part.type === 'text' ? part.text : '?')).join('')}`;
  });
}
