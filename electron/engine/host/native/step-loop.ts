/** Something that has calculations to do, one step at a time. */
export interface Stepper {
  readonly hasWork: boolean;
  /** Nobody waits for it: it gets few turns while others are at work. */
  readonly isBackground?: boolean;
  /** Never throws. */
  step(): Promise<void>;
}

/** Gives every model its turn; only one calculates at a time, for they share the processor and its threads. */
export interface StepLoop {
  add(stepper: Stepper): void;
  /** Resolves when it is in no step any more. */
  remove(stepper: Stepper): Promise<void>;
  wake(): void;
}

/** Background work gets one of so many rounds while others are at work. */
const patienceRounds = 4;

export function createStepLoop(onIdle: () => void): StepLoop {
  const steppers = new Set<Stepper>();
  let round = 0;
  let running: Promise<void> | undefined;
  let current: { stepper: Stepper; done: Promise<void> } | undefined;

  const hasToWait = (stepper: Stepper): boolean =>
    stepper.isBackground === true &&
    round % patienceRounds !== 0 &&
    [...steppers].some((other) => other.hasWork && other.isBackground !== true);

  const run = async (): Promise<void> => {
    for (let worked = true; worked;) {
      worked = false;
      round += 1;
      for (const stepper of steppers) {
        if (!stepper.hasWork || hasToWait(stepper)) continue;
        worked = true;
        current = { stepper, done: stepper.step() };
        await current.done;
        current = undefined;
        // Requests and aborts arrive between two steps, and what was said leaves.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    running = undefined;
    onIdle();
  };

  return {
    add: (stepper) => void steppers.add(stepper),
    async remove(stepper) {
      steppers.delete(stepper);
      if (current?.stepper === stepper) await current.done;
    },
    wake() {
      running ??= Promise.resolve().then(run);
    },
  };
}
