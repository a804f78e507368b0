import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Browser } from 'playwright-core';

import { openBrowser, openPage } from '../headless/browser.ts';
import { ChatPage } from '../headless/chat-page.ts';
import { startHost } from '../headless/host-under-test.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { percentile, runBench, type BenchContext } from './harness.ts';
import { residentBytes } from './resident-bytes.ts';
import { beginTurn, endTurn, installProbe } from './turn-probe.ts';
import { measureWindowRate } from './window-rate.ts';

await runBench('turn', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-bench-'));
  const browser = await openBrowser();
  try {
    const model = path.join(folder, 'bench.gguf');
    await writeScriptedModel(model, {
      name: 'Bench',
      text: Array.from({ length: 40 }, (_, index) => `word${index + 1}`).join(' '),
    });
    await measureStart(context, browser);
    await measureIdleMemory(context, browser);
    await measureFirstWord(context, browser, model);
    await measureWindowRate(context, browser, model);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** From the start of the host's process to a page in which a person can type; no model is loaded by then. */
async function measureStart(context: BenchContext, browser: Browser): Promise<void> {
  const samples: number[] = [];
  for (let round = 0; round < (context.quick ? 3 : 7); round += 1) {
    const startedAt = performance.now();
    await using host = await startHost();
    const { page, context: tab } = await openPage(browser, host.url);
    await new ChatPage(page).message.waitFor();
    samples.push(performance.now() - startedAt);
    await tab.close();
  }
  context.measured({ metric: 'headless_start_to_page', unit: 'ms', goal: '<= 1500', samples });
}

async function measureIdleMemory(context: BenchContext, browser: Browser): Promise<void> {
  const samples: number[] = [];
  for (let round = 0; round < (context.quick ? 1 : 3); round += 1) {
    await using host = await startHost();
    const { page, context: tab } = await openPage(browser, host.url);
    await new ChatPage(page).message.waitFor();
    // Long enough for what a start leaves behind to be collected.
    await delay(context.quick ? 5_000 : 20_000);
    samples.push((await residentBytes(host.processId)) / 2 ** 20);
    await tab.close();
  }
  context.measured({ metric: 'idle_rss', unit: 'MiB', goal: '<= 150', samples });
}

/**
 * What the app adds to the engine: from the key that sends to the frame that shows the first word, less the time the
 * model took (as stored with the reply, from the request to the model to its first word). A question in an open
 * conversation, and one that begins a conversation and so draws a whole new thread.
 */
async function measureFirstWord(context: BenchContext, browser: Browser, model: string): Promise<void> {
  await using host = await startHost({ models: [model] });
  const { page } = await openPage(browser, host.url);
  const chat = new ChatPage(page);
  await page.evaluate(installProbe);
  await chat.ask('Warm up, please');
  await chat.answerShows('word40');
  await chat.settled();

  const overheads = { follow: new Array<number>(), begin: new Array<number>() };
  for (let round = 0; round < (context.quick ? 15 : 60); round += 1) {
    for (const kind of ['begin', 'follow'] as const) {
      if (kind === 'begin') await chat.newChat.click();
      await chat.message.fill(`Question ${kind} ${round}`);
      // What typing set in motion is over; a person needs longer than this to reach for the key.
      await delay(150);
      await page.evaluate(beginTurn);
      await chat.message.press('Enter');
      const seen = await page.evaluate(endTurn);
      await chat.settled();
      overheads[kind].push(seen.firstWordShownMs - seen.sentMs - (await engineMs(chat)));
    }
  }
  const lines = [
    ['overhead_first_word_p50', '', percentile(overheads.follow, 50)],
    ['overhead_first_word_p95', '<= 30', percentile(overheads.follow, 95)],
    ['overhead_first_word_new_p50', '', percentile(overheads.begin, 50)],
    ['overhead_first_word_new_p95', '', percentile(overheads.begin, 95)],
  ] as const;
  for (const [metric, goal, value] of lines) context.measured({ metric, unit: 'ms', goal, samples: [value] });
}

/** The model's own time to its first word, as the answer's footer tells it. */
async function engineMs(chat: ChatPage): Promise<number> {
  const footer = (await chat.answers.last().textContent()) ?? '';
  const match = /first word after ([\d.,]+) (ms|s)/.exec(footer);
  if (match === null) throw new Error(`The footer tells no time to the first word: ${footer}`);
  return Number(match[1]) * (match[2] === 's' ? 1000 : 1);
}
