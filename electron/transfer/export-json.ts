import { archiveFormat, archiveVersion } from '../../shared/contract/archive.ts';
import type { ArchivedHead, StoredArchive } from '../store/archived.ts';
import type { DocumentStore } from '../store/document-store.ts';
import type { StoredFolders } from '../store/folders.ts';
import type { StoredPresets } from '../store/setups.ts';
import { toArchivedDocument } from './archived-documents.ts';

/** How much is read from the database at once; the rest of the app goes on between two of them. */
const pageLength = 100;
/** More than anybody has. */
const everyDocument = 1_000_000;

export interface ExportSource {
  readonly archive: Pick<StoredArchive, 'conversations' | 'messages' | 'find'>;
  readonly folders: Pick<StoredFolders, 'all'>;
  readonly presets: Pick<StoredPresets, 'all'>;
  readonly documents: Pick<DocumentStore, 'find' | 'list' | 'passages' | 'ofConversation'>;
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
  { archive, folders, presets, documents }: ExportSource,
  conversationId: string | null,
  exportedAt: number,
): AsyncGenerator<string> {
  const head = { format: archiveFormat, version: archiveVersion, exportedAt };
  // Of the rest a person who is given one conversation need not know.
  const one = conversationId === null ? undefined : archive.find(conversationId);
  const wanted = (ownId: string | null | undefined) => (item: { readonly id: string }) =>
    conversationId === null || item.id === ownId;
  const filed = folders.all().filter(wanted(one?.folderId));
  const roles = presets.all().filter(wanted(one?.setup?.presetId));
  yield `${JSON.stringify(head).slice(0, -1)},\n"folders":${JSON.stringify(filed)},\n"presets":${JSON.stringify(roles)},\n"documents":[`;
  const documentIds =
    conversationId === null
      ? documents.list(everyDocument).map(({ id }) => id)
      : [...new Set(documents.ofConversation(conversationId).map(({ documentId }) => documentId))];
  let comma = '\n';
  for (const documentId of documentIds) {
    const document = documents.find(documentId);
    if (document === undefined) continue;
    yield `${comma}${JSON.stringify(toArchivedDocument(document, documents.passages(documentId)))}`;
    comma = ',\n';
    await breathe();
  }
  yield '],\n"conversations":[';
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
