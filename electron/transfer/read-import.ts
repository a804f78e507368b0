import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import type { ArchivedDocument, ArchivedFolder, ArchivedPreset } from '../../shared/contract/archive.ts';
import {
  archivedDocumentSchema,
  archivedFolderSchema,
  archivedPresetSchema,
  archiveVersion,
} from '../../shared/contract/archive.ts';
import { readZipDirectory, openZipEntry, ZipError } from './read-zip.ts';
import { tryReadArchived } from './read-archived.ts';
import { tryReadChatGpt } from './read-chatgpt.ts';
import { tryReadClaude } from './read-claude.ts';
import { tryReadOpenAi } from './read-openai.ts';
import type { ReadConversation } from './read-result.ts';
import { splitJson, type JsonPiece } from './split-json.ts';

/** Why something in a file is not taken over. */
export type LostReason = 'notJson' | 'notAConversation' | 'tooLarge' | 'cut' | 'conflict' | 'packed' | 'newer';

export type ReadStep =
  | { readonly kind: 'conversation'; readonly read: ReadConversation }
  | { readonly kind: 'folder'; readonly folder: ArchivedFolder }
  | { readonly kind: 'preset'; readonly preset: ArchivedPreset }
  | { readonly kind: 'document'; readonly document: ArchivedDocument }
  | { readonly kind: 'lost'; readonly reason: LostReason };

/** One conversation larger than this is not read: parsing it would stop everything else for a second. */
const conversationLimitBytes = 64 * 1024 * 1024;
const lists: ReadonlySet<string> = new Set(['conversations', 'folders']);
const laterLists: ReadonlySet<string> = new Set(['presets', 'documents']);
/** What an archive calls the file with the conversations; large ones are cut into several. */
const conversationsFile = /(^|\/)conversations[-_\d]*\.jsonl?$/i;

/**
 * Everything in a file that was exported here or elsewhere, one conversation at a time; what it is, is known from what is
 * in it. `onBytes` hears how many bytes of the file were read since the last call.
 *
 * @throws ZipError for an archive that cannot be opened
 */
export async function* readImport(
  file: string,
  options: { readonly nowMs: number; readonly onBytes: (bytes: number) => void; readonly signal: AbortSignal },
): AsyncGenerator<ReadStep> {
  if (!(await isZip(file))) {
    yield* readDocument(counted(createReadStream(file, { highWaterMark: 64 * 1024 }), options), options.nowMs);
    return;
  }
  const entries = await readZipDirectory(file);
  const named = entries.filter(({ name }) => conversationsFile.test(name));
  const chosen = named.length > 0 ? named : entries.filter(({ name }) => /\.jsonl?$/i.test(name));
  if (chosen.length === 0) throw new ZipError('there is no file with conversations in the archive');
  for (const entry of chosen) {
    options.signal.throwIfAborted();
    try {
      yield* readDocument(checked(await openZipEntry(file, entry, options.onBytes), options.signal), options.nowMs);
    } catch (error) {
      if (options.signal.aborted) throw error;
      yield { kind: 'lost', reason: 'packed' };
    }
  }
}

async function* readDocument(source: AsyncIterable<Buffer>, nowMs: number): AsyncGenerator<ReadStep> {
  for await (const piece of splitJson(source, lists, { limitBytes: conversationLimitBytes, laterLists })) {
    const step = readPiece(piece, nowMs);
    if (step !== undefined) yield step;
  }
}

function readPiece(piece: JsonPiece, nowMs: number): ReadStep | undefined {
  if (piece.kind === 'lost') return piece;
  if (piece.kind === 'head') {
    const version = /"format"\s*:\s*"clawdbot\.conversations"\s*,\s*"version"\s*:\s*(\d{1,9})/.exec(piece.text)?.[1];
    return version !== undefined && Number(version) > archiveVersion ? { kind: 'lost', reason: 'newer' } : undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(piece.bytes.toString('utf8'));
  } catch {
    return { kind: 'lost', reason: 'notJson' };
  }
  if (piece.list === 'folders') {
    const folder = archivedFolderSchema.safeParse(value);
    return folder.success ? { kind: 'folder', folder: folder.data } : undefined;
  }
  if (piece.list === 'presets') {
    const preset = archivedPresetSchema.safeParse(value);
    return preset.success ? { kind: 'preset', preset: preset.data } : { kind: 'lost', reason: 'notAConversation' };
  }
  if (piece.list === 'documents') {
    const document = archivedDocumentSchema.safeParse(value);
    return document.success
      ? { kind: 'document', document: document.data }
      : { kind: 'lost', reason: 'notAConversation' };
  }
  const read =
    tryReadArchived(value) ??
    tryReadChatGpt(value, nowMs) ??
    tryReadClaude(value, nowMs) ??
    tryReadOpenAi(value, nowMs);
  return read === undefined ? { kind: 'lost', reason: 'notAConversation' } : { kind: 'conversation', read };
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50;
  } finally {
    await handle.close();
  }
}

async function* counted(
  source: AsyncIterable<Buffer>,
  { onBytes, signal }: { readonly onBytes: (bytes: number) => void; readonly signal: AbortSignal },
): AsyncGenerator<Buffer> {
  for await (const chunk of checked(source, signal)) {
    yield chunk;
    onBytes(chunk.length);
  }
}

async function* checked(source: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    signal.throwIfAborted();
    yield chunk;
  }
}
