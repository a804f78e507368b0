/** How a model marks what it thinks before its answer. */
export interface ThoughtMarks {
  readonly open: string;
  /** Any of them ends the thought. */
  readonly close: readonly string[];
}

export interface SplitPiece {
  readonly text: string;
  readonly reasoning: boolean;
}

export interface ThoughtSplitter {
  /** The answer itself has begun, or begins with the next word. */
  readonly answering: boolean;
  push(text: string): SplitPiece[];
  /** What was held back because it could have become a mark. */
  end(): SplitPiece[];
}

/**
 * Parts a thought from the answer that follows it. Only a thought that comes first is one: the same mark later, in a
 * piece of code for example, is a part of the answer like any other word. The spaces around a thought belong to neither.
 * The result does not depend on the pieces in which the text arrives.
 *
 * @param opened the prompt ends with the opening mark
 */
export function createThoughtSplitter(marks: ThoughtMarks | undefined, opened: boolean): ThoughtSplitter {
  if (!marks) return { answering: true, push: (text) => pieces(text, false), end: () => [] };
  const { open, close } = marks;
  let phase: 'undecided' | 'opening' | 'thinking' | 'closing' | 'answering' = opened ? 'opening' : 'undecided';
  let held = '';

  const step = (): SplitPiece[] | undefined => {
    switch (phase) {
      case 'undecided': {
        const start = held.trimStart();
        if (start.startsWith(open)) {
          held = start.slice(open.length);
          phase = 'opening';
          return [];
        }
        if (open.startsWith(start)) return undefined;
        phase = 'answering';
        return [];
      }
      case 'opening':
      case 'closing':
        held = held.trimStart();
        if (held === '') return undefined;
        phase = phase === 'opening' ? 'thinking' : 'answering';
        return [];
      case 'thinking': {
        const found = firstOf(held, close);
        if (found) {
          const thought = held.slice(0, found.at).trimEnd();
          held = held.slice(found.at + found.mark.length);
          phase = 'closing';
          return pieces(thought, true);
        }
        const certain = held.slice(0, held.length - longestBeginning(held, close)).trimEnd();
        if (certain === '') return undefined;
        held = held.slice(certain.length);
        return pieces(certain, true);
      }
      case 'answering': {
        const text = held;
        held = '';
        return text === '' ? undefined : pieces(text, false);
      }
    }
  };
  const run = (): SplitPiece[] => {
    const all: SplitPiece[] = [];
    for (let next = step(); next; next = step()) all.push(...next);
    return all;
  };

  return {
    get answering() {
      return phase === 'closing' || phase === 'answering';
    },
    push(text) {
      held += text;
      return run();
    },
    end() {
      const rest = held;
      held = '';
      if (phase === 'thinking') return pieces(rest.trimEnd(), true);
      return phase === 'undecided' ? pieces(rest, false) : [];
    },
  };
}

function pieces(text: string, reasoning: boolean): SplitPiece[] {
  return text === '' ? [] : [{ text, reasoning }];
}

function firstOf(text: string, marks: readonly string[]): { at: number; mark: string } | undefined {
  let first: { at: number; mark: string } | undefined;
  for (const mark of marks) {
    const at = text.indexOf(mark);
    if (at >= 0 && (!first || at < first.at)) first = { at, mark };
  }
  return first;
}

function longestBeginning(text: string, marks: readonly string[]): number {
  let longest = 0;
  for (const mark of marks) {
    for (let length = Math.min(mark.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(mark.slice(0, length))) longest = length;
    }
  }
  return longest;
}
