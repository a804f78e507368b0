import { emptySetup, isUnset, type ConversationSetup } from '../../shared/model/turn-setup.ts';
import type { Store } from '../store/store.ts';
import type { Setups } from './chat.ts';
import type { Reader } from './reader.ts';
import { createWatchedValue } from './watched-value.ts';

/** What each conversation sets for its answers. */
export function createSetups({ store, reader }: { store: Store; reader: Reader }): Setups {
  const watched = createWatchedValue((conversationId: string) => store.setups.find(conversationId) ?? emptySetup);
  return {
    watch(conversationId, signal) {
      reader.record(conversationId);
      return watched.watch(conversationId, signal);
    },
    set(conversationId, setup) {
      reader.record(conversationId);
      const stored = cleanSetup(setup);
      store.setups.set(conversationId, stored);
      watched.changed(conversationId);
      return stored;
    },
  };
}

/** What is stored is what can be read again: half a character cannot be. */
export function cleanSetup(setup: ConversationSetup): ConversationSetup {
  const { systemPrompt } = setup;
  const clean = { ...setup, systemPrompt: systemPrompt === null ? null : systemPrompt.toWellFormed() };
  return isUnset(clean) ? emptySetup : clean;
}
