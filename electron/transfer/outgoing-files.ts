import type { ExportedFile } from './transfer.ts';

/** Small files that were made for a person, each under a ticket until it is fetched or forgotten. Kept in memory only. */
export interface OutgoingFiles {
  offer(file: PreparedContent): { readonly ticket: string; readonly name: string };
  /** Several as one archive. */
  offerZip(
    name: string,
    files: readonly { readonly name: string; readonly content: Buffer; readonly compressed: Buffer }[],
  ): { readonly ticket: string; readonly name: string };
  /** Undefined for an unknown or forgotten ticket. A file can be fetched again until it is forgotten. */
  find(ticket: string): ExportedFile | undefined;
}

export interface PreparedContent {
  /** With its extension; what no disk takes is replaced. */
  readonly name: string;
  readonly type: ExportedFile['type'];
  readonly content: Buffer;
}
