import { expect, test } from 'vitest';
import { createCarefulWay, type CarefulWay } from '../../electron/engine/careful-way.ts';
import { createForgetfulNotes } from '../../electron/engine/forgetful-notes.ts';
import { silentLog } from '../fakes/silent-log.ts';

const here = { appVersion: '1.0.0', platform: 'darwin-arm64' };

function open(notes = createForgetfulNotes()): {
  way: CarefulWay;
  again: (changes?: Partial<typeof here>) => CarefulWay;
} {
  const again = (changes: Partial<typeof here> = {}): CarefulWay =>
    createCarefulWay({ ...here, ...changes, notes, log: silentLog });
  return { way: again(), again };
}

function crashed(): ReturnType<typeof open> {
  const opened = open();
  opened.way.ready('b1');
  opened.way.crashed('a');
  expect(opened.way.crashed('a')).toBe(true);
  return opened;
}

test('two crashes in a row with one model are enough', () => {
  const { way } = open();
  expect(way.on).toBe(false);
  expect(way.crashed('a')).toBe(false);
  expect(way.crashed('b')).toBe(false);
  expect(way.crashed('a')).toBe(false);
  expect(way.on).toBe(false);
  expect(way.crashed('a')).toBe(true);
  expect(way.on).toBe(true);
});

test('an answer of the model in between begins the count again, one of another does not', () => {
  const { way } = open();
  way.crashed('a');
  way.worked('a');
  expect(way.crashed('a')).toBe(false);
  way.worked('b');
  expect(way.crashed('a')).toBe(true);
});

test('crashes at the start count without a model', () => {
  const { way } = open();
  way.crashed(undefined);
  expect(way.crashed(undefined)).toBe(true);
});

test('it is remembered for this version on this machine', () => {
  const { again } = crashed();
  expect(again().on).toBe(true);
  expect(again({ appVersion: '1.0.1' }).on).toBe(false);
  expect(again({ platform: 'darwin-x64' }).on).toBe(false);
});

test('another release of llama.cpp is tried again', () => {
  const { again } = crashed();
  const next = again();
  next.ready('b1');
  expect(next.on).toBe(true);
  next.ready('b2');
  expect(next.on).toBe(false);
  expect(again().on).toBe(false);
});

test.each([null, 7, { appVersion: '1.0.0' }])('a note of %j is as good as none', (value) => {
  const notes = createForgetfulNotes();
  notes.write('engine-careful', value);
  expect(open(notes).way.on).toBe(false);
});
