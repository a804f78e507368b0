import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';

import type { SearchStore } from './search-store.ts';

/** What the arrows, Enter and Escape do, in the search field and in its results. */
export function useSearchKeys(
  store: SearchStore,
  onSelect: (conversationId: string, messageId?: string) => void,
): (event: KeyboardEvent) => void {
  const { query, hits, active, move, clear } = useStore(store);
  return (event) => {
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
        move(1);
        break;
      case 'ArrowUp':
        move(-1);
        break;
      case 'Enter': {
        const hit = hits[active];
        if (hit) onSelect(hit.conversation.id, hit.messageId ?? undefined);
        break;
      }
      case 'Escape':
        if (query === '') return;
        event.stopPropagation();
        clear();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}
