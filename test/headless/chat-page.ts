import { setTimeout as delay } from 'node:timers/promises';

import type { Locator, Page } from 'playwright-core';

/** The chat window as a person finds it: by roles and names, never by classes. */
export class ChatPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }
  get send(): Locator {
    return this.page.getByRole('button', { name: 'Send', exact: true });
  }
  get stop(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }
  get newChat(): Locator {
    return this.page.getByRole('button', { name: 'New chat', exact: true });
  }
  get model(): Locator {
    return this.page.getByRole('combobox', { name: 'Model', exact: true });
  }
  get thread(): Locator {
    return this.page.getByRole('log');
  }
  get questions(): Locator {
    return this.thread.getByRole('article', { name: 'You', exact: true });
  }
  get answers(): Locator {
    return this.thread.getByRole('article', { name: 'Clawdbot', exact: true });
  }
  get conversations(): Locator {
    return this.page.getByRole('list', { name: 'Conversations', exact: true });
  }

  async ask(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
    await this.questions.filter({ hasText: text }).last().waitFor();
  }

  /** Waits until the last answer holds the text. */
  async answerShows(text: string, timeoutMs = 60_000): Promise<void> {
    await this.#textContains(this.answers.last(), text, timeoutMs);
  }

  /** Waits until nothing is being written any more. */
  async settled(timeoutMs = 60_000): Promise<void> {
    await this.stop.waitFor({ state: 'detached', timeout: timeoutMs });
  }

  async chooseModel(name: string): Promise<void> {
    await this.model.click();
    await this.page.getByRole('option', { name: new RegExp(name) }).click();
    await this.#textContains(this.model, name, 30_000);
  }

  // Not vitest's poll: benchmarks drive the same page outside a test.
  async #textContains(place: Locator, text: string, timeoutMs: number): Promise<void> {
    const endsAt = performance.now() + timeoutMs;
    for (;;) {
      const seen = squeeze((await place.textContent({ timeout: timeoutMs })) ?? '');
      if (seen.includes(squeeze(text))) return;
      if (performance.now() > endsAt) throw new Error(`"${text}" did not appear; there was: ${seen.slice(-400)}`);
      await delay(50);
    }
  }
}

/** Typography may put a line break or a space between words; the words are what counts. */
export function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
