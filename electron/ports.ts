import type { ExtractionRequest } from '../shared/model/documents/extraction-protocol.ts';
import type { EngineRequest } from '../shared/model/engine-protocol.ts';

/**
 * What a host gives the core. The desktop and the headless host each build one; tests build their own.
 * Types only: nothing here may import electron or node-llama-cpp.
 */
export interface Ports {
  readonly host: 'desktop' | 'headless';
  readonly appVersion: string;
  readonly paths: Paths;
  readonly settingsFile: SettingsFile;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: () => MemoryReading;
  readonly conditions: () => Promise<MachineConditions>;
  readonly spawnChecker: () => CheckerProcess;
  readonly spawnEngineHost: (options?: EngineHostOptions) => EngineHostProcess;
  readonly spawnExtractionHost: () => ExtractionHostProcess;
}

export interface Paths {
  /** Everything the person owns: database, settings, models. Created with mode 0700 by the host. */
  readonly data: string;
  /** Models shipped with the app, read-only; the folder may be absent. */
  readonly bundledModels: string;
  /** Model files named on the command line. */
  readonly modelFiles: readonly string[];
}

/** Raw storage of settings; the settings service parses what comes out of it. */
export interface SettingsFile {
  readonly path: string;
  /** Throws `SETTINGS_INVALID` when the file does not parse; the file is left as it is. */
  read(): unknown;
  write(value: Record<string, unknown>): void;
}

export interface Secrets {
  /** 32 bytes, made at the first call and the same ever after. */
  databaseKey(): Promise<Uint8Array>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface MemoryReading {
  readonly totalBytes: number;
  /** What may still be taken without swapping, within the limits set on this process. */
  readonly availableBytes: number;
}

export interface EngineHostOptions {
  /** `off`: llama.cpp's functions are not called directly, because that crashed here. */
  readonly native?: 'off';
}

export type MemoryPressure = 'none' | 'warn' | 'critical';

/** What work on this machine has to be careful with. */
export interface MachineConditions {
  readonly availableBytes: number;
  readonly pressure: MemoryPressure;
  readonly thermal: 'nominal' | 'fair' | 'serious' | 'critical';
  readonly onBattery: boolean;
  /** The battery is nearly empty, or the person wants to save it. */
  readonly lowPower: boolean;
}

/** The child process that runs llama.cpp. */
export type EngineHostProcess = HostProcess<EngineRequest>;

/** A child process that reads documents. */
export type ExtractionHostProcess = HostProcess<ExtractionRequest>;

/** A child process. What it sends is parsed by whoever has it before it is believed. */
export interface HostProcess<Request> {
  readonly processId: number | undefined;
  send(request: Request): void;
  onReport(listener: (report: unknown) => void): void;
  /** Called once. */
  onExit(listener: (exit: EngineExit) => void): void;
  /** Ends it at once, whatever it does, also when it is stopped. */
  kill(): void;
}

/** The child process that reads a database file from end to end; one request, one report. It may be ended at any time. */
export interface CheckerProcess {
  send(request: { readonly file: string; readonly key: Uint8Array }): void;
  onReport(listener: (report: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

export interface EngineExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote in its last seconds, newest last; the reason of an abort stands there and nowhere else. */
  readonly lastLines?: readonly string[];
}
