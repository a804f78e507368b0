/** The functions of this file run inside the page and must not refer to anything outside themselves. */

export interface TurnTimes {
  /** Epoch milliseconds of the key that sent the question. */
  readonly sentMs: number;
  /** Epoch milliseconds after the frame that shows the first word. */
  readonly firstWordShownMs: number;
  /** For each delta, from the core's hands to its arrival in the window. */
  readonly deltaMs: readonly number[];
}

interface TurnInProgress {
  sentMs: number;
  firstWordShownMs: number;
  deltaMs: number[];
}

declare global {
  var __turn: TurnInProgress | undefined;
}

export function installProbe(): void {
  globalThis.__clawdbotProbe = (mark) => {
    if (mark.kind === 'delta') globalThis.__turn?.deltaMs.push(mark.receivedAtMs - mark.sentAtMs);
  };
  addEventListener(
    'keydown',
    (event) => {
      const turn = globalThis.__turn;
      if (event.key === 'Enter' && turn !== undefined) turn.sentMs = performance.timeOrigin + event.timeStamp;
    },
    { capture: true },
  );
}

export function beginTurn(): void {
  const turn: TurnInProgress = { sentMs: Number.NaN, firstWordShownMs: Number.NaN, deltaMs: [] };
  globalThis.__turn = turn;
  const observer = new MutationObserver(() => {
    const answers = document.querySelectorAll('[role="log"] [role="article"], [role="log"] article');
    if (!(answers[answers.length - 1]?.textContent ?? '').includes('word1')) return;
    observer.disconnect();
    // A task after the next frame: what the frame shows has been handed to the compositor by then.
    requestAnimationFrame(() =>
      setTimeout(() => {
        turn.firstWordShownMs = performance.timeOrigin + performance.now();
      }),
    );
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

export function endTurn(): TurnTimes {
  const turn = globalThis.__turn;
  if (turn === undefined) throw new Error('No turn was begun.');
  return turn;
}
