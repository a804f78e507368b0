import type { Chat } from './chat/chat.ts';
import type { Engine } from './engine/engine.ts';
import type { Models } from './library/models.ts';
import type { Status } from './monitor/status.ts';
import type { SettingsStore } from './store/settings.ts';

/** The services every door leads to. */
export interface Core extends AsyncDisposable {
  readonly chat: Chat;
  readonly models: Models;
  readonly settings: SettingsStore;
  readonly status: Status;
  readonly engine: Engine;
}
