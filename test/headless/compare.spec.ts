import { expect, test } from 'vitest';

import { accessibilityProblems } from '../renderer/chat/open-view.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost } from './host-under-test.ts';

const under = setUpBrowserAndModels();

test('two answers stand side by side, and the conversation goes on with the chosen one', async () => {
  await using host = await startHost({ models: [under.models.short, under.models.long] });
  const { page, context, problems } = await openPage(under.browser, host.url);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
  const chat = new ChatPage(page);
  await chat.ask('How do rivers begin?');
  await chat.answerShows('Done.');
  await chat.settled();
  expect(await chat.answers.last().getByRole('button', { name: 'Compare versions' }).count()).toBe(0);
  await chat.answers.last().getByRole('button', { name: 'Regenerate with another model' }).click();
  await page.getByRole('menuitem', { name: 'Steps' }).click();
  await chat.answerShows('step30 ');
  await chat.stop.click();
  await chat.settled();

  await chat.answers.last().getByRole('button', { name: 'Compare versions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare answers' });
  const left = dialog.getByRole('region', { name: /^1\./ });
  const right = dialog.getByRole('region', { name: /^2\. Steps/ });
  await left.getByText('Rivers carry cold meltwater').waitFor();
  await right.getByText('step30').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await takeScreenshot(page, 'compare-light-en');
  await page.emulateMedia({ colorScheme: 'dark' });
  await takeScreenshot(page, 'compare-dark-en');
  await dialog.getByRole('button', { name: 'Continue with this' }).click();
  await dialog.waitFor({ state: 'detached' });
  await chat.answerShows('Rivers carry cold meltwater');
  await chat.answerShows('1 / 2');

  // What is on screen can be taken along.
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await takeScreenshot(page, 'conversation-menu-dark-en');
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await page.getByText('The conversation is in the clipboard.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('**You:**\n\nHow do rivers begin?\n\n**Clawdbot (');
  expect(copied).toContain('Rivers carry **cold** meltwater');
  expect(copied).not.toContain('step30');
  expect(problems).toEqual([]);
});
