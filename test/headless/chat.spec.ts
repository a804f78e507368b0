import { afterEach, expect, test } from 'vitest';

import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

async function open() {
  host = await startHost({ models: [under.models.short, under.models.long] });
  const observed = await openPage(under.browser, host.url);
  return { ...observed, chat: new ChatPage(observed.page) };
}

test('a question is answered with the exact words of the model, streamed into the thread', async () => {
  const { chat, page, problems } = await open();
  const lengths = watchLengths(chat);
  await chat.ask('How do rivers begin?');
  await chat.settled();
  await chat.answerShows('Rivers carry cold meltwater down from high glaciers.');
  await chat.answerShows('First point');
  await chat.answerShows('const answer = 42;');
  expect(await chat.answers.last().getByRole('listitem').count()).toBe(2);
  expect((await lengths.stop()).length, 'the answer grew in more than one step').toBeGreaterThan(2);
  await takeScreenshot(page, 'chat-answer-light-en');
  expect(problems).toEqual([]);
});

test('Stop ends an answer within a second and keeps what was written', async () => {
  const { chat, problems } = await open();
  await chat.chooseModel('Steps');
  await chat.ask('Count for a long time');
  await chat.answerShows('step20');
  // Taken inside the page: what the test's own messages to the browser cost is nothing a person waits for.
  const stopping = chat.page.evaluate(msFromClickToEnd);
  await chat.stop.click();
  expect(await stopping).toBeLessThan(1000);
  const kept = await chat.answers.last().textContent();
  expect(kept).toContain('step20');
  expect(kept).not.toContain('step6000');

  await chat.page.reload();
  await chat.answerShows('step20');
  expect(problems).toEqual([]);
});

test('a conversation goes on with another model after a switch', async () => {
  const { chat, problems } = await open();
  await chat.ask('First with one model');
  await chat.answerShows('Rivers carry');
  await chat.settled();
  await chat.chooseModel('Steps');
  await chat.ask('Then with the other');
  await chat.answerShows('step1 step2 step3');
  await chat.stop.click();
  await chat.settled();
  expect(await chat.answers.count()).toBe(2);
  expect(problems).toEqual([]);
});

test('a reload shows the same thread, and an answer in progress goes on', async () => {
  const { chat, problems } = await open();
  await chat.chooseModel('Steps');
  await chat.ask('Keep counting');
  await chat.answerShows('step5');
  await chat.page.reload();
  await chat.questions.filter({ hasText: 'Keep counting' }).waitFor();
  await chat.answerShows('step5');
  const length = ((await chat.answers.last().textContent()) ?? '').length;
  await expect.poll(async () => ((await chat.answers.last().textContent()) ?? '').length).toBeGreaterThan(length);
  await chat.stop.click();
  await chat.settled();
  expect(problems).toEqual([]);
});

test('the sidebar finds words inside messages, renames, deletes and undoes', async () => {
  const { chat, page, problems } = await open();
  await chat.ask('Tell me about zebrafish');
  await chat.answerShows('Done.');
  await chat.settled();
  await chat.newChat.click();
  await chat.ask('冰川融水从哪里来');
  await chat.answerShows('Done.');
  await chat.settled();
  const rows = chat.conversations.getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(2);

  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('zebrafish');
  await page.getByText('zebrafish').first().waitFor();
  await takeScreenshot(page, 'sidebar-search-light-en');
  await search.fill('融水');
  await page.getByRole('listbox', { name: 'Search results' }).getByText('融水').first().waitFor();
  await search.fill('');

  const row = rows.filter({ hasText: 'zebrafish' });
  await row.click();
  await chat.questions.filter({ hasText: 'zebrafish' }).waitFor();
  await row.hover();
  await row.getByRole('button', { name: /actions|more/i }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: /title|name/i }).fill('Small fish');
  await page.keyboard.press('Enter');
  await rows.filter({ hasText: 'Small fish' }).waitFor();

  await rows.filter({ hasText: 'Small fish' }).hover();
  await rows
    .filter({ hasText: 'Small fish' })
    .getByRole('button', { name: /actions|more/i })
    .click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await rows.filter({ hasText: 'Small fish' }).waitFor();
  expect(problems).toEqual([]);
});

/** Runs in the page: milliseconds from the next click to the moment at which there is no Stop button any more. */
function msFromClickToEnd(): Promise<number> {
  return new Promise((resolve, reject) => {
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const isThere = () => document.querySelector('button[aria-label="Stop"]') !== null;
        if (!isThere()) reject(new Error('There was no Stop button to click.'));
        const observer = new MutationObserver(() => {
          if (isThere()) return;
          observer.disconnect();
          resolve(performance.now() - timeStamp);
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      },
      { capture: true, once: true },
    );
  });
}

/** Samples the length of the last answer until stopped; returns the different lengths seen. */
function watchLengths(chat: ChatPage) {
  const seen = new Set<number>();
  let running = true;
  const loop = (async () => {
    while (running) {
      if ((await chat.answers.count()) > 0) seen.add(((await chat.answers.last().textContent()) ?? '').length);
    }
  })();
  return {
    async stop() {
      running = false;
      await loop;
      return [...seen];
    },
  };
}
