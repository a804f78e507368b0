import type { AppInfo, AppStatus } from '../../shared/contract/index.ts';

/** What the app is and how it is doing. */
export interface Status {
  info(): AppInfo;
  /** Now, and again when something changed; at most once a second. */
  watch(signal: AbortSignal): AsyncIterable<AppStatus>;
}
