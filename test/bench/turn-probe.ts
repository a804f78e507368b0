/** The functions of this file run inside the page and must not refer to anything outside themselves. */

export interface TurnTimes {
  /** Epoch milliseconds of the key that sent the question. */
  readonly sentMs: number;
  /** Epoch milliseconds after the frame that shows the first word. */
  readonly firstWordShownMs: number;
}

interface TurnInProgress {
  sentMs: number;
  firstWordShownMs: number;
  readonly shown: PromiseWithResolvers<void>;
}

declare global {
  var __turn: TurnInProgress | undefined;
  /** Before the paint of the frame whose callbacks are running. */
  var __inFrame: boolean | undefined;
}

export function installProbe(): void {
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      globalThis.__inFrame = true;
      setTimeout(() => (globalThis.__inFrame = false));
      callback(time);
    });
  addEventListener(
    'keydown',
    (event) => {
      const turn = globalThis.__turn;
      if (event.key === 'Enter' && turn !== undefined) turn.sentMs = performance.timeOrigin + event.timeStamp;
    },
    { capture: true },
  );
}

/** Watches for the first word of an answer that is not there yet. */
export function beginTurn(): void {
  const turn: TurnInProgress = {
    sentMs: Number.NaN,
    firstWordShownMs: Number.NaN,
    shown: Promise.withResolvers(),
  };
  globalThis.__turn = turn;
  const answers = () => document.querySelectorAll('[role="log"] article[aria-label="Clawdbot"]');
  const known = new Set(answers());
  // A task after the paint of the frame that holds the word.
  const note = () =>
    setTimeout(() => {
      turn.firstWordShownMs = performance.timeOrigin + performance.now();
      turn.shown.resolve();
    });
  const observer = new MutationObserver(() => {
    const shown = [...answers()].some((answer) => !known.has(answer) && (answer.textContent ?? '').includes('word1'));
    if (!shown) return;
    observer.disconnect();
    if (globalThis.__inFrame === true) note();
    else requestAnimationFrame(note);
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Waits for the first word without looking for it: whoever asks in every frame is part of what is measured. */
export async function endTurn(): Promise<TurnTimes> {
  const turn = globalThis.__turn;
  if (turn === undefined) throw new Error('No turn was begun.');
  await turn.shown.promise;
  const { sentMs, firstWordShownMs } = turn;
  return { sentMs, firstWordShownMs };
}
