import type { Page } from 'playwright-core';

/** Lets go of files and folders of the disk over the middle of the window, as the system's file manager does. */
export async function dropOnDisk(page: Page, paths: readonly string[]): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1000, height: 700 };
  const line = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await line.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await line.detach();
}
