import type { RouterServices } from '../../electron/rpc/router.ts';
import { createFakeChat } from '../fakes/fake-chat.ts';
import { createFakeAnalysis } from '../fakes/fake-analysis.ts';
import { createFakeCollections } from '../fakes/fake-collections.ts';
import { createFakeContext } from '../fakes/fake-context.ts';
import { createFakeDocumentReader } from '../fakes/fake-document-reader.ts';
import { createFakeDocuments } from '../fakes/fake-documents.ts';
import { createFakeIncomingFiles } from '../fakes/fake-incoming-files.ts';
import { createFakeKeep } from '../fakes/fake-keep.ts';
import { createFakeTransfer } from '../fakes/fake-transfer.ts';
import { createFakeModels } from '../fakes/fake-models.ts';
import { createFakeSettings } from '../fakes/fake-settings.ts';
import { createFakeStatus } from '../fakes/fake-status.ts';

/** Services that exist only in memory; a test replaces the calls it is about. */
export function createServicesUnderTest(chat: Partial<RouterServices['chat']> = {}): RouterServices {
  return {
    chat: { ...createFakeChat(), ...chat },
    analysis: createFakeAnalysis(),
    collections: createFakeCollections(),
    context: createFakeContext(),
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
