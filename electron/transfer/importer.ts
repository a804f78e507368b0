import { statSync } from 'node:fs';

import type { ImportJob, StoredError } from '../../shared/contract/index.ts';
import { ClawdbotError, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { StoredArchive } from '../store/archived.ts';
import { toNewDocument } from './archived-documents.ts';
import { breathe } from './export-json.ts';
import type { IncomingFile } from './incoming-files.ts';
import { readImport, type LostReason, type ReadStep } from './read-import.ts';
import { ZipError } from './read-zip.ts';

export interface ImporterServices {
  readonly archive: StoredArchive;
  /** What a text is found by. */
  readonly termsOf: (text: string) => readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each change of the job, at most some times a second while it runs. */
  readonly onChange: (job: ImportJob) => void;
}

type Counts = { -readonly [K in keyof ImportJob]: ImportJob[K] };

const listedLosses = 100;
const tellEveryMs = 200;

/**
 * Reads a file into the database. Nothing of it is seen before all of it is there; what is stored by an import that does
 * not end is swept away. Never rejects: how it went stands in the job.
 */
export async function runImport(file: IncomingFile, services: ImporterServices, signal: AbortSignal): Promise<void> {
  const { archive, termsOf, clock, log, onChange } = services;
  const job: Counts = emptyJob(file.name, statSync(file.path).size);
  let toldAtMs = 0;
  const tell = (now: boolean): void => {
    const atMs = performance.now();
    if (!now && atMs - toldAtMs < tellEveryMs) return;
    toldAtMs = atMs;
    onChange({ ...job });
  };
  const lose = (reason: LostReason, title: string): void => {
    job.lostCount += 1;
    if (job.lost.length < listedLosses) {
      job.lost = [...job.lost, { number: job.conversations + job.lostCount, reason, title }];
    }
  };
  tell(true);
  try {
    archive.condemnStaged();
    const steps = readImport(file.path, { nowMs: clock.now(), onBytes: (bytes) => (job.readBytes += bytes), signal });
    for await (const step of steps) {
      signal.throwIfAborted();
      await take(step, { archive, termsOf, job, lose, nowMs: clock.now(), signal });
      tell(false);
      await breathe();
    }
    signal.throwIfAborted();
    if (job.conversations === 0) {
      throw nothingFound(job.lostCount === 0 ? 'it holds no conversations' : 'nothing in it could be read');
    }
    archive.commit();
    job.readBytes = job.totalBytes;
    job.state = 'done';
  } catch (error) {
    job.state = signal.aborted ? 'cancelled' : 'failed';
    if (!signal.aborted) {
      log.warn({ err: error }, 'an import failed');
      job.error = describe(error);
    }
  }
  tell(true);
}

interface Taking {
  readonly archive: StoredArchive;
  readonly termsOf: ImporterServices['termsOf'];
  readonly job: Counts;
  readonly lose: (reason: LostReason, title: string) => void;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

async function take(step: ReadStep, { archive, termsOf, job, lose, nowMs, signal }: Taking): Promise<void> {
  if (step.kind === 'folder') return archive.stageFolder(step.folder, nowMs);
  if (step.kind === 'preset') return archive.stagePreset(step.preset, nowMs);
  if (step.kind === 'document') return archive.stageDocument(toNewDocument(step.document, termsOf));
  if (step.kind === 'lost') return lose(step.reason, '');
  const { conversation, format, leftOut } = step.read;
  if (conversation.messages.length === 0 && format !== 'clawdbot') return lose('notAConversation', conversation.title);
  const staging = archive.stage(conversation);
  for (;;) {
    let next;
    try {
      next = staging.next();
    } catch (error) {
      if (isClawdbotError(error)) throw error;
      // An id of it belongs to something else here.
      archive.unstage(conversation.id);
      return lose('conflict', conversation.title);
    }
    if (next.done === true) {
      const { value } = next;
      job.conversations += 1;
      job[value.kind] += 1;
      if (value.kind === 'added' || value.kind === 'extended') job.messages += value.messages;
      break;
    }
    await breathe();
    signal.throwIfAborted();
  }
  if (!job.formats.includes(format)) job.formats = [...job.formats, format];
  job.leftOut = {
    attachments: job.leftOut.attachments + (leftOut.attachments ?? 0),
    toolSteps: job.leftOut.toolSteps + (leftOut.toolSteps ?? 0),
    messages: job.leftOut.messages + (leftOut.messages ?? 0),
  };
}

export function emptyJob(fileName: string, totalBytes: number): ImportJob {
  return {
    state: 'running',
    fileName,
    readBytes: 0,
    totalBytes,
    conversations: 0,
    added: 0,
    extended: 0,
    known: 0,
    inBin: 0,
    messages: 0,
    lostCount: 0,
    lost: [],
    leftOut: { attachments: 0, toolSteps: 0, messages: 0 },
    formats: [],
    error: null,
  };
}

function describe(error: unknown): StoredError {
  const known = error instanceof ZipError ? nothingFound(error.message, error) : error;
  if (isClawdbotError(known)) return { code: known.code, message: known.message, data: { ...known.data } };
  return { code: 'INTERNAL', message: 'The import failed.', data: { reference: 'import' } };
}

function nothingFound(reason: string, cause?: unknown): ClawdbotError {
  return new ClawdbotError(
    'IMPORT_UNREADABLE',
    `This file cannot be imported: ${reason}. Choose the archive or conversations.json that was exported; nothing was changed.`,
    { reason },
    { cause },
  );
}
