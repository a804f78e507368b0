import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { openView } from './open-view.ts';
import { buildPage, type BuiltPage } from './view-under-test.ts';

let browser: Browser;
let built: BuiltPage;

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), buildPage()]);
});
afterAll(async () => {
  await browser.close();
  await built[Symbol.asyncDispose]();
});

/** From the next load of the page on, what it sends to the core waits until it is let through. */
async function holdSending(page: Page): Promise<() => void> {
  const released = Promise.withResolvers<void>();
  await page.routeWebSocket(/\/rpc/, (socket) => {
    const core = socket.connectToServer();
    socket.onMessage((message) => {
      if (!message.toString().includes('/chat/send')) return core.send(message);
      void released.promise.then(() => core.send(message));
    });
  });
  await page.reload();
  return () => released.resolve();
}

test('a question is on the screen before the core has it, and stays in its place when it does', async () => {
  await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
  const { chat, page, script, problems } = view;
  const release = await holdSending(page);
  await chat.answerShows('Hi');
  await chat.ask('And then?');
  expect(await chat.answers.count()).toBe(2);
  await chat.answerShows('Sending');
  expect(await chat.message.inputValue()).toBe('');
  await chat.stop.waitFor();
  await takeScreenshot(page, 'sending-light-en');
  expect(script.calls.filter(({ name }) => name === 'send')).toEqual([]);
  const shown = await chat.questions.last().elementHandle();

  script.onAsked = (answer) => script.put({ ...answer, text: 'The end.', state: 'done' });
  release();
  await chat.answerShows('The end.');
  await chat.settled();
  expect(await chat.questions.count()).toBe(2);
  expect(await chat.answers.count()).toBe(2);
  expect(await shown?.evaluate((element) => element.isConnected)).toBe(true);
  expect(problems).toEqual([]);
});

test('what the core refuses goes back into the field', async () => {
  await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
  const { chat, page, script } = view;
  const release = await holdSending(page);
  await chat.answerShows('Hi');
  script.failNext('send', new ClawdbotError('DISK_FULL', 'The disk is full.', { path: '/Users/mia' }));
  await chat.ask('Words that must not be lost');
  release();
  await page.getByRole('alert').getByText('The disk with /Users/mia is full.').waitFor();
  expect(await chat.message.inputValue()).toBe('Words that must not be lost');
  expect(await chat.questions.count()).toBe(1);
  expect(await chat.answers.count()).toBe(1);
});

test('an unsent question is a draft again after the page was closed', async () => {
  await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
  const { chat, page } = view;
  await holdSending(page);
  await chat.answerShows('Hi');
  await chat.ask('Words on their way');
  await page.reload();
  await expect.poll(() => chat.message.inputValue()).toBe('Words on their way');
});

test('Stop before the core has the question stops it as soon as it does', async () => {
  await using view = await openView(browser, built, { place: '' });
  const { chat, page, script } = view;
  const release = await holdSending(page);
  await chat.ask('Never mind');
  await chat.stop.click();
  release();
  await chat.settled();
  await expect.poll(() => script.calls.filter(({ name }) => name === 'stop').length).toBe(1);
  expect(await chat.questions.count()).toBe(1);
  await chat.answerShows('Stopped');
});
