import type { BinItem } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';

/** Brings back what lies in the bin. */
export async function restoreItem(client: Client, { kind, id }: Pick<BinItem, 'kind' | 'id'>): Promise<void> {
  switch (kind) {
    case 'conversation':
      await client.chat.restore({ conversationId: id });
      return;
    case 'message':
      await client.chat.restoreMessage({ messageId: id });
      return;
    case 'folder':
      await client.folders.restore({ folderId: id });
      return;
    case 'preset':
      await client.presets.restore({ presetId: id });
      return;
    case 'document':
      await client.documents.restore({ documentId: id });
      return;
    case 'collection':
      await client.collections.restore({ collectionId: id });
  }
}
