import { useRef, useState, type DragEvent } from 'react';

import { readDropped, type Dropped } from './folders/dropped-folder.ts';

export interface FileDrop {
  /** Files are held over the element. */
  readonly over: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Takes files and folders that are dropped on an element; whatever else is dragged passes through. */
export function useFileDrop(onDropped: (dropped: Dropped) => void): FileDrop {
  const [over, setOver] = useState(false);
  // Every element inside reports its own enter and leave.
  const depth = useRef(0);
  const reset = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return {
    over,
    handlers: {
      onDragEnter(event) {
        if (!holdsFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver(event) {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave(event) {
        if (!holdsFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) reset();
      },
      onDrop(event) {
        if (!holdsFiles(event)) return;
        // Without this the browser would open the file in place of the app.
        event.preventDefault();
        reset();
        onDropped(readDropped(event.dataTransfer));
      },
    },
  };
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}
