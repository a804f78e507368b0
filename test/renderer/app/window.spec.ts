import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems } from '../chat/open-view.ts';
import { createFakeServices, createModel } from '../services.ts';
import { buildWindow, createFurnishedServices, openWindow, type BuiltWindow } from './window-under-test.ts';

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
const row = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });
const shortcut = (page: Page, keys: string) => page.keyboard.press(`ControlOrMeta+${keys}`);

describe('the sidebar', () => {
  test('groups conversations by day and opens one', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    await expect.poll(() => chat.conversations.getByRole('listitem').count(), patience).toBe(6);
    const text = (await chat.conversations.innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(
      /^Pinned Kept notes Today Tides Yesterday Letter Previous 7 days Weekend in Ghent Black holes/,
    );
    await row(page, 'Letter').click();
    await chat.answerShows('About Letter.');
    await page.getByRole('heading', { level: 1, name: 'Letter' }).waitFor();
    expect(await row(page, 'Letter').getAttribute('aria-current')).toBe('page');
    await page.reload();
    await chat.answerShows('About Letter.');
    expect(opened.problems).toEqual([]);
  });

  test('is walked with the arrows, renamed with F2, and Escape keeps the name', async () => {
    await using opened = await openWindow(browser, built);
    const { page } = opened;
    await row(page, 'Letter').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(opened.focused, patience).toBe('Weekend in Ghent');
    await page.keyboard.press('Home');
    await expect.poll(opened.focused, patience).toBe('Kept notes');
    await page.keyboard.press('F2');
    await expect.poll(opened.focused, patience).toBe('Title');
    await page.keyboard.type('Lost notes');
    await page.keyboard.press('Escape');
    await expect.poll(opened.focused, patience).toBe('Kept notes');
    await page.keyboard.press('F2');
    await expect.poll(opened.focused, patience).toBe('Title');
    await page.keyboard.type('Better notes');
    await page.keyboard.press('Enter');
    await row(page, 'Better notes').waitFor();
    expect(opened.services.chat.list(null, 10).conversations.map(({ title }) => title)).toContain('Better notes');
  });

  test('deletes with a way back, by key, by menu and by button', async () => {
    await using opened = await openWindow(browser, built);
    const { page } = opened;
    await row(page, 'Letter').focus();
    await page.keyboard.press('Delete');
    await row(page, 'Letter').waitFor({ state: 'detached' });
    await expect.poll(opened.focused, patience).toBe('Weekend in Ghent');
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Letter').waitFor();
    await row(page, 'Letter').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await row(page, 'Letter').waitFor({ state: 'detached' });
    await shortcut(page, 'z');
    await row(page, 'Letter').waitFor();
  });

  test('pins and renames from the menu of a row', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    await row(page, 'Black holes').hover();
    await page.getByRole('button', { name: 'More for Black holes' }).click();
    await page.getByRole('menuitem', { name: 'Pin' }).click();
    await expect.poll(async () => (await chat.conversations.innerText()).split('\n')[1], patience).toBe('Black holes');
    await page.getByRole('button', { name: 'More for Black holes' }).click();
    await page.getByRole('menuitem', { name: /^Rename/ }).click();
    await expect.poll(opened.focused, patience).toBe('Title');
    await page.keyboard.type('White holes');
    await page.keyboard.press('Enter');
    await row(page, 'White holes').waitFor();
  });

  test('holds thousands with few of them in the page, and loads older ones as it is scrolled', async () => {
    const services = createFakeServices();
    for (let index = 0; index < 1_000; index += 1) {
      services.chat.plant({ title: `Talk ${index}`, updatedAt: Date.now() - index * 3_600_000 });
    }
    await using opened = await openWindow(browser, built, { services });
    const { page, chat } = opened;
    await row(page, 'Talk 0').waitFor();
    const scroller = chat.conversations.locator('> div');
    await expect
      .poll(async () => {
        await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return row(page, 'Talk 999').count();
      }, patience)
      .toBe(1);
    expect(await chat.conversations.getByRole('listitem').count()).toBeLessThan(80);
  });

  test('finds words in messages, marks them, and opens what Enter is pressed on', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    const field = page.getByRole('searchbox', { name: 'Search' });
    await field.fill('about ghent');
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').first().locator('mark').allTextContents()).toEqual(['about', 'Ghent']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await chat.answerShows('About Weekend in Ghent.');
    await field.focus();
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('');
    await field.fill('zebra');
    await page.getByText('Nothing found').waitFor();
    expect(opened.problems).toEqual([]);
  });
});

describe('the model switcher', () => {
  test('says what every model is doing and is worked by keyboard alone', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    await chat.model.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(opened.focused, patience).toBe('Choose a model');
    const options = (await page.getByRole('option').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    expect(options).toEqual([
      'Small Model Loaded 2 GB · Q4_K_M · first word in 310 ms',
      'Other Model On disk 2 GB · Q4_K_M',
      'Large Model Does not fit Needs 9.1 GB, 5.2 GB free',
      'Broken Model Unusable The file ends early.',
    ]);
    await page.keyboard.press('l');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('option').count()).toBe(4);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.model.textContent(), patience).toBe('Other Model');
    await expect.poll(opened.focused, patience).toBe('Model');
    expect(opened.services.models.current().defaultModelId).toBe('other');
  });

  test('tells how to add a model and frees the memory of a loaded one', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    await chat.model.click();
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByText('/models', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Unload Small Model' }).click();
    await page.getByRole('option', { name: /Small Model.*On disk/s }).waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('says plainly when the model is a placeholder, and when there is none', async () => {
    const placeholder = createModel({ id: 'p', name: 'Placeholder', placeholder: true, state: { kind: 'loaded' } });
    const services = createFakeServices({ models: { models: [placeholder], defaultModelId: 'p' } });
    await using opened = await openWindow(browser, built, { services });
    const { page } = opened;
    await page.getByText('This is a placeholder model.').waitFor();
    services.models.set({ models: [], defaultModelId: null, folder: '/models', pinnedIds: [] });
    await page.getByText('There is no model to answer.').waitFor();
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).getByText('/models', { exact: true }).waitFor();
    expect(opened.problems).toEqual([]);
  });
});

describe('settings and commands', () => {
  test('theme and language change at once and stay after a reload', async () => {
    await using opened = await openWindow(browser, built);
    const { page } = opened;
    const root = page.locator('html');
    await shortcut(page, ',');
    await page.getByRole('radio', { name: 'Dark' }).click();
    await expect.poll(() => root.getAttribute('data-theme'), patience).toBe('dark');
    await page.getByRole('radio', { name: '简体中文' }).click();
    await page.getByRole('dialog', { name: '设置' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '新建对话' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '新建对话' }).waitFor();
    expect(await root.getAttribute('data-theme')).toBe('dark');
    expect(await root.getAttribute('lang')).toBe('zh-Hans');
    expect(opened.services.settings.read()).toMatchObject({ theme: 'dark', language: 'zh' });
  });

  test('instructions for every conversation are stored when the dialog is left at once', async () => {
    await using opened = await openWindow(browser, built);
    const { page } = opened;
    await shortcut(page, ',');
    await page.getByRole('tab', { name: 'Chat' }).click();
    await page.getByRole('textbox', { name: 'Instructions for every conversation' }).fill('Be brief.');
    await page.keyboard.press('Escape');
    await expect.poll(() => opened.services.settings.read().systemPrompt, patience).toBe('Be brief.');
  });

  test('the palette finds conversations, models and actions, and puts the focus where they lead', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    const field = page.getByRole('combobox', { name: 'Commands' });
    await shortcut(page, 'k');
    await field.fill('ghent');
    await page.keyboard.press('Enter');
    await chat.answerShows('About Weekend in Ghent.');
    await shortcut(page, 'k');
    await field.fill('use other');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.model.textContent(), patience).toContain('Other Model');
    await shortcut(page, 'k');
    await field.fill('new chat');
    await page.keyboard.press('Enter');
    await expect.poll(opened.focused, patience).toBe('Message');
    await shortcut(page, 'k');
    await field.fill('soup');
    await page.getByRole('option', { name: /Search all messages for/ }).click();
    await expect.poll(opened.focused, patience).toBe('Search');
    await page.getByRole('option').first().waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('the sidebar is hidden, shown and made wider by keyboard', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat } = opened;
    await row(page, 'Tides').waitFor();
    const edge = page.getByRole('separator');
    await edge.focus();
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => Number(await edge.getAttribute('aria-valuenow')), patience).toBe(before + 16);
    await shortcut(page, '\\');
    await chat.conversations.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show sidebar' }).click();
    await chat.conversations.waitFor();
  });

  test('the title of the window is renamed in place', async () => {
    await using opened = await openWindow(browser, built);
    const { page } = opened;
    await row(page, 'Tides').click();
    await page.getByRole('heading', { level: 1 }).getByRole('button', { name: 'Tides' }).click();
    await page.keyboard.type('High tides');
    await page.keyboard.press('Enter');
    await row(page, 'High tides').waitFor();
    await expect.poll(() => page.title(), patience).toBe('High tides - Clawdbot');
  });
});

describe('a window in trouble', () => {
  test('says that the line is lost, and finds the host again by itself', async () => {
    await using opened = await openWindow(browser, built);
    const { page, chat, backend, services } = opened;
    await row(page, 'Tides').waitFor();
    await page.context().setOffline(true);
    backend.dropConnections();
    await page.getByText('Not connected to Clawdbot.').waitFor();
    services.chat.create('Written meanwhile');
    await page.context().setOffline(false);
    await row(page, 'Written meanwhile').waitFor();
    await page.getByText('Not connected to Clawdbot.').waitFor({ state: 'detached' });
    await chat.message.waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('says that the engine stopped, until that is dismissed', async () => {
    await using opened = await openWindow(browser, built);
    const { page, services } = opened;
    await row(page, 'Tides').waitFor();
    services.status.set({ engine: { kind: 'crashed', reason: 'signal SIGABRT', crashes: 1 } });
    await page.getByText('The engine stopped (signal SIGABRT).').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('The engine stopped').waitFor({ state: 'detached' });
    services.status.set({ engine: { kind: 'crashed', reason: 'signal SIGSEGV', crashes: 2 } });
    await page.getByText('The engine stopped (signal SIGSEGV).').waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('says that the engine goes a slower way, and why it was ended', async () => {
    await using opened = await openWindow(browser, built);
    const { page, services } = opened;
    await row(page, 'Tides').waitFor();
    services.status.set({ engine: { kind: 'ready', processId: 1, careful: true } });
    await page.getByText('Calling llama.cpp directly crashed twice on this machine').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('Calling llama.cpp directly').waitFor({ state: 'detached' });
    services.status.set({ engine: { kind: 'crashed', reason: 'it stopped responding', cause: 'hang', crashes: 1 } });
    await page.getByText('The engine stopped responding and was ended.').waitFor();
    expect(opened.problems).toEqual([]);
  });
});

describe('a model that was set aside', () => {
  test('is told with the reason, in the list too, and can be tried again', async () => {
    await using opened = await openWindow(browser, built);
    const { page, services } = opened;
    await row(page, 'Tides').waitFor();
    const { defaultModelId, models } = services.models.current();
    const model = models.find(({ id }) => id === defaultModelId);
    if (!model) throw new Error('There is no default model.');
    services.models.become(model.id, { kind: 'quarantined', crashes: 3, reason: 'signal SIGSEGV' });
    const banner = page.getByText(`${model.name} crashed the engine 3 times (signal SIGSEGV)`);
    await banner.waitFor();
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: /It crashed the engine 3 times \(signal SIGSEGV\)/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Try again' }).click();
    await banner.waitFor({ state: 'detached' });
    await expect
      .poll(() => services.models.current().models.find(({ id }) => id === model.id)?.state.kind, patience)
      .toBe('loaded');
    expect(opened.problems).toEqual([]);
  });
});

describe('a narrow window', () => {
  test('opens the sidebar over the conversation for one choice', async () => {
    await using opened = await openWindow(browser, built, { viewport: { width: 360, height: 720 } });
    const { page, chat } = opened;
    await page.getByRole('button', { name: 'Show sidebar' }).click();
    await chat.conversations.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await row(page, 'Letter').click();
    await chat.conversations.waitFor({ state: 'detached' });
    await chat.answerShows('About Letter.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

describe('quick chat', () => {
  test('asks, answers, recalls and goes on in the chat window', async () => {
    const viewport = { width: 680, height: 480 };
    await using opened = await openWindow(browser, built, { viewport, address: '?surface=quick' });
    const { page, chat } = opened;
    await expect.poll(opened.focused, patience).toBe('Message');
    await page.keyboard.type('the Moon');
    await page.keyboard.press('Enter');
    await page.getByText('You asked about the Moon, and here are a few words about it.').first().waitFor();
    expect(await chat.message.inputValue()).toBe('');
    expect(await accessibilityProblems(page)).toEqual([]);
    await takeScreenshot(page, 'quick-chat');
    await page.keyboard.press('ArrowUp');
    expect(await chat.message.inputValue()).toBe('the Moon');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByRole('heading', { level: 1, name: 'the Moon' }).waitFor();
    await chat.answerShows('here are a few words');
    expect(opened.problems).toEqual([]);
  });
});

describe('every surface', () => {
  const looks = [
    { locale: 'en-US', colorScheme: 'light' },
    { locale: 'en-US', colorScheme: 'dark' },
    { locale: 'zh-CN', colorScheme: 'light' },
    { locale: 'zh-CN', colorScheme: 'dark' },
  ] as const;

  test.each(looks)('has nothing that axe objects to ($locale, $colorScheme)', async (look) => {
    await using opened = await openWindow(browser, built, { ...look, services: createFurnishedServices() });
    const { page } = opened;
    const english = look.locale === 'en-US';
    const check = async (surface: string): Promise<void> => {
      expect([surface, await accessibilityProblems(page)]).toEqual([surface, []]);
      await takeScreenshot(page, `${surface}-${english ? 'en' : 'zh'}-${look.colorScheme}`);
    };
    await row(page, 'Tides').click();
    await page.getByRole('article').first().waitFor();
    await check('window');
    await page.getByRole('combobox', { name: english ? 'Model' : '模型', exact: true }).click();
    await page.getByRole('option').first().waitFor();
    await check('models');
    await page.keyboard.press('Escape');
    await row(page, 'Letter').click({ button: 'right' });
    await page.getByRole('menuitem').first().waitFor();
    await check('menu');
    await page.keyboard.press('Escape');
    await shortcut(page, 'k');
    await page.getByRole('option').first().waitFor();
    await check('palette');
    await page.keyboard.press('Escape');
    await shortcut(page, ',');
    for (const [index, section] of ['general', 'models', 'chat', 'about'].entries()) {
      await page.getByRole('tab').nth(index).click();
      await page.getByRole('tabpanel').waitFor();
      await check(`settings-${section}`);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('about');
    await page.getByRole('option').first().waitFor();
    await check('search');
    expect(opened.problems).toEqual([]);
  });
});
