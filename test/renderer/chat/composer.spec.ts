import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems, openView } from './open-view.ts';
import { createScriptedChat } from './scripted-chat.ts';
import { buildPage, serveView, type BuiltPage } from './view-under-test.ts';

let browser: Browser;
let built: BuiltPage;

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), buildPage()]);
});
afterAll(async () => {
  await browser.close();
  await built[Symbol.asyncDispose]();
});

const sent = (script: ReturnType<typeof createScriptedChat>): unknown[] =>
  script.calls.filter(({ name }) => name === 'send').map(({ input }) => input);

describe('the message field', () => {
  test('sends on Enter and empties when the message is stored', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, script, page } = view;
    expect(await chat.send.isDisabled()).toBe(true);
    await chat.message.fill('How do tides work?');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('In short.');
    expect(await chat.message.inputValue()).toBe('How do tides work?\nIn short.');
    await page.keyboard.press('Enter');
    await chat.questions.filter({ hasText: 'In short.' }).waitFor();
    expect(await chat.message.inputValue()).toBe('');
    expect(sent(script)).toMatchObject([
      { conversationId: 'c1', text: 'How do tides work?\nIn short.', modelId: null },
    ]);
    await chat.stop.waitFor();
    expect(await chat.send.count()).toBe(0);
    await expect.poll(() => chat.message.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('begins a conversation and stays ready to write in', async () => {
    await using view = await openView(browser, built, { place: '' });
    const { chat, script, page, problems } = view;
    script.onAsked = (answer) => script.put({ ...answer, text: 'Hi.', state: 'done' });
    await page.getByRole('button', { name: /tides/ }).click();
    expect(await chat.message.inputValue()).toMatch(/tides/);
    await page.keyboard.press('Enter');
    await chat.answerShows('Hi.');
    expect(page.url()).toMatch(/#c1$/);
    expect(sent(script)).toMatchObject([{ conversationId: null }]);
    await page.keyboard.type('And');
    expect(await chat.message.inputValue()).toBe('And');
    expect(problems).toEqual([]);
  });

  test('leaves Enter to an input method that is composing', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'], locale: 'zh-CN' });
    const { page, script } = view;
    const field = page.getByRole('textbox', { name: '消息' });
    await field.focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'chaoxi', selectionStart: 6, selectionEnd: 6 });
    // What a browser reports while an input method has the key: it takes a candidate and inserts nothing itself.
    await session.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 13,
    });
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 13,
    });
    await session.send('Input.insertText', { text: '潮汐' });
    expect(sent(script)).toEqual([]);
    expect(await field.inputValue()).toBe('潮汐');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent(script)).toMatchObject([{ text: '潮汐' }]);
  });

  test('recalls what was asked before with the Up key, when it is empty', async () => {
    await using view = await openView(browser, built, { texts: ['First question', 'a', 'Second question', 'b'] });
    const { chat, page } = view;
    await chat.questions.first().waitFor();
    await chat.message.focus();
    await page.keyboard.press('ArrowUp');
    expect(await chat.message.inputValue()).toBe('Second question');
    await page.keyboard.press('ArrowUp');
    expect(await chat.message.inputValue()).toBe('First question');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await chat.message.inputValue()).toBe('');
    await page.keyboard.type('my own words');
    await page.keyboard.press('ArrowUp');
    expect(await chat.message.inputValue()).toBe('my own words');
  });

  test('takes what is typed while the thread has the focus', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, page } = view;
    await chat.answerShows('Hi');
    await chat.thread.focus();
    await page.keyboard.type('And now');
    expect(await chat.message.inputValue()).toBe('And now');
  });

  test('stops the answer with the button and with Escape', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, script, page } = view;
    for (const stop of [() => chat.stop.click(), () => page.keyboard.press('Escape')]) {
      await chat.ask('Go on');
      await chat.stop.waitFor();
      await chat.message.fill('a thought meanwhile');
      await page.keyboard.press('Enter');
      await stop();
      await chat.settled();
      expect(await chat.message.inputValue()).toBe('a thought meanwhile');
    }
    expect(script.calls.filter(({ name }) => name === 'stop')).toHaveLength(2);
    expect(sent(script)).toHaveLength(2);
  });

  test('keeps a draft for each conversation over a reload', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, page } = view;
    await chat.message.fill('half a thought');
    await page.reload();
    await expect.poll(() => chat.message.inputValue()).toBe('half a thought');
    await page.evaluate(() => (location.hash = ''));
    await expect.poll(() => chat.message.inputValue()).toBe('');
  });

  test('says by how much a text is too long before it is sent', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, page } = view;
    await chat.message.fill('x'.repeat(203_412));
    await page.getByText('203,412 characters; at most 200,000 fit. Take out 3,412.').waitFor();
    expect(await chat.send.isDisabled()).toBe(true);
    await chat.message.fill('x');
    await expect.poll(() => chat.send.isDisabled()).toBe(false);
  });
});

describe('when a message cannot be sent', () => {
  test('the text stays, the reason is said, and Retry cannot store it twice', async () => {
    await using view = await openView(browser, built, { texts: ['Hello', 'Hi'] });
    const { chat, script, page } = view;
    script.failNext('send', new ClawdbotError('DISK_FULL', 'The disk is full.', { path: '/Users/mia' }));
    await chat.message.fill('Words that must not be lost');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.getByText('The disk with /Users/mia is full.').waitFor();
    expect(await chat.message.inputValue()).toBe('Words that must not be lost');
    await takeScreenshot(page, 'send-error-light-en');
    expect(await accessibilityProblems(page)).toEqual([]);

    await alert.getByRole('button', { name: 'Retry' }).click();
    await chat.questions.filter({ hasText: 'Words that must not be lost' }).waitFor();
    await alert.waitFor({ state: 'detached' });
    const [first, second] = sent(script).map((input) => Reflect.get(Object(input), 'requestId'));
    expect(first).toBe(second);
  });

  test('while the core is away, one can write but not send, and both are said', async () => {
    const script = createScriptedChat(['Hello', 'Hi']);
    await using view = await openView(browser, built, { script });
    const { chat, page, served } = view;
    await chat.answerShows('Hi');
    await served[Symbol.asyncDispose]();
    await chat.message.fill('Are you there?');
    await page.getByText(/cannot be reached|Connecting to Clawdbot/).waitFor();
    expect(await chat.send.isDisabled()).toBe(true);
    await page.keyboard.press('Enter');

    await using again = await serveView(built, script, served.backend.port);
    await expect.poll(() => chat.send.isDisabled(), { timeout: 30_000 }).toBe(false);
    expect(again.url).toBe(served.url);
    expect(await chat.message.inputValue()).toBe('Are you there?');
    await chat.send.click();
    await chat.questions.filter({ hasText: 'Are you there?' }).waitFor();
    expect(sent(script)).toHaveLength(1);
  });
});
