import { expect, onTestFinished, test } from 'vitest';
import { createAdapting } from '../../electron/engine/adapt.ts';
import type { MachineConditions } from '../../electron/ports.ts';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

const well: MachineConditions = {
  availableBytes: 8e9,
  pressure: 'none',
  thermal: 'nominal',
  onBattery: false,
  lowPower: false,
};

function adapting(conditions: () => MachineConditions) {
  let nowMs = 0;
  let looks = 0;
  const engine = createFakeEngine({ scripts: { one: { reply: 'Hello.' } } });
  const log = createRecordingLog();
  const adaptations = createAdapting({
    engine,
    async conditions() {
      looks += 1;
      return conditions();
    },
    clock: { now: () => nowMs },
    log,
    everyMs: 1,
  });
  onTestFinished(async () => {
    adaptations[Symbol.dispose]();
    await engine[Symbol.asyncDispose]();
  });
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      if (adaptations.history.length >= count) return resolve();
      const end = adaptations.onChange((history) => {
        if (history.length < count) return;
        end();
        resolve();
      });
      return undefined;
    });
  return { engine, adaptations, log, until, looks: () => looks, setNow: (ms: number) => void (nowMs = ms) };
}

test('the machine is looked at while the engine runs, and not before', async () => {
  const { engine, looks, adaptations, until } = adapting(() => ({ ...well, availableBytes: 1e9 }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(looks()).toBe(0);
  await engine.load(fakeModel('one'));
  await until(1);
  expect(adaptations.history).toEqual([
    { atMs: 0, cause: 'memoryTight', parallel: 2, batchTokens: 512, threadShare: 1, backgroundPaused: false },
  ]);
});

test('a change reaches the process of the engine, the log and the history with its reason', async () => {
  let thermal: MachineConditions['thermal'] = 'nominal';
  const { engine, adaptations, log, until, setNow } = adapting(() => ({ ...well, thermal }));
  await engine.load(fakeModel('one'));
  thermal = 'serious';
  await until(1);
  const effort = { parallel: 8, batchTokens: 128, threadShare: 0.5, backgroundPaused: true };
  expect(engine.host?.requests).toContainEqual({ type: 'limit', effort });
  expect(JSON.stringify(log)).toContain('The machine is hot');
  thermal = 'nominal';
  setNow(60_000);
  await until(2);
  expect(adaptations.history.map(({ cause }) => cause)).toEqual(['heatSerious', 'heatOver']);
  expect(engine.host?.requests.at(-1)).toMatchObject({ type: 'limit', effort: { threadShare: 1 } });
});

test('under critical pressure idle models leave memory', async () => {
  let pressure: MachineConditions['pressure'] = 'none';
  const { engine, until } = adapting(() => ({ ...well, pressure }));
  await engine.load(fakeModel('one'));
  expect(engine.residents.size).toBe(1);
  pressure = 'critical';
  await until(1);
  await new Promise<void>((resolve) => {
    const look = (): void => void (engine.residents.size === 0 && resolve());
    engine.onChange(look);
    look();
  });
  expect(engine.host?.requests.filter(({ type }) => type === 'unload')).toHaveLength(1);
});

test('when the machine cannot be looked at, the engine goes on, and it is said once', async () => {
  let broken = true;
  let asked = 0;
  const { engine, log, until } = adapting(() => {
    asked += 1;
    if (asked > 5) broken = false;
    if (broken) throw new Error('no such file');
    return { ...well, availableBytes: 1e9 };
  });
  await engine.load(fakeModel('one'));
  await until(1);
  expect(JSON.stringify(log).split('could not be read').length - 1).toBe(1);
});
