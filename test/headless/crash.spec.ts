import { expect, test } from 'vitest';

import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage, squeeze } from './chat-page.ts';
import { childrenOf, startHost } from './host-under-test.ts';

const under = setUpBrowserAndModels();

async function answerText(chat: ChatPage): Promise<string> {
  return squeeze((await chat.answers.last().textContent()) ?? '');
}

/** The recited words, without the names and buttons around them. */
function steps(text: string): string[] {
  return text.match(/step\d+/g) ?? [];
}

test('killing the engine in mid-answer keeps the words, says so, and the next question works', async () => {
  await using host = await startHost({ models: [under.models.long] });
  const { page } = await openPage(under.browser, host.url);
  const chat = new ChatPage(page);
  await chat.ask('Count, please');
  await chat.answerShows('step30');

  const engines = childrenOf(host.processId);
  expect(engines).toHaveLength(1);
  for (const engine of engines) process.kill(engine, 'SIGKILL');
  await chat.settled();
  const shown = await answerText(chat);
  expect(steps(shown).length).toBeGreaterThanOrEqual(30);
  expect(shown).toMatch(/cut off/i);
  await takeScreenshot(page, 'interrupted-light-en');

  const before = steps(shown).length;
  await chat.answers.last().getByRole('button', { name: 'Continue' }).click();
  await expect.poll(async () => steps(await answerText(chat)).length, { timeout: 60_000 }).toBeGreaterThan(before + 5);
  const continued = steps(await answerText(chat));
  expect(continued.slice(0, before + 5)).toEqual(Array.from({ length: before + 5 }, (_, index) => `step${index + 1}`));
  await chat.stop.click();
  await chat.settled();

  await chat.ask('And once more');
  await chat.answerShows('step3');
});

test('killing the whole host in mid-answer loses nothing that was on the screen', async () => {
  let host = await startHost({ models: [under.models.long] });
  try {
    const { page, context } = await openPage(under.browser, host.url);
    const chat = new ChatPage(page);
    await chat.ask('Count, please');
    await chat.answerShows('step30');
    await host.kill();
    const shown = steps(await answerText(chat));
    expect(shown.length).toBeGreaterThanOrEqual(30);

    host = await host.restart();
    // The same browser comes back with its cookie; no new link is needed.
    const again = await context.newPage();
    await again.goto(`http://127.0.0.1:${host.port}/${new URL(page.url()).hash}`);
    const restored = new ChatPage(again);
    await restored.answerShows('step30');
    const stored = steps(await answerText(restored));
    expect(stored.slice(0, shown.length)).toEqual(shown);
    expect(await answerText(restored)).toMatch(/cut off/i);

    await restored.answers.last().getByRole('button', { name: 'Continue' }).click();
    await expect
      .poll(async () => steps(await answerText(restored)).length, { timeout: 60_000 })
      .toBeGreaterThan(stored.length + 5);
    const continued = steps(await answerText(restored));
    expect(continued).toEqual(continued.map((_, index) => `step${index + 1}`));

    // The window that was open all the time connects again by itself.
    await chat.answerShows(`step${stored.length + 3}`);
    await restored.stop.click();
    await restored.settled();
  } finally {
    await host[Symbol.asyncDispose]();
  }
});
