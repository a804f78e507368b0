import { createChat } from '../../electron/chat/create-chat.ts';
import type { Chat } from '../../electron/chat/chat.ts';
import { createAssembler } from '../../electron/context/assemble-prompt.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Database } from '../../electron/store/database.ts';
import { defaultSettings } from '../../shared/contract/index.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** A chat on a database, to look into: it has no model, so nothing can be asked. */
export function openUnansweredChat(database: Database): Chat {
  const store = createStore(database);
  return createChat({
    store,
    models: {
      choose: () => {
        throw new Error('Nothing is asked here.');
      },
    },
    settings: { read: () => defaultSettings },
    assemblePrompt: createAssembler(store).assemble,
    clock: { now: Date.now },
    log: silentLog,
  });
}
