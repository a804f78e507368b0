/**
 * One step of the schema. Steps are numbered from 1 without gaps and never changed once released: a database out there
 * may stand at any of them. All pending steps run in one transaction, after a copy of the file was taken.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(execute: (sql: string) => void): void;
}
