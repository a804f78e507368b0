import type { Chat } from '../../../electron/chat/chat.ts';
import type { Log } from '../../../electron/ports.ts';
import type { RouterServices } from '../../../electron/rpc/router.ts';
import { createFakeAnalysis } from '../../fakes/fake-analysis.ts';
import { createFakeCollections } from '../../fakes/fake-collections.ts';
import { createFakeContext } from '../../fakes/fake-context.ts';
import { createFakeDocumentReader } from '../../fakes/fake-document-reader.ts';
import { createFakeDocuments } from '../../fakes/fake-documents.ts';
import { createFakeIncomingFiles } from '../../fakes/fake-incoming-files.ts';
import { createFakeKeep } from '../../fakes/fake-keep.ts';
import { createFakeTransfer } from '../../fakes/fake-transfer.ts';
import { createFakeModels } from '../../fakes/fake-models.ts';
import { createFakeSettings } from '../../fakes/fake-settings.ts';
import { createFakeStatus } from '../../fakes/fake-status.ts';

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What the contract needs around a conversation; the chat view asks nothing of it. */
export function servicesWith(chat: Chat, context = createFakeContext()): RouterServices {
  return {
    analysis: createFakeAnalysis(),
    chat,
    collections: createFakeCollections(),
    context,
    documents: createFakeDocuments(),
    reader: createFakeDocumentReader(),
    files: createFakeIncomingFiles(),
    keep: createFakeKeep(),
    transfer: createFakeTransfer(),
    models: createFakeModels({ models: [], defaultModelId: null, folder: '/models', pinnedIds: [] }),
    settings: createFakeSettings(),
    status: createFakeStatus(),
  };
}
