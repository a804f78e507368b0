import { readFile } from 'node:fs/promises';

import { afterEach, expect, test } from 'vitest';

import { makeDicom, pixelAttributes, scanAttributes } from '../documents/files/dicom-writer.ts';
import { setUpBrowserAndModels } from './browser-and-models.ts';
import { openPage, takeScreenshot } from './browser.ts';
import { startHost, type HostUnderTest } from './host-under-test.ts';

const under = setUpBrowserAndModels();
let host: HostUnderTest | undefined;

afterEach(async () => {
  await host?.[Symbol.asyncDispose]();
  host = undefined;
});

const scan = {
  name: 'Gonzalez chest.dcm',
  mimeType: 'application/dicom',
  buffer: makeDicom({
    attributes: [...scanAttributes.filter(([tag]) => !/^0028|^7FE0/.test(tag)), ...pixelAttributes(256, 192)],
  }),
};
const words = {
  en: {
    attach: 'Attach files',
    pages: '1 page',
    open: 'Open the document',
    pane: 'Document Gonzalez chest.dcm',
    text: 'Show the text',
    picture: 'Show the picture',
    actions: 'More for Gonzalez chest.dcm',
    make: 'Make a de-identified copy…',
    dialog: 'De-identified copy of Gonzalez chest.dcm',
    button: 'Make the copy',
    file: 'DICOM (de-identified).dcm',
  },
  zh: {
    attach: '添加文件',
    pages: '1 页',
    open: '打开文件',
    pane: '文档 Gonzalez chest.dcm',
    text: '显示文字',
    picture: '显示图片',
    actions: 'Gonzalez chest.dcm 的更多操作',
    make: '生成去标识副本…',
    dialog: 'Gonzalez chest.dcm 的去标识副本',
    button: '生成副本',
    file: 'DICOM（已去标识）.dcm',
  },
};

test.each([
  ['en', 'light'],
  ['zh', 'dark'],
] as const)(
  'a DICOM file is shown as a picture and copied without its names, in %s and %s',
  async (language, colorScheme) => {
    const say = words[language];
    host = await startHost({ models: [under.models.short] });
    const { page, problems } = await openPage(under.browser, host.url, {
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      colorScheme,
    });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: say.attach, exact: true }).click();
    await (await chooser).setFiles([scan]);
    await page.getByText(say.pages).waitFor({ timeout: 60_000 });

    await page.getByRole('button', { name: say.actions, exact: true }).click();
    await page.getByRole('menuitem', { name: say.make }).click();
    const dialog = page.getByRole('dialog', { name: say.dialog });
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: say.button, exact: true }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(say.file);
    const copy = await readFile(await file.path());
    expect(copy.toString('latin1', 128, 132)).toBe('DICM');
    expect(copy.toString('latin1')).not.toMatch(/Gonzalez|PID-77123|19800312/);
    await dialog.getByRole('status').getByText(say.file).waitFor();
    await takeScreenshot(page, `dicom-copy-${colorScheme}-${language}`);
    await page.keyboard.press('Escape');

    await page
      .getByRole('button', { name: /^Gonzalez chest\.dcm/ })
      .first()
      .click();
    await takeScreenshot(page, `dicom-report-${colorScheme}-${language}`);
    await page.getByRole('button', { name: say.open, exact: true }).click();
    const picture = page.getByRole('complementary', { name: say.pane }).getByRole('img', { name: scan.name });
    await picture.waitFor({ timeout: 60_000 });
    expect(await picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBe(256);
    await takeScreenshot(page, `dicom-pane-${colorScheme}-${language}`);
    const pane = page.getByRole('complementary', { name: say.pane });
    await pane.getByRole('button', { name: say.text, exact: true }).click();
    await pane.getByRole('cell', { name: 'Gonzalez^Maria=王^小明' }).waitFor();
    await takeScreenshot(page, `dicom-header-${colorScheme}-${language}`);
    await pane.getByRole('button', { name: say.picture, exact: true }).click();
    await picture.waitFor();
    expect(problems).toEqual([]);
  },
);
