/** Work on a model's memory, which must not be touched during a calculation. */
export type Chore = () => void | Promise<void>;

/** What is done between two calculations of a model. */
export interface Pauses {
  readonly hasWork: boolean;
  /** Never throws. */
  run(): Promise<void>;
  /** Done before the next calculation. */
  add(chore: Chore): void;
}

/** `always` runs in every pause, after the chores, and says whether it still has something to do. */
export function createPauses(
  always: { readonly hasWork: () => boolean; run(): Promise<void> },
  wake: () => void,
): Pauses {
  const chores: Chore[] = [];
  const attempt = async (chore: Chore): Promise<void> => {
    try {
      await chore();
    } catch (error) {
      process.stderr.write(`Between two calculations: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  };
  return {
    get hasWork() {
      return chores.length > 0 || always.hasWork();
    },
    async run() {
      for (let chore = chores.shift(); chore; chore = chores.shift()) await attempt(chore);
      if (always.hasWork()) await attempt(() => always.run());
    },
    add(chore) {
      chores.push(chore);
      wake();
    },
  };
}
