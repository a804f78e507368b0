import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';

import { openPage, type ObservedPage } from '../../headless/browser.ts';
import { ChatPage } from '../../headless/chat-page.ts';
import { createScriptedChat, type ScriptedChat } from './scripted-chat.ts';
import { serveView, type BuiltPage, type ServedView } from './view-under-test.ts';

export interface OpenedView extends AsyncDisposable {
  readonly script: ScriptedChat;
  readonly served: ServedView;
  readonly page: Page;
  readonly chat: ChatPage;
  readonly problems: readonly string[];
  /** Addresses outside the page's own host that it tried to reach. */
  readonly strangers: readonly string[];
}

export interface OpenOptions {
  readonly texts?: readonly string[];
  readonly script?: ScriptedChat;
  /** What stands after the #; the scripted conversation unless given. */
  readonly place?: string;
  readonly locale?: 'en-US' | 'zh-CN';
  readonly colorScheme?: 'light' | 'dark';
}

/** The chat view in a browser window, showing the scripted conversation. */
export async function openView(browser: Browser, built: BuiltPage, options: OpenOptions = {}): Promise<OpenedView> {
  const script = options.script ?? createScriptedChat(options.texts);
  const served = await serveView(built, script);
  const strangers: string[] = [];
  const observed: ObservedPage = await openPage(browser, 'about:blank', options);
  const { page, context, problems } = observed;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(served.url) && !url.startsWith('data:')) strangers.push(url);
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url });
  await page.goto(`${served.url}#${options.place ?? 'c1'}`);
  await page.getByRole('textbox').first().waitFor();
  return {
    script,
    served,
    page,
    chat: new ChatPage(page),
    problems,
    strangers,
    async [Symbol.asyncDispose]() {
      await context.close();
      await served[Symbol.asyncDispose]();
    },
  };
}

/** What axe objects to, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  // Through the debugger: the page's security policy rightly forbids it to evaluate text.
  await session.send('Runtime.evaluate', { expression: axe.source });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const lines: unknown = result.value;
  return Array.isArray(lines) ? lines.map(String) : [`axe did not run: ${result.description}`];
}

/** Pixels between the end of the thread and what is in view. */
export function distanceFromEnd(thread: Locator): Promise<number> {
  return thread.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
}
