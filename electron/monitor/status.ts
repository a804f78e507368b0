import type { Adaptation } from '../../shared/model/adaptation.ts';
import type { AppInfo, AppStatus } from '../../shared/contract/index.ts';

/** What the app is and how it is doing. */
export interface Status {
  info(): AppInfo;
  /** Now, and again when something changed; at most once a second. */
  watch(signal: AbortSignal): AsyncIterable<AppStatus>;
  /** The newest changes of how hard the engine works, oldest first: now, and again after each. */
  watchAdaptations(signal: AbortSignal): AsyncIterable<readonly Adaptation[]>;
}
