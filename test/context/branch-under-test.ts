import { createAssembler, type Assembler } from '../../electron/context/assemble-prompt.ts';
import type { AssembledPrompt, PromptRequest } from '../../electron/context/context.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { fillBranch, type FilledBranch, type Turn } from './fill-branch.ts';

export const user = (text: string): Turn => ({ role: 'user', text });
export const assistant = (text: string): Turn => ({ role: 'assistant', text });

/** A conversation in a real database, and prompts made of it. */
export interface BranchUnderTest extends FilledBranch {
  readonly store: Store;
  readonly assembler: Assembler;
  request(options?: Partial<PromptRequest>): PromptRequest;
  assemble(options?: Partial<PromptRequest>): AssembledPrompt;
}

let conversations = 0;

export function openBranch(
  turns: readonly Turn[] = [],
  store: Store = createStore(openTempDatabase()),
): BranchUnderTest {
  conversations += 1;
  const filled = fillBranch(store, `c${conversations}`, turns);
  const assembler = createAssembler(store);
  const branch: BranchUnderTest = {
    ...filled,
    store,
    assembler,
    request: (options = {}) => ({
      conversationId: filled.conversationId,
      headId: filled.ids.at(-1) ?? '',
      systemPrompt: '',
      contextTokens: 4096,
      tokenScale: 1,
      ...options,
    }),
    assemble: (options) => assembler.assemble(branch.request(options)),
  };
  return branch;
}

/** As `role: text` lines. */
export function linesOf({ prompt }: Pick<AssembledPrompt, 'prompt'>): string[] {
  return prompt.map((message) => {
    if (message.role === 'system') return `system: ${message.content}`;
    return `${message.role}: ${message.content.map((part) => (part.type === 'text' ? part.text : '?')).join('')}`;
  });
}
