const plainIntervalMs = 15_000;

/**
 * Says how far something long has come: one line that changes on a terminal, a plain line now and then elsewhere.
 *
 * @param {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} [stream]
 * @param {() => number} [nowMs]
 */
export function createProgress(stream = process.stderr, nowMs = Date.now) {
  const startedMs = nowMs();
  let shownMs = Number.NEGATIVE_INFINITY;
  let live = false;
  const clear = () => {
    if (live) stream.write('\r\x1b[2K');
    live = false;
  };
  return {
    /** @param {string} text */
    update(text) {
      if (stream.isTTY === true) {
        const line = `${text}, ${seconds(nowMs() - startedMs)}`;
        stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
        live = true;
      } else if (nowMs() - shownMs >= plainIntervalMs) {
        shownMs = nowMs();
        stream.write(`${text}\n`);
      }
    },
    /** Ends the progress with a line that stays. @param {string} text */
    done(text) {
      clear();
      stream.write(`${text}, ${seconds(nowMs() - startedMs)}\n`);
    },
    clear,
  };
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}
