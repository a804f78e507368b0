import type { ImportJob } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { exportJson } from './export-json.ts';
import { exportMarkdown, exportMarkdownZip, fileTitle } from './export-markdown.ts';
import { emptyJob, runImport } from './importer.ts';
import type { IncomingFiles } from './incoming-files.ts';
import type { OutgoingFiles } from './outgoing-files.ts';
import type { ExportedFile, Transfer } from './transfer.ts';

export interface TransferServices {
  readonly store: Store;
  readonly files: IncomingFiles;
  readonly outgoing: Pick<OutgoingFiles, 'find'>;
  /** What a text is found by. */
  readonly termsOf: (text: string) => readonly string[];
  /** Keeps what an import has stored so far from being swept away, until disposed of. */
  readonly hold: () => Disposable;
  /** Something was imported: whatever is shown is to be read again. */
  readonly onImported: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export function createTransfer(services: TransferServices): Transfer {
  const { store, files, outgoing, termsOf, hold, onImported, clock, log } = services;
  const changed = createEmitter<void>();
  let job: ImportJob | null = null;
  let running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  const set = (next: ImportJob | null): void => {
    job = next;
    changed.emit();
  };

  return {
    watch(signal) {
      const queue = createAsyncQueue<ImportJob | null>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => end(),
      });
      const end = changed.listen(() => queue.push(job));
      queue.push(job);
      return queue;
    },
    isImporting: () => running !== undefined,

    startImport(ticket) {
      if (running) {
        throw new ClawdbotError(
          'IMPORT_RUNNING',
          'Another file is being imported. Wait until it is done, or stop it.',
          {},
        );
      }
      const file = files.take(ticket);
      const stop = new AbortController();
      const run = async (): Promise<void> => {
        using _file = file;
        using _held = hold();
        await runImport(file, { archive: store.archive, termsOf, clock, log, onChange: set }, stop.signal);
      };
      set(emptyJob(file.name, file.sizeBytes));
      const ended = run()
        .catch((error: unknown) => {
          log.error({ err: error }, 'an import ended unexpectedly');
          if (job) {
            set({
              ...job,
              state: 'failed',
              error: { code: 'INTERNAL', message: 'The import failed.', data: { reference: 'import' } },
            });
          }
        })
        .finally(() => {
          running = undefined;
          if (job?.state === 'done') onImported();
          changed.emit();
        });
      running = { stop, ended };
    },
    cancelImport: () => running?.stop.abort(),
    dismissImport() {
      if (!running) set(null);
    },

    export(request): ExportedFile | undefined {
      if (request.format === 'prepared') return outgoing.find(request.ticket);
      const { format, conversationId } = request;
      const one = conversationId === null ? undefined : store.archive.find(conversationId);
      if (conversationId !== null && one === undefined) return undefined;
      const name =
        one === undefined ? `Clawdbot ${new Date(clock.now()).toISOString().slice(0, 10)}` : fileTitle(one.title);
      const { archive, folders, presets, documents, messages } = store;
      const source = { archive, folders, presets, documents, messages };
      if (format === 'json') {
        return {
          name: `${name}.json`,
          type: 'application/json',
          content: exportJson(source, conversationId, clock.now()),
        };
      }
      if (one === undefined) {
        return { name: `${name}.zip`, type: 'application/zip', content: exportMarkdownZip(source) };
      }
      const text = exportMarkdown(source, one.id) ?? '';
      return { name: `${name}.md`, type: 'text/markdown', content: inPieces(text) };
    },

    async [Symbol.asyncDispose]() {
      running?.stop.abort();
      await running?.ended;
    },
  };
}

async function* inPieces(text: string): AsyncGenerator<string> {
  const pieceChars = 256 * 1024;
  for (let at = 0; at < text.length; at += pieceChars) yield text.slice(at, at + pieceChars);
}
