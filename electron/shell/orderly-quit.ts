import type { Log } from '../ports.ts';

/** What is used of Electron's `app`. */
export interface QuittingApp {
  on(event: 'before-quit', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code: number): void;
}

export interface OrderlyQuitOptions {
  readonly app: QuittingApp;
  /** Ends everything, the newest first. */
  readonly dispose: () => Promise<void>;
  /** After this long the process ends all the same; what was shown is stored by then anyway. */
  readonly limitMs: number;
  readonly log: Log;
}

export interface OrderlyQuit {
  /** From the moment the person asked to quit; windows then close instead of hiding. */
  readonly quitting: boolean;
}

/** Holds the process until the core has put everything away, but not for ever. */
export function createOrderlyQuit({ app, dispose, limitMs, log }: OrderlyQuitOptions): OrderlyQuit {
  let quitting = false;
  let ending = false;

  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    quitting = true;
    if (ending) return;
    ending = true;
    const limit = setTimeout(() => {
      log.error({ limitMs }, 'the core took too long to end; the process ends without it');
      app.exit(1);
    }, limitMs);
    void dispose()
      .then(
        () => 0,
        (error: unknown) => {
          log.error({ err: error }, 'something could not be ended in order');
          return 1;
        },
      )
      .then((code) => {
        clearTimeout(limit);
        app.exit(code);
      });
  });

  return {
    get quitting() {
      return quitting;
    },
  };
}
