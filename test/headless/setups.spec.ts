import { expect, test } from 'vitest';

import { accessibilityProblems } from '../renderer/chat/open-view.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost } from './host-under-test.ts';

const under = setUpBrowserAndModels();

test('a conversation begins as a role, gets a model and limits of its own, and becomes a role for others', async () => {
  await using host = await startHost({ models: [under.models.short, under.models.long] });
  const { page, problems } = await openPage(under.browser, host.url);
  const chat = new ChatPage(page);
  const dialog = page.getByRole('dialog', { name: 'Role and answers' });
  const menu = page.getByRole('button', { name: 'Conversation menu' });

  await page.getByRole('button', { name: 'Role: Choose a role' }).click();
  await takeScreenshot(page, 'setup-roles-light-en');
  await page.getByRole('menuitemcheckbox', { name: 'Translator' }).click();
  await page.getByRole('button', { name: 'Role: Translator' }).waitFor();
  await chat.ask('Good morning');
  await chat.answerShows('Done.');
  await chat.settled();
  await page.getByRole('button', { name: 'Role: Translator' }).waitFor();

  await menu.click();
  await page.getByRole('menuitem', { name: 'Role and answers' }).click();
  await dialog.waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Instructions' }).inputValue()).toContain('Translate what I write');
  await dialog.getByRole('button', { name: /^Model:/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Steps' }).click();
  await dialog.getByRole('textbox', { name: 'Longest answer' }).fill('6');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Instructions' }).fill('Count for me.');
  await dialog.getByText('More', { exact: true }).click();
  await takeScreenshot(page, 'setup-dialog-light-en');
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save as a role' }).click();
  await dialog.getByRole('textbox', { name: 'Name of the role' }).fill('Counter');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Role: Counter' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // Answered by its own model, and no longer than set; the model that answers others stays the same.
  await expect.poll(() => chat.model.textContent()).toContain('Steps');
  await chat.ask('Go on');
  await chat.answerShows('step1');
  await chat.settled();
  expect((await chat.answers.last().textContent()) ?? '').not.toContain('step30');
  await chat.newChat.click();
  await expect.poll(() => chat.model.textContent()).not.toContain('Steps');

  // The role is there for the next one, also after a reload; changed and deleted with a way back.
  await page.reload();
  await page.getByRole('button', { name: 'Role: Choose a role' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Counter' }).click();
  await expect.poll(() => chat.model.textContent()).toContain('Steps');
  await page.getByRole('button', { name: 'Role: Counter' }).click();
  await page.getByRole('menuitem', { name: 'Role and answers' }).click();
  await dialog.getByRole('textbox', { name: 'Longest answer' }).fill('7');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Update “Counter”' }).click();
  await dialog.getByRole('button', { name: 'Role: Counter', exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Delete role' }).click();
  await dialog.getByRole('button', { name: 'Role: Own settings' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Role: Counter' }).waitFor();
  expect(problems).toEqual([]);
});

test('says all of it in Chinese, in the dark', async () => {
  await using host = await startHost({ models: [under.models.short] });
  const { page, problems } = await openPage(under.browser, host.url, { locale: 'zh-CN', colorScheme: 'dark' });
  await page.getByRole('textbox', { name: '消息' }).waitFor();
  await page.getByRole('button', { name: '角色: 选择角色' }).click();
  await page.getByRole('menuitemcheckbox', { name: '耐心的老师' }).click();
  await page.getByRole('button', { name: '对话菜单' }).click();
  await page.getByRole('menuitem', { name: '角色与回答' }).click();
  const dialog = page.getByRole('dialog', { name: '角色与回答' });
  expect(await dialog.getByRole('textbox', { name: '指令' }).inputValue()).toContain('一步一步');
  await dialog.getByText('更多', { exact: true }).click();
  await takeScreenshot(page, 'setup-dialog-dark-zh');
  expect(problems).toEqual([]);
});
