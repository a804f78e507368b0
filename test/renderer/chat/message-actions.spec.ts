import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TurnProgress } from '../../../shared/contract/index.ts';
import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { openView } from './open-view.ts';
import { createMessage, createScriptedChat, type ScriptedChat } from './scripted-chat.ts';
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

const called = (script: ScriptedChat, name: string): unknown[] =>
  script.calls.filter((call) => call.name === name).map(({ input }) => input);

/** Two questions and two answers; m4 is the last answer. */
function twoTurns(): ScriptedChat {
  return createScriptedChat([
    'How do tides work?',
    'The **Moon** pulls.',
    'And the sun?',
    'A little.\n\n```sh\nls -l\n```',
  ]);
}

describe('a message', () => {
  test('is copied as it was written, and says so in its place', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, page } = view;
    await chat.answers.first().hover();
    await chat.answers.first().getByRole('button', { name: 'Copy', exact: true }).click();
    await chat.answers.first().getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('The **Moon** pulls.');
    await chat.answers.last().getByRole('button', { name: 'Copy code' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('ls -l');
  });

  test('of one’s own can be asked again in other words', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, script, page } = view;
    const question = chat.questions.last();
    await question.hover();
    await question.getByRole('button', { name: 'Edit' }).click();
    const editor = question.getByRole('textbox', { name: 'Edit message' });
    await editor.fill('And the stars?');
    await page.keyboard.press('Escape');
    expect(await question.textContent()).toContain('And the sun?');

    await question.hover();
    await question.getByRole('button', { name: 'Edit' }).click();
    await editor.fill('And the stars?');
    script.failNext('edit', new ClawdbotError('TURN_RUNNING', 'busy', { conversationId: 'c1' }));
    await page.keyboard.press('Enter');
    await page.getByText('An answer is still being written').waitFor();
    expect(await editor.inputValue()).toBe('And the stars?');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await chat.questions.filter({ hasText: 'And the stars?' }).waitFor();
    await chat.stop.waitFor();
    expect(called(script, 'edit')).toMatchObject([{ messageId: 'm3' }, { messageId: 'm3', text: 'And the stars?' }]);
    expect(called(script, 'stop')).toEqual([]);
  });

  test('is answered again by the same model or by another one', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, script, page } = view;
    const answer = chat.answers.last();
    await answer.getByRole('button', { name: 'Regenerate', exact: true }).click();
    await chat.stop.click();
    await chat.settled();
    await answer.getByRole('button', { name: 'Regenerate with another model' }).click();
    await page.getByRole('menuitem', { name: 'Gemma 3 4B' }).click();
    await chat.stop.waitFor();
    expect(called(script, 'regenerate')).toMatchObject([{ messageId: 'm4', modelId: 'qwen' }, { modelId: 'gemma' }]);
  });

  test('that was just answered can be answered again, stopped, and followed by another', async () => {
    await using view = await openView(browser, built);
    const { chat, script } = view;
    script.onAsked = (answer) => script.put({ ...answer, text: 'Words.', state: 'done' });
    await chat.ask('Hello');
    await chat.answerShows('Words.');
    script.onAsked = undefined;
    await chat.answers.last().getByRole('button', { name: 'Regenerate', exact: true }).click();
    await chat.stop.click();
    await chat.settled();
    await chat.ask('And more');
    expect(called(script, 'send')).toHaveLength(2);
  });

  test('shows its other versions', async () => {
    const script = twoTurns();
    script.messages[3] = { ...createMessage(script.messages[3] ?? {}), version: { index: 1, count: 3 } };
    await using view = await openView(browser, built, { script });
    const answer = view.chat.answers.last();
    await answer.getByText('2 / 3').waitFor();
    await answer.getByRole('button', { name: 'Previous version' }).click();
    await answer.getByRole('button', { name: 'Next version' }).click();
    await expect
      .poll(() => called(script, 'selectVersion'))
      .toEqual([
        { messageId: 'm4', index: 0 },
        { messageId: 'm4', index: 2 },
      ]);
  });

  test('is quoted: what is selected in it, or all of it', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, page } = view;
    await chat.questions.first().hover();
    await chat.questions.first().getByRole('button', { name: 'Quote' }).click();
    expect(await chat.message.inputValue()).toBe('> How do tides work?\n\n');
    await chat.message.fill('');
    const selected = async (): Promise<string | undefined> => {
      // The field shrinks at that moment, and what is clicked on moves.
      await chat.answers.first().getByText('Moon').dblclick();
      return page.evaluate(() => getSelection()?.toString().trim());
    };
    await expect.poll(selected).toBe('Moon');
    await chat.answers.first().getByRole('button', { name: 'Quote' }).click();
    expect(await chat.message.inputValue()).toBe('> Moon\n\n');
    await page.keyboard.type('really?');
    expect(await chat.message.inputValue()).toBe('> Moon\n\nreally?');
  });

  test('is deleted with what followed, and brought back', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, page, script } = view;
    await chat.questions.last().hover();
    await chat.questions.last().getByRole('button', { name: 'Delete message' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(4);
    expect(called(script, 'restoreMessage')).toEqual(['m3']);
  });

  test('can be acted on with the keyboard alone', async () => {
    await using view = await openView(browser, built, { script: twoTurns() });
    const { chat, page } = view;
    const toolbar = chat.answers.last().getByRole('toolbar', { name: 'Message actions' });
    // Buttons are drawn when there is time, after the words.
    await toolbar.waitFor({ state: 'attached' });
    await chat.message.focus();
    // Backwards from the field: the last answer's actions are one stop.
    await page.keyboard.press('Shift+Tab');
    expect(await toolbar.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    const name = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('End');
    await expect.poll(name).toBe('Delete message');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(name).toBe('Quote');
    await page.keyboard.press('Enter');
    expect(await chat.message.inputValue()).toMatch(/^> A little\./);
  });

  test('that is long is folded until it is asked for', async () => {
    const script = createScriptedChat([`${'A long paste. '.repeat(300)}the end`, 'ok']);
    await using view = await openView(browser, built, { script });
    const { chat } = view;
    const height = async (): Promise<number> => (await chat.questions.first().boundingBox())?.height ?? 0;
    const more = chat.questions.first().getByRole('button', { name: 'Show all' });
    await more.waitFor();
    const folded = await height();
    await more.click();
    await expect.poll(height).toBeGreaterThan(folded + 100);
  });
});

describe('an answer that did not reach its end', () => {
  const ends = [
    ['stopped', 'Stopped', 'Continue', null],
    [
      'interrupted',
      'This answer was cut off',
      'Continue',
      { code: 'ENGINE_CRASHED', message: '', data: { reason: 'signal SIGKILL' } },
    ],
    [
      'failed',
      'Qwen 3 8B needs 8.4 GB of memory, and 3.1 GB are free.',
      'Continue',
      { code: 'OUT_OF_MEMORY', message: '', data: { modelName: 'Qwen 3 8B', neededBytes: 8.4e9, freeBytes: 3.1e9 } },
    ],
  ] as const;

  test.each(ends)('says so when it was %s, and goes on when asked', async (state, words, button, error) => {
    const script = twoTurns();
    script.messages[3] = { ...createMessage(script.messages[3] ?? {}), text: 'A little', state, error };
    await using view = await openView(browser, built, { script });
    const { chat, page } = view;
    await chat.answerShows(words);
    await takeScreenshot(page, `answer-${state}-light-en`);
    await chat.answers.last().getByRole('button', { name: button }).click();
    await chat.stop.waitFor();
    script.write('m4', ' and more.');
    await chat.answerShows('A little and more.');
    expect(called(script, 'continueReply')).toEqual(['m4']);
  });

  test('can be answered again instead, or discarded', async () => {
    const script = twoTurns();
    script.messages[3] = { ...createMessage(script.messages[3] ?? {}), state: 'interrupted' };
    await using view = await openView(browser, built, { script });
    await view.chat.answers.last().getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => called(script, 'regenerate')).toMatchObject([{ messageId: 'm4' }]);
    await view.chat.stop.click();
    await view.chat.settled();
    await view.chat.answers.last().getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => called(script, 'removeMessage')).toHaveLength(1);
  });

  test.each<[TurnProgress, string]>([
    [{ phase: 'loading', modelName: 'Qwen', fraction: 0 }, 'This answer was cut off while the model was being loaded.'],
    [{ phase: 'queued', ahead: 1 }, 'This answer was cut off while it waited for its turn.'],
    [{ phase: 'callingTool', toolName: 'mail.send' }, 'This answer was cut off while mail.send was called.'],
  ])('and holds no words says what it was doing, and is tried again in its place', async (interruptedIn, words) => {
    const script = twoTurns();
    const message = createMessage(script.messages[3] ?? {});
    script.messages[3] = { ...message, text: '', state: 'interrupted', interruptedIn };
    await using view = await openView(browser, built, { script });
    await view.chat.answerShows(words);
    const answer = view.chat.answers.last();
    expect(await answer.getByRole('button', { name: 'Continue' }).count()).toBe(0);
    await answer.getByRole('button', { name: 'Discard' }).waitFor();
    await answer.getByRole('button', { name: 'Retry' }).click();
    await view.chat.stop.waitFor();
    expect(called(script, 'continueReply')).toEqual(['m4']);
  });

  test('and was discarded leaves a question that can be answered', async () => {
    const script = twoTurns();
    script.messages.length = 3;
    await using view = await openView(browser, built, { script });
    await view.page.getByText('This has no answer.').waitFor();
    await takeScreenshot(view.page, 'question-unanswered-light-en');
    await view.page.getByRole('button', { name: 'Answer it' }).click();
    await expect.poll(() => called(script, 'regenerate')).toEqual([{ messageId: 'm3', modelId: null }]);
    await view.page.getByText('This has no answer.').waitFor({ state: 'detached' });
  });

  test('says how quick it was, and which messages were not read', async () => {
    const script = twoTurns();
    script.messages[3] = {
      ...createMessage(script.messages[3] ?? {}),
      stats: {
        firstWordMs: 240,
        tokensPerSecond: 31.4,
        promptTokens: 9,
        cachedTokens: 0,
        replyTokens: 5,
        omittedMessages: 12,
      },
    };
    await using view = await openView(browser, built, { script });
    await view.chat.answerShows('12 earlier messages did not fit and were not read');
    expect(await view.chat.answers.last().textContent()).toContain('Qwen 3 8B · first word after 240 ms · 31 tokens/s');
  });
});

test('a conversation that was deleted elsewhere says so and can be restored', async () => {
  await using view = await openView(browser, built, { script: twoTurns() });
  const { script, page } = view;
  await view.chat.answers.last().waitFor();
  script.emit({ type: 'removed' });
  await page.getByText('This conversation was deleted').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await view.chat.answers.last().waitFor();
  expect(called(script, 'restore')).toEqual(['c1']);
});

test('a conversation that does not exist says what to do', async () => {
  await using view = await openView(browser, built, { place: 'unknown' });
  await view.page.getByText('This conversation no longer exists.').waitFor();
  expect(await view.page.getByRole('log').count()).toBe(0);
});
