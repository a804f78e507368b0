import { dialog } from 'electron';

import type { ShellTexts } from './texts.ts';

/** The system's dialog for a folder that is to be followed; null when the person changed their mind. */
export async function askForFolder({ watchFolder }: ShellTexts): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: watchFolder.title,
    // macOS shows no title.
    message: watchFolder.title,
    buttonLabel: watchFolder.button,
    properties: ['openDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
