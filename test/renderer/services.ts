import type { RouterServices } from '../../electron/rpc/router.ts';
import { createConnection, type Connection } from '../../renderer/rpc/connection.ts';
import { createWebSocketTransport } from '../../renderer/rpc/web-socket-transport.ts';
import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import { startFakeBackend, type FakeBackend } from '../fakes/fake-backend.ts';
import { createFakeChat, type FakeChat, type FakeChatOptions } from '../fakes/fake-chat.ts';
import { createFakeAnalysis } from '../fakes/fake-analysis.ts';
import { createFakeCollections, type FakeCollections } from '../fakes/fake-collections.ts';
import { createFakeContext } from '../fakes/fake-context.ts';
import { createFakeDocumentReader } from '../fakes/fake-document-reader.ts';
import { createFakeDocuments } from '../fakes/fake-documents.ts';
import { createFakeIncomingFiles } from '../fakes/fake-incoming-files.ts';
import { createFakeKeep } from '../fakes/fake-keep.ts';
import { createFakeTransfer } from '../fakes/fake-transfer.ts';
import { createFakeModels, type FakeModels } from '../fakes/fake-models.ts';
import { createFakeSettings } from '../fakes/fake-settings.ts';
import { createFakeStatus, type FakeStatus } from '../fakes/fake-status.ts';

export interface FakeServices extends RouterServices {
  readonly chat: FakeChat;
  readonly collections: FakeCollections;
  readonly models: FakeModels;
  readonly status: FakeStatus;
}

export function createFakeServices(
  options: { chat?: FakeChatOptions; models?: Partial<ModelList> } = {},
): FakeServices {
  return {
    chat: createFakeChat(options.chat),
    analysis: createFakeAnalysis(),
    collections: createFakeCollections(),
    context: createFakeContext(),
    documents: createFakeDocuments(),
    reader: createFakeDocumentReader(),
    files: createFakeIncomingFiles(),
    keep: createFakeKeep(),
    transfer: createFakeTransfer(),
    models: createFakeModels({ models: [], defaultModelId: null, folder: '/models', pinnedIds: [], ...options.models }),
    settings: createFakeSettings(),
    status: createFakeStatus(),
  };
}

export function createModel(fields: Partial<ModelInfo> & { id: string }): ModelInfo {
  return {
    name: fields.id,
    path: `/models/${fields.id}.gguf`,
    sizeBytes: 2_020_000_000,
    architecture: 'llama',
    parameters: 3_000_000_000,
    quantisation: 'Q4_K_M',
    trainedContextTokens: 32_768,
    placeholder: false,
    source: 'library',
    state: { kind: 'onDisk' },
    expectedFirstWordMs: null,
    ...fields,
  };
}

export interface Connected extends AsyncDisposable {
  readonly services: FakeServices;
  readonly backend: FakeBackend;
  readonly connection: Connection;
}

/** A page's connection to the real router in front of fake services. */
export async function connect(services: FakeServices = createFakeServices()): Promise<Connected> {
  const backend = await startFakeBackend(services);
  const connection = createConnection(createWebSocketTransport(`ws://127.0.0.1:${backend.port}/rpc`), {
    firstDelayMs: 10,
    longestDelayMs: 50,
  });
  return {
    services,
    backend,
    connection,
    async [Symbol.asyncDispose]() {
      connection.dispose();
      await backend[Symbol.asyncDispose]();
      await services.chat[Symbol.asyncDispose]();
      await services.models[Symbol.asyncDispose]();
    },
  };
}
