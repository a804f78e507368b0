import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { dropOnDisk } from '../../headless/drop-on-disk.ts';
import { openDesktopPage } from './desktop-page.ts';
import { buildWindow, focused, type BuiltWindow } from './window-under-test.ts';

let browser: Browser;
let built: BuiltWindow;

beforeAll(async () => {
  [browser, built] = await Promise.all([openBrowser(), buildWindow()]);
});
afterAll(async () => {
  await browser.close();
  await built[Symbol.asyncDispose]();
});

const patience = { timeout: 15_000 };

describe('the chat window of the desktop', () => {
  test('talks to the core through the port it was given', async () => {
    await using desktop = await openDesktopPage(browser, built, 'chat');
    const { page, chat } = desktop;
    await page.getByRole('link', { name: 'Letter', exact: true }).click();
    await chat.answerShows('About Letter.');
    await chat.ask('the Sun');
    await chat.answerShows('You asked about the Sun');
    expect(desktop.served.services.chat.list(null, 1).conversations[0]?.title).toBe('Letter');
  });

  test('does what the menus ask, and opens what quick chat hands on', async () => {
    await using desktop = await openDesktopPage(browser, built, 'chat');
    const { page, chat, served } = desktop;
    const letter = served.services.chat.list(null, 10).conversations.find(({ title }) => title === 'Letter');
    await desktop.tell({ type: 'openConversation', conversationId: letter?.id ?? '' });
    await chat.answerShows('About Letter.');
    await desktop.tell({ type: 'command', command: 'newChat' });
    await page.getByRole('heading', { level: 1, name: 'New chat' }).waitFor();
    await expect.poll(() => focused(page), patience).toBe('Message');
    await desktop.tell({ type: 'command', command: 'search' });
    await expect.poll(() => focused(page), patience).toBe('Search');
    await desktop.tell({ type: 'command', command: 'palette' });
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    await page.keyboard.press('Escape');
    await desktop.tell({ type: 'command', command: 'toggleSidebar' });
    await page.getByRole('button', { name: 'Show sidebar' }).waitFor();
    await desktop.tell({ type: 'notice', notice: 'pageRestarted' });
    await page.getByText('Nothing stored was lost.').waitFor();
    expect(await desktop.requests()).toEqual([]);
  });

  test('says that another app has the shortcut, and records a different one', async () => {
    await using desktop = await openDesktopPage(browser, built, 'chat');
    const { page, served } = desktop;
    await page.getByRole('link', { name: 'Letter', exact: true }).waitFor();
    await desktop.tell({ type: 'shortcut', accelerator: 'Alt+Space', state: 'taken' });
    await desktop.tell({ type: 'command', command: 'settings' });
    await page.getByText('Another app uses this shortcut.').waitFor();
    await page.getByRole('button', { name: 'Record shortcut' }).click();
    await page.keyboard.press('Control+Shift+KeyJ');
    await expect.poll(() => served.services.settings.read().quickChatShortcut, patience).toBe('Control+Shift+J');
    await page.getByText('Opens quick chat from any app.').waitFor();
  });
});

describe('folders on the desktop', () => {
  test('a dropped folder is added once or followed from then on, as the person says', async () => {
    await using desktop = await openDesktopPage(browser, built, 'chat');
    const { page } = desktop;
    const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-dropped-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(path.join(folder, 'lease.md'), 'The deposit is 1,250 euros.');
    await page.evaluate((place) => {
      window.clawdbotDrop = { pathOf: () => place };
    }, folder);
    await dropOnDisk(page, [folder]);
    const question = page.getByRole('dialog', { name: `Add the folder “${path.basename(folder)}”?` });
    await question.getByRole('button', { name: 'Add once' }).waitFor();
    await takeScreenshot(page, 'dropped-folder-question-light-en');
    await question.getByRole('button', { name: 'Keep watching' }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => desktop.served.services.collections.followed, patience).toEqual([folder]);
  });

  test('a folder to watch is chosen in the dialog of the system', async () => {
    await using desktop = await openDesktopPage(browser, built, 'chat');
    const { page } = desktop;
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    const library = page.getByRole('dialog', { name: 'Documents' });
    await library.getByRole('button', { name: 'Watch a folder' }).click();
    await expect.poll(() => desktop.requests(), patience).toEqual([{ type: 'chooseFolder' }]);
    await desktop.tell({ type: 'folderChosen', path: null });
    await library.getByRole('button', { name: 'Watch a folder' }).click();
    await expect.poll(async () => (await desktop.requests()).length, patience).toBe(2);
    await desktop.tell({ type: 'folderChosen', path: '/home/me/Papers' });
    await expect.poll(() => desktop.served.services.collections.followed, patience).toEqual(['/home/me/Papers']);
  });
});

describe('the quick window of the desktop', () => {
  test('asks for the height of what is in it, in a window that is too small for it', async () => {
    await using desktop = await openDesktopPage(browser, built, 'quick');
    const { page, chat } = desktop;
    const heights = async () =>
      (await desktop.requests()).flatMap((request) => (request.type === 'resizeQuick' ? [request.heightPx] : []));
    await expect.poll(async () => (await heights()).at(-1), patience).toBeGreaterThan(90);
    const resting = (await heights()).at(-1) ?? 0;
    await page.setViewportSize({ width: 680, height: resting });
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(resting);
    await chat.message.fill('the Moon');
    await chat.message.press('Enter');
    await page.getByText('here are a few words about it.').first().waitFor();
    await expect.poll(async () => (await heights()).at(-1), patience).toBeGreaterThan(resting + 40);
  });

  test('takes the caret when it is shown, hides on Escape and hands its conversation on', async () => {
    await using desktop = await openDesktopPage(browser, built, 'quick');
    const { page, chat } = desktop;
    const last = async () => (await desktop.requests()).filter(({ type }) => type !== 'resizeQuick').at(-1);
    await page.getByRole('button', { name: /Continue in window/ }).focus();
    await desktop.tell({ type: 'quickShown' });
    await expect.poll(() => focused(page), patience).toBe('Message');
    await page.keyboard.type('kept');
    await page.keyboard.press('Escape');
    await expect.poll(last, patience).toEqual({ type: 'hideQuick' });
    expect(await chat.message.inputValue()).toBe('kept');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(async () => (await last())?.type, patience).toBe('continueInWindow');
    const [conversation] = desktop.served.services.chat.list(null, 1).conversations;
    expect(await last()).toEqual({ type: 'continueInWindow', conversationId: conversation?.id });
    expect(conversation?.title).toBe('kept');
  });
});
