import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { app, dialog } from 'electron';

import type { ShellNotice, ShellRequest } from '../../shared/contract/index.ts';
import { createPageWindow, type PageHost, type PageWindow } from './page-window.ts';

export interface Printing extends Disposable {
  /** One at a time; another meanwhile is answered with a notice. */
  begin(wish: PrintWish): void;
  /** What the page that is being printed says about itself. */
  onRequest(request: ShellRequest): void;
}

export type PrintWish = Omit<Extract<ShellRequest, { type: 'print' }>, 'type'>;

export interface PrintingOptions {
  readonly host: PageHost;
  readonly notify: (notice: ShellNotice) => void;
  /** From 0 to 1; undefined when nothing is being prepared any more. */
  readonly onProgress: (fraction: number | undefined) => void;
  readonly tell: (error: unknown) => void;
}

interface Job {
  readonly wish: PrintWish;
  /** Where the PDF goes. */
  readonly file: string | undefined;
  page: PageWindow | undefined;
  printing: boolean;
}

const longestNameChars = 80;

/** Prints conversations from a window that nobody sees, with the page that a browser would print. */
export function createPrinting({ host, notify, onProgress, tell }: PrintingOptions): Printing {
  let job: Job | undefined;

  const end = (): void => {
    const ended = job;
    job = undefined;
    ended?.page?.[Symbol.dispose]();
    onProgress(undefined);
  };
  const fail = (error: unknown): void => {
    end();
    tell(error);
  };

  const start = async (wish: PrintWish): Promise<void> => {
    const { conversationId } = wish;
    const file = wish.to === 'pdf' ? await askForFile(wish.title, host) : undefined;
    if (wish.to === 'pdf' && file === undefined) return end();
    const place = conversationId === null ? '#/all' : `#/c/${encodeURIComponent(conversationId)}`;
    const started: Job = { wish, file, page: undefined, printing: false };
    job = started;
    onProgress(0);
    started.page = createPageWindow(host, 'print', { width: 900, height: 1200, title: 'Clawdbot' }, place);
  };

  const print = async ({ file, page }: Job): Promise<void> => {
    if (page === undefined) return;
    const { webContents: contents } = page.window;
    if (file === undefined) {
      // Said too when the person changed their mind, which is no failure.
      contents.print({ printBackground: true }, (printed, reason) => {
        if (printed || reason === '' || /cancel/i.test(reason)) end();
        else fail(new Error(reason));
      });
      return;
    }
    const bytes = await contents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    await writeFile(file, bytes);
    end();
    notify('pdfSaved');
  };

  return {
    begin(wish) {
      if (job !== undefined) return notify('printBusy');
      job = { wish, file: undefined, page: undefined, printing: false };
      start(wish).catch(fail);
    },
    onRequest(request) {
      if (job?.page === undefined || job.printing) return;
      if (request.type === 'printProgress') onProgress(request.fraction);
      else if (request.type === 'printFailed') fail(new Error('The page to print could not be prepared.'));
      else if (request.type === 'printReady') {
        job.printing = true;
        print(job).catch(fail);
      }
    },
    [Symbol.dispose]: end,
  };
}

/** Undefined when the person changed their mind. */
async function askForFile(title: string, { texts }: PageHost): Promise<string | undefined> {
  const plain = title
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, longestNameChars)
    .toWellFormed()
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: texts().exportPdf,
    defaultPath: path.join(app.getPath('documents'), `${plain === '' ? 'Clawdbot' : plain}.pdf`),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? undefined : filePath;
}
