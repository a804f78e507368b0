import type { Log } from '../../electron/ports.ts';

export interface LogEntry {
  readonly level: keyof Log;
  readonly fields: object;
  readonly message: string;
}

export interface RecordingLog extends Log {
  readonly entries: readonly LogEntry[];
  /** Everything logged, as text; for looking for what must not be there. */
  text(): string;
}

export function createRecordingLog(): RecordingLog {
  const entries: LogEntry[] = [];
  const record = (level: keyof Log) => (fields: object, message: string) =>
    void entries.push({ level, fields, message });
  return {
    entries,
    text: () => JSON.stringify(entries),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  };
}
