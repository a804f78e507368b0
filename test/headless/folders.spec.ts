import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { accessibilityProblems } from '../renderer/chat/open-view.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost } from './host-under-test.ts';

const under = setUpBrowserAndModels();

const row = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });
const folder = (page: Page, name: string, count: number) =>
  page.getByRole('button', { name: count === 0 ? name : `${name} ${count}`, exact: true });

test('conversations are filed by menu, by dragging and from the folder, and stay when it is deleted', async () => {
  await using host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url);
  const chat = new ChatPage(page);
  for (const title of ['How do rivers begin', 'Soup for six', 'Letter to the town']) {
    await chat.newChat.click();
    await chat.ask(title);
    await chat.answerShows('Done.');
    await chat.settled();
    await row(page, title).waitFor();
  }

  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByRole('textbox', { name: 'Name of the folder' }).fill('Nature');
  await page.keyboard.press('Enter');
  await folder(page, 'Nature', 0).waitFor();

  // By menu, with the keyboard alone.
  await row(page, 'How do rivers begin').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Move to' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitemcheckbox', { name: 'Nature' }).waitFor();
  await takeScreenshot(page, 'folders-move-light-en');
  await page.getByRole('menuitemcheckbox', { name: 'Nature' }).click();
  await folder(page, 'Nature', 1).waitFor();

  // By dragging, there and out again.
  await row(page, 'Soup for six').dragTo(folder(page, 'Nature', 1));
  await folder(page, 'Nature', 2).waitFor();
  await row(page, 'Soup for six').dragTo(row(page, 'Letter to the town'));
  await folder(page, 'Nature', 1).waitFor();

  // Begun inside.
  await folder(page, 'Nature', 1).hover();
  await page.getByRole('button', { name: 'More for Nature' }).click();
  await page.getByRole('menuitem', { name: 'New chat here' }).click();
  await page.getByText('In Nature').waitFor();
  await takeScreenshot(page, 'folders-begin-light-en');
  await chat.ask('Where do rivers end');
  await chat.answerShows('Done.');
  await chat.settled();
  await folder(page, 'Nature', 2).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await takeScreenshot(page, 'folders-light-en');

  // Folded away, also after a reload.
  await folder(page, 'Nature', 2).focus();
  await page.keyboard.press('ArrowLeft');
  await row(page, 'Where do rivers end').waitFor({ state: 'detached' });
  await page.reload();
  await folder(page, 'Nature', 2).waitFor();
  expect(await row(page, 'Where do rivers end').count()).toBe(0);
  await folder(page, 'Nature', 2).click();
  await row(page, 'Where do rivers end').waitFor();

  // Deleted, with its conversations left, and brought back.
  await folder(page, 'Nature', 2).focus();
  await page.keyboard.press('Delete');
  await folder(page, 'Nature', 2).waitFor({ state: 'detached' });
  await row(page, 'Where do rivers end').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await folder(page, 'Nature', 2).waitFor();

  await page.emulateMedia({ colorScheme: 'dark' });
  await takeScreenshot(page, 'folders-dark-en');
  expect(problems).toEqual([]);
});
