import path from 'node:path';

import type { Browser } from 'playwright-core';

import { openPage } from '../headless/browser.ts';
import { ChatPage } from '../headless/chat-page.ts';
import { startHost } from '../headless/host-under-test.ts';
import { percentile, type BenchContext } from './harness.ts';

/** Later than this after it was written, the last word no longer counts as kept up with. */
const allowedLagMs = 250;
const steadyRate = 300;
const rates = [steadyRate, 600, 1200, 2400];

/**
 * The highest rate, in deltas per second over several seconds, at which the last word of an answer is on the screen
 * within 250 ms of being written. The engine is played; the core, the database, the web UI and Chromium are real.
 */
export async function measureWindowRate(context: BenchContext, browser: Browser, model: string): Promise<void> {
  await using host = await startHost({ program: path.resolve(import.meta.dirname, 'paced-host.ts'), models: [model] });
  const { page, context: tab } = await openPage(browser, host.url);
  const chat = new ChatPage(page);
  await page.evaluate(collectDeltas);
  const best: number[] = [];
  const deltas: number[] = [];
  const lags: number[] = [];
  for (let round = 0; round < (context.quick ? 1 : 3); round += 1) {
    let kept = 0;
    for (const rate of rates) {
      await chat.newChat.click();
      const shown = page.evaluate(lastWordShown);
      await chat.ask(`round=${round} rate=${rate} deltas=${rate * 4}`);
      const lagMs = await shown;
      await chat.settled();
      const deltaMs = await page.evaluate(takeDeltas);
      if (rate === steadyRate) {
        lags.push(lagMs);
        // The first half second draws the new thread; what is asked for is the steady stream.
        deltas.push(...deltaMs.slice(steadyRate / 2));
      }
      if (lagMs > allowedLagMs) break;
      kept = rate;
    }
    best.push(kept);
  }
  await tab.close();
  context.measured({ metric: 'window_deltas_per_s', unit: '1/s', goal: '>= 300', samples: best });
  context.measured({ metric: 'window_lag_at_300', unit: 'ms', samples: lags });
  context.measured({ metric: 'overhead_per_delta_p50', unit: 'ms', samples: [percentile(deltas, 50)] });
  context.measured({ metric: 'overhead_per_delta_p95', unit: 'ms', goal: '<= 3', samples: [percentile(deltas, 95)] });
}

declare global {
  /** For each delta, milliseconds from the engine's hands to its arrival in the window. */
  var __deltaMs: number[] | undefined;
}

function collectDeltas(): void {
  globalThis.__clawdbotProbe = (mark) => {
    if (mark.kind === 'delta') (globalThis.__deltaMs ??= []).push(mark.receivedAtMs - mark.sentAtMs);
  };
}

function takeDeltas(): number[] {
  const seen = globalThis.__deltaMs ?? [];
  globalThis.__deltaMs = [];
  return seen;
}

/** Runs in the page: milliseconds from the writing of the last word to the frame that shows it. */
function lastWordShown(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const answers = document.querySelectorAll('[role="log"] [role="article"], [role="log"] article');
      const sentAtMs = /end-(\d+)/.exec(answers[answers.length - 1]?.textContent ?? '')?.[1];
      if (sentAtMs === undefined) return;
      observer.disconnect();
      requestAnimationFrame(() =>
        setTimeout(() => resolve(performance.timeOrigin + performance.now() - Number(sentAtMs))),
      );
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}
