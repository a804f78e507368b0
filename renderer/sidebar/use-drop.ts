import { useState, type DragEvent } from 'react';

const type = 'application/x-clawdbot-conversation';

/** Where rows stand that belong to no folder. */
export const noFolder = '';

export interface DropHandlers {
  /** The folder that a conversation is held over; `noFolder` outside of any; null while nothing is held over a place for it. */
  readonly over: string | null;
  readonly handlers: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** Begins to carry a conversation. */
export function carry(event: DragEvent, conversationId: string): void {
  event.dataTransfer.setData(type, conversationId);
  event.dataTransfer.effectAllowed = 'move';
}

/** Lets a conversation be dropped on anything inside that says with `data-folder` where it belongs. */
export function useDrop(onMove: (conversationId: string, folderId: string | null) => void): DropHandlers {
  const [over, setOver] = useState<string | null>(null);
  const placeOf = (event: DragEvent): string | null => {
    if (!event.dataTransfer.types.includes(type) || !(event.target instanceof Element)) return null;
    return event.target.closest<HTMLElement>('[data-folder]')?.dataset['folder'] ?? null;
  };
  return {
    over,
    handlers: {
      onDragOver(event) {
        const place = placeOf(event);
        setOver(place);
        if (place === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      },
      onDragLeave(event) {
        const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!inside) setOver(null);
      },
      onDrop(event) {
        const place = placeOf(event);
        setOver(null);
        if (place === null) return;
        event.preventDefault();
        onMove(event.dataTransfer.getData(type), place === noFolder ? null : place);
      },
    },
  };
}
