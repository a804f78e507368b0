import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { createForgetfulNotes } from '../../electron/engine/forgetful-notes.ts';
import type { WatchLimits } from '../../electron/engine/watchdog.ts';
import type { EngineHostOptions } from '../../electron/ports.ts';
import type { Notes } from '../../electron/store/store.ts';
import { ask, isPhase, nextState, once, user, type Answer } from './engine-asking.ts';
import type { Recital } from './engine-suite.ts';

export interface SurvivalOptions {
  readonly notes: Notes;
  readonly watch: WatchLimits;
}

export interface SurvivorUnderTest {
  readonly engine: Engine;
  /** How each process was started, oldest first. */
  readonly starts: readonly EngineHostOptions[];
  /** Sends the newest process a signal. SIGSTOP makes it stand still. */
  signal(name: 'SIGKILL' | 'SIGSEGV' | 'SIGABRT' | 'SIGSTOP'): void;
  hostIsAlive(): boolean;
}

export interface Survivors extends AsyncDisposable {
  /** Takes seconds for its text. */
  readonly slow: Recital;
  readonly quick: Recital;
  open(options: SurvivalOptions): SurvivorUnderTest;
}

/** Long for a process that is only busy, short for a test. */
const watch: WatchLimits = { everyMs: 100, silenceMs: 6_000, answerStepMs: 60_000, loadStepMs: 60_000 };
/** More than are answered side by side. */
const crowdSize = 12;

/** What an engine does when its process does not. */
export function describeSurvival(name: string, create: () => Promise<Survivors>): void {
  describe(name, { timeout: 120_000 }, () => {
    let survivors: Survivors;
    const opened: Engine[] = [];
    beforeAll(async () => {
      survivors = await create();
    });
    afterEach(async () => {
      for (const engine of opened.splice(0)) await engine[Symbol.asyncDispose]();
    });
    afterAll(async () => {
      await survivors[Symbol.asyncDispose]();
    });

    const open = (notes: Notes = createForgetfulNotes()): SurvivorUnderTest => {
      const under = survivors.open({ notes, watch });
      opened.push(under.engine);
      return under;
    };
    const askSlow = ({ engine }: SurvivorUnderTest, act: () => void, words = 3): Promise<Answer> =>
      ask(engine.languageModel(survivors.slow.model), [user('Hello')], {
        onPart: once((_, text) => text.split(' ').length > words, act),
      });
    const expectWorks = async ({ engine }: SurvivorUnderTest): Promise<void> => {
      const answer = await ask(engine.languageModel(survivors.quick.model), [user('Again')]);
      expect(answer.error).toBeUndefined();
      expect(answer.text).toBe(survivors.quick.text);
    };

    test.each([
      ['SIGSEGV', { reason: 'signal SIGSEGV' }],
      ['SIGABRT', { reason: 'signal SIGABRT' }],
      ['SIGKILL', { reason: 'signal SIGKILL', cause: 'memory' }],
      ['SIGSTOP', { reason: 'it stopped responding', cause: 'hang' }],
    ] as const)(
      'after %s the words are kept, the reason is told, and the next question works',
      async (signal, data) => {
        const under = open();
        const crashed = nextState(under.engine, 'crashed');
        const answer = await askSlow(under, () => under.signal(signal));
        expect(answer.error?.code).toBe('ENGINE_CRASHED');
        expect(answer.error?.data).toEqual(data);
        expect(answer.text).not.toBe('');
        expect(survivors.slow.text.startsWith(answer.text)).toBe(true);
        expect(answer.progress.map(({ phase }) => phase)).not.toContain('restarting');
        expect((await crashed).state).toMatchObject({
          kind: 'crashed',
          crashes: 1,
          returning: true,
          ...('cause' in data ? { cause: data.cause } : {}),
        });
        await expectWorks(under);
        expect(under.engine.state.kind).toBe('ready');
        expect(under.starts).toHaveLength(2);
      },
    );

    test('a question sent to a process that stands still is asked again of the next one', async () => {
      const under = open();
      await expectWorks(under);
      under.signal('SIGSTOP');
      const answer = await ask(under.engine.languageModel(survivors.quick.model), [user('Hello')]);
      expect(answer.error).toBeUndefined();
      expect(answer.text).toBe(survivors.quick.text);
      expect(answer.progress.map(({ phase }) => phase)).toContain('restarting');
    });

    test('those who wait are asked again, those who had words keep them', async () => {
      const under = open();
      const events: string[] = [];
      let { kind } = under.engine.state;
      under.engine.onChange(() => {
        if (under.engine.state.kind === kind) return;
        ({ kind } = under.engine.state);
        events.push(kind);
      });
      const model = under.engine.languageModel(survivors.slow.model);
      const waiting = new Set<number>();
      let spoken = false;
      let killed = false;
      const answers = await Promise.all(
        Array.from({ length: crowdSize }, async (_, index) => {
          const controller = new AbortController();
          let again = false;
          const answer = await ask(model, [user(`Question ${index}`)], {
            abortSignal: controller.signal,
            onPart(part, text) {
              spoken ||= text !== '';
              again ||= isPhase(part, 'restarting');
              if (isPhase(part, 'restarting') && !events.includes('told')) events.push('told');
              if (again && text.split(' ').length > 5) controller.abort();
              if (isPhase(part, 'queued')) waiting.add(index);
              else waiting.delete(index);
              if (killed || !spoken || waiting.size === 0) return;
              killed = true;
              under.signal('SIGSEGV');
            },
          });
          return { ...answer, again };
        }),
      );
      for (const { text, error, again } of answers) {
        expect(error?.code).toBe(again ? 'CANCELLED' : 'ENGINE_CRASHED');
        expect(survivors.slow.text.startsWith(text)).toBe(true);
        expect(text).not.toBe('');
      }
      expect(new Set(answers.map(({ again }) => again)).size).toBe(2);
      expect(events.filter((event) => event !== 'told')).toEqual(['starting', 'ready', 'crashed', 'starting', 'ready']);
      expect(events.indexOf('told')).toBeGreaterThan(events.indexOf('crashed'));
      expect(under.starts).toHaveLength(2);
    });

    test('a question that is asked again is not asked a third time', async () => {
      const under = open();
      await expectWorks(under);
      under.signal('SIGSTOP');
      const answer = await ask(under.engine.languageModel(survivors.slow.model), [user('Hello')], {
        onPart: once(
          (part, text) => part.type === 'text-delta' && text !== '',
          () => under.signal('SIGSEGV'),
        ),
      });
      expect(answer.error?.code).toBe('ENGINE_CRASHED');
      expect(answer.progress.filter(({ phase }) => phase === 'restarting')).toHaveLength(1);
    });

    test('a model that crashes it three times is set aside, also after a restart, until it is tried again', async () => {
      const notes = createForgetfulNotes();
      const under = open(notes);
      const { slow } = survivors;
      for (let crash = 0; crash < 3; crash += 1) await askSlow(under, () => under.signal('SIGABRT'));
      const quarantine = { crashes: 3, reason: 'signal SIGABRT' };
      expect(under.engine.quarantineOf(slow.model)).toEqual(quarantine);
      const { error } = await askSlow(under, () => undefined);
      expect(error).toMatchObject({ code: 'MODEL_QUARANTINED', data: { modelName: slow.model.name, ...quarantine } });
      await expect(under.engine.load(slow.model)).rejects.toMatchObject({ code: 'MODEL_QUARANTINED' });
      await expectWorks(under);
      // The last one for the others: what is set aside does not come back.
      expect(under.starts).toHaveLength(4);

      const again = open(notes);
      await expect(again.engine.load(slow.model)).rejects.toMatchObject({ code: 'MODEL_QUARANTINED' });
      expect(again.starts).toHaveLength(0);
      await again.engine.load({ ...slow.model, stamp: 'changed' });
      again.engine.readmit(slow.model.id);
      await again.engine.load(slow.model);
      expect([...again.engine.residents.keys()]).toEqual([slow.model.id]);
    });

    test('calling llama.cpp directly is given up after two crashes in a row, also after a restart', async () => {
      const notes = createForgetfulNotes();
      const under = open(notes);
      for (let crash = 0; crash < 2; crash += 1) await askSlow(under, () => under.signal('SIGSEGV'));
      await expectWorks(under);
      expect(under.starts).toEqual([{}, {}, { native: 'off' }]);
      expect(under.engine.state).toMatchObject({ kind: 'ready', careful: true });
      const again = open(notes);
      await expectWorks(again);
      expect(again.starts).toEqual([{ native: 'off' }]);
    });

    test('a process that was killed comes back by itself with its models, and the next question does not wait', async () => {
      const under = open();
      const { slow, quick } = survivors;
      await under.engine.load(quick.model);
      const crashed = nextState(under.engine, 'crashed');
      await askSlow(under, () => under.signal('SIGSEGV'));
      await crashed;
      const isBack = (): boolean =>
        [slow, quick].every(({ model }) => under.engine.residents.get(model.id)?.kind === 'loaded');
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (!isBack()) return;
          end();
          resolve();
        };
        const end = under.engine.onChange(look);
        look();
      });
      expect(under.engine.state.kind).toBe('ready');
      expect(under.starts).toHaveLength(2);
      const answer = await ask(under.engine.languageModel(quick.model), [user('Again')]);
      expect(answer.text).toBe(quick.text);
      expect(answer.progress.filter(({ phase }) => phase === 'loading' || phase === 'restarting')).toEqual([]);
    });

    test('after memory ran out the model gets half the context', async () => {
      const under = open();
      const { model } = survivors.slow;
      await under.engine.load(model);
      const before = under.engine.residents.get(model.id);
      if (before?.kind !== 'loaded') throw new Error('The model is not loaded.');
      await askSlow(under, () => under.signal('SIGKILL'));
      await under.engine.load(model);
      expect(under.engine.residents.get(model.id)).toEqual({
        kind: 'loaded',
        contextTokens: before.contextTokens / 2,
      });
    });
  });
}
