import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { makeLockedPdf } from '../documents/files/locked-pdf.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { ChatPage } from './chat-page.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

const patience = { timeout: 180_000 };
const megabytes = 300;

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
}

function bytesIn(folder: string): number {
  return filesIn(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
}

test(
  'a dropped file of 300 MB that is stopped half-way leaves nothing, and the window goes on',
  { timeout: 400_000 },
  async () => {
    host = await startHost({ models: [under.models.short] });
    const { dataDirectory } = host;
    const { page, problems } = await openPage(under.browser, host.url);
    const chat = new ChatPage(page);
    const main = page.getByRole('main');
    await main.waitFor();
    const before = bytesIn(dataDirectory);
    const transfer = await page.evaluateHandle((count) => {
      const line = 'The harbour of a small town is quiet in winter, and the ships wait for spring.\n';
      const part = line.repeat(Math.ceil(2 ** 20 / line.length)).slice(0, 2 ** 20);
      const data = new DataTransfer();
      data.items.add(
        new File(
          Array.from({ length: count }, () => part),
          'huge.txt',
        ),
      );
      return data;
    }, megabytes);
    await main.dispatchEvent('dragenter', { dataTransfer: transfer });
    await main.dispatchEvent('drop', { dataTransfer: transfer });
    await page.getByText(/^Taking it, [45]\d\s?%$/).waitFor(patience);
    expect(bytesIn(path.join(dataDirectory, 'incoming'))).toBeGreaterThan(0.3 * megabytes * 2 ** 20);
    await takeScreenshot(page, 'huge-file-half-way-light-en');
    await page.getByRole('button', { name: 'Remove huge.txt', exact: true }).click();

    await expect.poll(() => filesIn(path.join(dataDirectory, 'incoming')), patience).toEqual([]);
    expect(filesIn(path.join(dataDirectory, 'originals'))).toEqual([]);
    expect(bytesIn(dataDirectory) - before).toBeLessThan(20 * 2 ** 20);

    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files', exact: true }).click();
    await (
      await chooser
    ).setFiles([{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('The code is 4711.') }]);
    await page.getByText('1 page').waitFor(patience);
    await page.getByRole('button', { name: 'More for notes.txt', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Compare with' }).click();
    await page.getByText(/^There is no other document yet/).waitFor();
    await page.keyboard.press('Escape');
    await chat.ask('What is the code?');
    await chat.settled();
    await chat.answerShows('Done.');
    expect(problems).toEqual([]);
  },
);

test.each([
  ['en-US', 'light', 'Attach files', /^The file is protected by a password\. Save a copy without/],
  ['zh-CN', 'dark', '添加文件', /^该文件有密码保护。请另存一份不带密码的副本/],
] as const)(
  'a PDF that needs a password says so and what to do, in %s',
  async (locale, colorScheme, attach, sentence) => {
    host = await startHost({ models: [under.models.short] });
    const { page, problems } = await openPage(under.browser, host.url, { locale, colorScheme });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: attach, exact: true }).click();
    await (
      await chooser
    ).setFiles([
      { name: 'locked.pdf', mimeType: 'application/pdf', buffer: makeLockedPdf('The secret clause.', 'open sesame') },
    ]);
    await page.getByText(sentence).waitFor(patience);
    await takeScreenshot(page, `locked-pdf-${colorScheme}-${locale.slice(0, 2)}`);
    expect(problems).toEqual([]);
  },
);
