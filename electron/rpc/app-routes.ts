import type { Status } from '../monitor/status.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function appRoutes(os: Implementer['app'], services: { status: Status; settings: SettingsStore }) {
  const { status, settings } = services;
  return os.router({
    info: os.info.handler(() => status.info()),
    watchStatus: os.watchStatus.handler(({ signal }) => stream(signal, (ended) => status.watch(ended))),
    watchAdaptations: os.watchAdaptations.handler(({ signal }) =>
      stream(signal, (ended) => status.watchAdaptations(ended)),
    ),
    watchSettings: os.watchSettings.handler(({ signal }) => stream(signal, (ended) => settings.watch(ended))),
    updateSettings: os.updateSettings.handler(({ input }) => settings.update(input)),
  });
}
