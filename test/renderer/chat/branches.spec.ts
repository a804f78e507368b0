import { expect, test } from 'vitest';

import { setUpBrowserAndModels } from '../../headless/browser-and-models.ts';
import { openPage, takeScreenshot } from '../../headless/browser.ts';
import { ChatPage } from '../../headless/chat-page.ts';
import { startHost } from '../../headless/host-under-test.ts';
import { accessibilityProblems } from './open-view.ts';

const under = setUpBrowserAndModels();

test('questions and answers keep their versions on the real core: edit, regenerate, switch, delete, undo', async () => {
  await using host = await startHost({ models: [under.models.short, under.models.long] });
  const { page, problems } = await openPage(under.browser, host.url);
  const chat = new ChatPage(page);
  await chat.ask('How do rivers begin?');
  await chat.answerShows('Done.');
  await chat.settled();
  await chat.answers.last().locator('.code-keyword').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  // Another answer, by the other model, stopped on its way and gone on with.
  await chat.answers.last().getByRole('button', { name: 'Regenerate with another model' }).click();
  await page.getByRole('menuitem', { name: 'Steps' }).click();
  await chat.answerShows('step5 ');
  await chat.stop.click();
  await chat.settled();
  await chat.answerShows('2 / 2');
  await chat.answers.last().getByRole('button', { name: 'Continue' }).click();
  await chat.stop.waitFor();
  const steps = async (): Promise<number> =>
    ((await chat.answers.last().textContent()) ?? '').match(/step\d+/g)?.length ?? 0;
  const before = await steps();
  await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(before + 3);
  await chat.stop.click();
  await chat.settled();

  // Back to the first answer and forth again.
  await chat.answers.last().getByRole('button', { name: 'Previous version' }).click();
  await chat.answerShows('1 / 2');
  await chat.answerShows('Rivers carry cold meltwater');
  expect(await chat.answers.count()).toBe(1);

  // The question in other words: a branch of its own.
  await chat.questions.last().hover();
  await chat.questions.last().getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('Where do rivers end?');
  await page.keyboard.press('Enter');
  await chat.questions.filter({ hasText: 'Where do rivers end?' }).waitFor();
  await chat.answerShows('Done.');
  await chat.settled();
  expect(await page.getByRole('article').count()).toBe(2);
  await chat.questions.last().hover();
  await takeScreenshot(page, 'branches-light-en');
  await chat.questions.last().getByRole('button', { name: 'Previous version' }).click();
  // The question stays in sight, followed by the answer that was given last.
  await chat.questions.filter({ hasText: 'How do rivers begin?' }).waitFor();
  await chat.answerShows('step5 ');
  // How much was written until it was stopped depends on the machine; a thread that fits has no end to jump to.
  const jump = page.getByRole('button', { name: 'Jump to latest' });
  if (await jump.isVisible()) await jump.click();
  await chat.answers.last().getByRole('button', { name: 'Previous version' }).click();
  await chat.answerShows('Rivers carry cold meltwater');

  // The neighbour takes the place of a deleted version.
  await chat.answers.last().getByRole('button', { name: 'Delete message' }).click();
  await chat.answerShows('step5 ');
  await page.getByRole('button', { name: 'Undo' }).click();
  await chat.answerShows('Rivers carry cold meltwater');
  expect(problems).toEqual([]);
});
