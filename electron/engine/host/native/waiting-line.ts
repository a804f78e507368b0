import type { EnginePriority } from '../../../../shared/model/engine-protocol.ts';

interface Waiting {
  readonly priority: EnginePriority;
  onAhead(ahead: number): void;
}

/** Who waits for a place: by priority, and in the order of arrival. Everyone is told how many come before. */
export interface WaitingLine<W extends Waiting> {
  readonly first: W | undefined;
  add(waiting: W): void;
  /** False when it was not waiting any more. */
  remove(waiting: W): boolean;
}

const order: readonly EnginePriority[] = ['person', 'api', 'background'];

export function createWaitingLine<W extends Waiting>(): WaitingLine<W> {
  const line: W[] = [];
  const tellFrom = (start: number): void => {
    for (const [ahead, waiting] of line.entries()) if (ahead >= start) waiting.onAhead(ahead);
  };
  return {
    get first() {
      return line[0];
    },
    add(waiting) {
      const behind = line.findIndex(({ priority }) => order.indexOf(priority) > order.indexOf(waiting.priority));
      const place = behind < 0 ? line.length : behind;
      line.splice(place, 0, waiting);
      tellFrom(place);
    },
    remove(waiting) {
      const place = line.indexOf(waiting);
      if (place < 0) return false;
      line.splice(place, 1);
      tellFrom(place);
      return true;
    },
  };
}
