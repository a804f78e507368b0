import type { Chat } from '../chat/chat.ts';
import type { Keep } from '../keep/keep.ts';
import type { Models } from '../library/models.ts';
import type { Status } from '../monitor/status.ts';
import type { Log } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import { appRoutes } from './app-routes.ts';
import { chatRoutes } from './chat-routes.ts';
import { dataRoutes } from './data-routes.ts';
import { createImplementer } from './implementer.ts';
import { modelsRoutes } from './models-routes.ts';

export interface RouterServices {
  readonly chat: Chat;
  readonly keep: Keep;
  readonly models: Models;
  readonly settings: SettingsStore;
  readonly status: Status;
}

/** Everything a door can ask for; the same object answers over every transport. */
export function createRouter(services: RouterServices, log: Log) {
  const os = createImplementer(log);
  return os.router({
    app: appRoutes(os.app, services),
    chat: chatRoutes(os.chat, services.chat),
    data: dataRoutes(os.data, services.keep),
    models: modelsRoutes(os.models, services.models),
  });
}

export type ClawdbotRouter = ReturnType<typeof createRouter>;
