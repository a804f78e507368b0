import { archiveFormat, archiveVersion } from '../../shared/contract/archive.ts';
import type { ArchivedHead, StoredArchive } from '../store/archived.ts';
import type { StoredFolders } from '../store/folders.ts';

/** How much is read from the database at once; the rest of the app goes on between two of them. */
const pageLength = 100;

export interface ExportSource {
  readonly archive: Pick<StoredArchive, 'conversations' | 'messages' | 'find'>;
  readonly folders: Pick<StoredFolders, 'all'>;
}

/** The conversations to export: one, or all of them in the order in which they were stored. */
export async function* chosen(
  archive: ExportSource['archive'],
  conversationId: string | null,
): AsyncGenerator<ArchivedHead> {
  if (conversationId !== null) {
    const found = archive.find(conversationId);
    if (found !== undefined) yield found;
    return;
  }
  for (let after = 0; ;) {
    const page = archive.conversations(after, pageLength);
    for (const { conversation } of page) yield conversation;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
    await breathe();
  }
}

/** The whole document in pieces; memory does not grow with what is stored. */
export async function* exportJson(
  { archive, folders }: ExportSource,
  conversationId: string | null,
  exportedAt: number,
): AsyncGenerator<string> {
  const head = { format: archiveFormat, version: archiveVersion, exportedAt };
  yield `${JSON.stringify(head).slice(0, -1)},\n"folders":${JSON.stringify(folders.all().map(({ id, name }) => ({ id, name })))},\n"conversations":[`;
  let separator = '\n';
  for await (const conversation of chosen(archive, conversationId)) {
    yield `${separator}${JSON.stringify(conversation).slice(0, -1)},"messages":[`;
    separator = ',\n';
    let between = '\n';
    for (let after = 0; ;) {
      const page = archive.messages(conversation.id, after, pageLength);
      const last = page.at(-1);
      if (last === undefined) break;
      yield `${between}${page.map(({ message }) => JSON.stringify(message)).join(',\n')}`;
      between = ',\n';
      after = last.position;
      await breathe();
    }
    yield ']}';
  }
  yield '\n]}\n';
}

export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
