import fc from 'fast-check';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createIncomingFiles } from '../../electron/transfer/create-incoming-files.ts';
import type { IncomingFiles } from '../../electron/transfer/incoming-files.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { tempFolder } from '../store/temp-folder.ts';

interface UnderTest {
  readonly files: IncomingFiles;
  readonly folder: string;
  readonly time: { now: number };
}

function opened(options: { limitBytes?: number } = {}, folder = path.join(tempFolder(), 'incoming')): UnderTest {
  const time = { now: 1_700_000_000_000 };
  const files = createIncomingFiles({ folder, clock: { now: () => time.now }, log: createRecordingLog(), ...options });
  onTestFinished(() => files[Symbol.dispose]());
  return { files, folder, time };
}

const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });

describe('files handed over by a page', () => {
  test('arrive in pieces, whole, and are deleted after use', () => {
    const { files, folder } = opened();
    const bytes = new Uint8Array(3000).map((_, index) => index % 251);
    const ticket = files.begin({ name: 'lease.pdf', sizeBytes: bytes.length });
    for (let at = 0; at < bytes.length; at += 700) files.piece(ticket, at, bytes.subarray(at, at + 700));
    const file = files.take(ticket);
    expect(file).toMatchObject({ name: 'lease.pdf', sizeBytes: 3000 });
    expect(new Uint8Array(readFileSync(file.path))).toEqual(bytes);
    expect(statSync(file.path).mode & 0o077).toBe(0);
    file[Symbol.dispose]();
    expect(readdirSync(folder)).toEqual([]);
    expect(() => files.take(ticket)).toThrow(code('FILE_NOT_HANDED_OVER'));
  });

  test('may be empty', () => {
    const { files } = opened();
    const file = files.take(files.begin({ name: 'empty.txt', sizeBytes: 0 }));
    expect(readFileSync(file.path)).toHaveLength(0);
  });

  test('take a piece that is sent again for what it is, and refuse gaps and surplus', () => {
    const { files } = opened();
    const ticket = files.begin({ name: 'a.txt', sizeBytes: 6 });
    expect(files.piece(ticket, 0, new Uint8Array(4))).toBe(4);
    expect(files.piece(ticket, 0, new Uint8Array(4))).toBe(4);
    expect(() => files.piece(ticket, 5, new Uint8Array(1))).toThrow(code('BAD_INPUT'));
    expect(() => files.piece(ticket, 4, new Uint8Array(3))).toThrow(code('BAD_INPUT'));
    expect(() => files.take(ticket)).toThrow(code('FILE_NOT_HANDED_OVER'));
    expect(files.piece(ticket, 4, new Uint8Array(2))).toBe(6);
    expect(files.take(ticket).sizeBytes).toBe(6);
  });

  test('are refused when they are too large, for the limit or for the disk', () => {
    const { files } = opened({ limitBytes: 100 });
    expect(() => files.begin({ name: 'a', sizeBytes: 101 })).toThrow(code('FILE_TOO_LARGE'));
    const { files: others } = opened({ limitBytes: Number.MAX_SAFE_INTEGER });
    expect(() => others.begin({ name: 'a', sizeBytes: 2 ** 52 })).toThrow(code('DISK_FULL'));
  });

  test('that were promised count against the room before they arrive', () => {
    const { files } = opened();
    for (let count = 0; count < 200; count += 1) files.begin({ name: 'small', sizeBytes: 1 });
    expect(() => files.begin({ name: 'one more', sizeBytes: 1 })).toThrow(code('BAD_INPUT'));
  });

  test('are forgotten when nobody goes on with them for an hour', () => {
    const { files, folder, time } = opened();
    const old = files.begin({ name: 'old', sizeBytes: 5 });
    time.now += 61 * 60 * 1000;
    const fresh = files.begin({ name: 'fresh', sizeBytes: 0 });
    expect(() => files.piece(old, 0, new Uint8Array(1))).toThrow(code('FILE_NOT_HANDED_OVER'));
    expect(readdirSync(folder)).toEqual([fresh]);
    files.drop(fresh);
    files.drop('nothing');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of an earlier run are gone at the start, and all at the end', () => {
    const folder = path.join(tempFolder(), 'incoming');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'left'), 'secret');
    const { files } = opened({}, folder);
    expect(existsSync(path.join(folder, 'left'))).toBe(false);
    files.begin({ name: 'a', sizeBytes: 1 });
    files[Symbol.dispose]();
    expect(existsSync(folder)).toBe(false);
  });

  test('get a name that names no place, whatever was sent', () => {
    const { files } = opened();
    const nameOf = (name: string): string => files.take(files.begin({ name, sizeBytes: 0 })).name;
    expect(nameOf('../../etc/passwd')).toBe('passwd');
    expect(nameOf('C:\\Users\\me\\租房合同.docx')).toBe('租房合同.docx');
    expect(nameOf('a\u202Etxt.exe\n')).toBe('atxt.exe');
    expect(nameOf('..')).toBe('file');
    expect(nameOf(`${'long '.repeat(100)}.pdf`)).toMatch(/^.{190,196}\.pdf$/);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const plain = nameOf(`${name}x`);
        expect(plain).not.toMatch(/[/\\\p{Cc}]/u);
        expect(plain.length).toBeGreaterThan(0);
        expect(plain.isWellFormed()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.skipIf(process.getuid?.() === 0)('say so when the data folder cannot be written to', () => {
    const parent = tempFolder();
    const { files } = opened({}, path.join(parent, 'incoming'));
    chmodSync(parent, 0o500);
    expect(() => files.begin({ name: 'a', sizeBytes: 1 })).toThrow(code('DATA_DIRECTORY_UNUSABLE'));
    chmodSync(parent, 0o700);
  });
});
