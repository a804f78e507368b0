import { describe, expect, test } from 'vitest';
import { createForgetfulNotes } from '../../electron/engine/forgetful-notes.ts';
import { createQuarantines, type Quarantines } from '../../electron/engine/quarantine.ts';
import { silentLog } from '../fakes/silent-log.ts';

const hourMs = 3_600_000;
const model = { id: 'a', stamp: 'size-and-time' };

function open(notes = createForgetfulNotes()) {
  const clock = { nowMs: 1e12 };
  const again = (): Quarantines => createQuarantines(notes, { now: () => clock.nowMs }, silentLog);
  return { notes, clock, again, quarantines: again() };
}

describe('a model', () => {
  test('is set aside by its third crash, and stays so after a restart', () => {
    const { quarantines, again } = open();
    expect(quarantines.count(model, 'signal SIGSEGV')).toBe(false);
    expect(quarantines.count(model, 'signal SIGSEGV')).toBe(false);
    expect(quarantines.of(model)).toBeUndefined();
    expect(quarantines.count(model, 'signal SIGABRT')).toBe(true);
    expect(quarantines.of(model)).toEqual({ crashes: 3, reason: 'signal SIGABRT' });
    expect(again().of(model)).toEqual({ crashes: 3, reason: 'signal SIGABRT' });
    expect(quarantines.of({ ...model, id: 'b' })).toBeUndefined();
  });

  test('is counted on after a restart', () => {
    const { quarantines, again } = open();
    quarantines.count(model, 'x');
    quarantines.count(model, 'x');
    expect(again().count(model, 'x')).toBe(true);
  });

  test('is not set aside for crashes that lie more than a day apart', () => {
    const { quarantines, clock } = open();
    for (let day = 0; day < 5; day += 1) {
      expect(quarantines.count(model, 'x')).toBe(false);
      expect(quarantines.count(model, 'x')).toBe(false);
      clock.nowMs += 25 * hourMs;
    }
  });

  test('that was set aside stays so however much time passes', () => {
    const { quarantines, clock } = open();
    for (let crash = 0; crash < 3; crash += 1) quarantines.count(model, 'x');
    clock.nowMs += 1000 * hourMs;
    expect(quarantines.of(model)).toBeDefined();
  });

  test('may be tried again, and has one try', () => {
    const { quarantines, again } = open();
    for (let crash = 0; crash < 3; crash += 1) quarantines.count(model, 'x');
    quarantines.readmit('a');
    expect(quarantines.of(model)).toBeUndefined();
    expect(again().of(model)).toBeUndefined();
    expect(quarantines.count(model, 'x')).toBe(true);
    quarantines.readmit('nobody');
  });

  test('whose file changed is another model', () => {
    const { quarantines } = open();
    for (let crash = 0; crash < 3; crash += 1) quarantines.count(model, 'x');
    const changed = { ...model, stamp: 'other' };
    expect(quarantines.of(changed)).toBeUndefined();
    expect(quarantines.count(changed, 'x')).toBe(false);
  });
});

describe('what was stored', () => {
  test.each([null, 7, 'text', [], { a: 1 }, { a: { stamp: 1 } }])('as %j is as good as nothing', (value) => {
    const notes = createForgetfulNotes();
    notes.write('engine-crashes', value);
    const { quarantines } = open(notes);
    expect(quarantines.of(model)).toBeUndefined();
    expect(quarantines.count(model, 'x')).toBe(false);
  });

  test('does not grow without end', () => {
    const { quarantines, notes } = open();
    for (let index = 0; index < 500; index += 1) quarantines.count({ id: `model ${index}`, stamp: '' }, 'x');
    expect(Object.keys(notes.read('engine-crashes') ?? {})).toHaveLength(200);
  });

  test('cannot be stored: it is counted all the same', () => {
    const notes = {
      read: () => undefined,
      write() {
        throw new Error('disk full');
      },
    };
    const { quarantines } = open(notes);
    for (let crash = 0; crash < 3; crash += 1) quarantines.count(model, 'x');
    expect(quarantines.of(model)).toBeDefined();
  });
});
