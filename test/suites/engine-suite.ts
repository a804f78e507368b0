import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import { ask, assistant, isPhase, once, tokensRead, user, nextState } from './engine-asking.ts';

export interface Recital {
  readonly model: CheckedModel;
  /** What it says, whatever it is asked; some hundred words. */
  readonly text: string;
}

/** An engine with the models the suite needs. */
export interface EngineUnderTest extends AsyncDisposable {
  readonly engine: Engine;
  readonly reciter: Recital;
  readonly other: Recital;
  /** Takes seconds for its text, so that there is a middle to be killed in however busy the machine is. */
  readonly slow: Recital;
  /** Files that look like models to the engine's caller and cannot be loaded. */
  readonly unreadable: readonly { readonly what: string; readonly model: CheckedModel }[];
  setAvailableBytes(bytes: number): void;
  /** `kill -9` of the engine's process. */
  killHost(): void;
  hostIsAlive(): boolean;
}

const plentyBytes = 8e9;
/** The most answers that are written side by side with one model. */
const sequences = 8;

/** What every `Engine` does, seen from outside. */
export function describeEngine(name: string, create: () => Promise<EngineUnderTest>): void {
  describe(name, () => {
    let under: EngineUnderTest;
    beforeAll(async () => {
      under = await create();
    });
    afterAll(async () => {
      await under[Symbol.asyncDispose]();
    });

    const reciter = () => under.engine.languageModel(under.reciter.model);
    const expectReciterWorks = async (): Promise<void> => {
      const answer = await ask(reciter(), [user('Again')]);
      expect(answer.error).toBeUndefined();
      expect(answer.text).toBe(under.reciter.text);
    };
    const empty = async (): Promise<void> => {
      under.setAvailableBytes(plentyBytes);
      for (const id of under.engine.residents.keys()) await under.engine.unload(id);
    };

    describe('loading', () => {
      test('starts the process at the first load, tells the progress, and loading twice joins the first', async () => {
        await empty();
        const seen: string[] = [];
        const end = under.engine.onChange(() => {
          const state = under.engine.residents.get(under.reciter.model.id);
          if (state) seen.push(state.kind);
        });
        await Promise.all([under.engine.load(under.reciter.model), under.engine.load(under.reciter.model)]);
        end();
        expect(seen[0]).toBe('loading');
        expect(seen.at(-1)).toBe('loaded');
        expect(under.engine.state.kind).toBe('ready');
        expect(under.engine.residents.get(under.reciter.model.id)).toMatchObject({ kind: 'loaded' });
      });

      test('a question loads its model by itself and says so', async () => {
        await empty();
        const answer = await ask(reciter(), [user('Hello')]);
        expect(answer.progress[0]).toMatchObject({ phase: 'loading' });
        expect(answer.text).toBe(under.reciter.text);
      });

      test('can be cancelled, and begun again', async () => {
        await empty();
        const controller = new AbortController();
        const end = under.engine.onChange(() => {
          if (under.engine.residents.has(under.reciter.model.id)) controller.abort();
        });
        await expect(under.engine.load(under.reciter.model, controller.signal)).rejects.toMatchObject({
          code: 'CANCELLED',
        });
        end();
        expect(under.engine.residents.has(under.reciter.model.id)).toBe(false);
        await under.engine.load(under.reciter.model);
        expect(under.engine.residents.get(under.reciter.model.id)).toMatchObject({ kind: 'loaded' });
      });

      test('one who gives up does not cancel the load of another', async () => {
        await empty();
        const controller = new AbortController();
        const stays = under.engine.load(under.reciter.model);
        const leaves = under.engine.load(under.reciter.model, controller.signal);
        controller.abort();
        await expect(leaves).rejects.toMatchObject({ code: 'CANCELLED' });
        await stays;
        expect(under.engine.residents.get(under.reciter.model.id)).toMatchObject({ kind: 'loaded' });
      });

      test('refuses a file that cannot be loaded, and goes on with others', async () => {
        expect(under.unreadable.length).toBeGreaterThan(0);
        await under.engine.load(under.reciter.model);
        for (const { what, model } of under.unreadable) {
          await expect(under.engine.load(model), what).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' });
          expect(under.engine.state.kind, what).toBe('ready');
          expect(under.engine.residents.has(model.id), what).toBe(false);
          const answer = await ask(under.engine.languageModel(model), [user('Hello')]);
          expect(answer.error?.code, what).toBe('MODEL_UNREADABLE');
          expect(answer.error?.message, what).toContain(model.name);
        }
        expect(under.engine.residents.has(under.reciter.model.id)).toBe(true);
        await expectReciterWorks();
      });

      test('refuses a model that does not fit before anything is loaded, with the numbers', async () => {
        await empty();
        const needed = under.reciter.model.weightsBytes;
        under.setAvailableBytes(needed);
        const answer = await ask(reciter(), [user('Hello')]);
        expect(answer.error).toMatchObject({ code: 'OUT_OF_MEMORY', data: { freeBytes: needed } });
        expect(answer.error?.message).toContain(under.reciter.model.name);
        const refused = answer.error;
        expect(hasCode(refused, 'OUT_OF_MEMORY') && refused.data.neededBytes).toBeGreaterThan(needed);
        expect(under.engine.residents.size).toBe(0);
        await expect(under.engine.load(under.reciter.model)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
        under.setAvailableBytes(plentyBytes);
        await expectReciterWorks();
      });

      test('an idle model leaves when another one needs its place', async () => {
        await empty();
        await under.engine.load(under.reciter.model);
        under.setAvailableBytes(0);
        const end = under.engine.onChange(() => {
          if (!under.engine.residents.has(under.reciter.model.id)) under.setAvailableBytes(plentyBytes);
        });
        await under.engine.load(under.other.model).finally(end);
        expect([...under.engine.residents.keys()]).toEqual([under.other.model.id]);
      });
    });

    describe('answering', () => {
      test('streams the exact words, from the opening parts to the finish', async () => {
        const answer = await ask(reciter(), [{ role: 'system', content: 'Be brief.' }, user('Hello')]);
        expect(answer.error).toBeUndefined();
        expect(answer.text).toBe(under.reciter.text);
        const types = answer.parts.map((part) => part.type).filter((type) => type !== 'raw');
        expect(types.slice(0, 4)).toEqual(['stream-start', 'response-metadata', 'text-start', 'text-delta']);
        expect(types.slice(-2)).toEqual(['text-end', 'finish']);
        expect(answer.finish?.finishReason.unified).toBe('stop');
        const { inputTokens, outputTokens } = answer.finish?.usage ?? {
          inputTokens: undefined,
          outputTokens: undefined,
        };
        expect(inputTokens?.total).toBeGreaterThan(0);
        expect(outputTokens?.total).toBeGreaterThanOrEqual(under.reciter.text.split(' ').length);
        const times = answer.parts.flatMap((part) =>
          part.type === 'text-delta' ? [Number(part.providerMetadata?.['clawdbot']?.['atMs'])] : [],
        );
        expect(times.length).toBeGreaterThan(50);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.every((time) => Math.abs(Date.now() - time) < 3_600_000)).toBe(true);
      });

      test('gives the whole text at once when it is asked so', async () => {
        const result = await reciter().doGenerate({ prompt: [user('Hello')], temperature: 0 });
        expect(result.content).toEqual([{ type: 'text', text: under.reciter.text }]);
        expect(result.finishReason.unified).toBe('stop');
      });

      test('ends at the wanted number of tokens', async () => {
        const answer = await ask(reciter(), [user('Hello')], { maxOutputTokens: 5 });
        expect(answer.finish?.finishReason.unified).toBe('length');
        expect(answer.finish?.usage.outputTokens.total).toBe(5);
        expect(answer.text).not.toBe('');
        expect(under.reciter.text.startsWith(answer.text)).toBe(true);
      });

      test('ends before a stop sequence, of which nothing is shown', async () => {
        const stop = under.reciter.text.split(' ').slice(20, 22).join(' ');
        const answer = await ask(reciter(), [user('Hello')], { stopSequences: ['never said', stop] });
        expect(answer.text).toBe(under.reciter.text.slice(0, under.reciter.text.indexOf(stop)));
        expect(answer.finish?.finishReason.unified).toBe('stop');
      });

      test('continues an answer that was begun', async () => {
        const words = under.reciter.text.split(' ');
        const begun = words.slice(0, 30).join(' ');
        const answer = await ask(reciter(), [user('Hello'), assistant(begun)]);
        expect(begun + answer.text).toBe(under.reciter.text);
      });

      test('does not read again what it has read in the turn before', async () => {
        const question = user('A question that is a few words long');
        const first = await ask(reciter(), [question]);
        const second = await ask(reciter(), [question, assistant(first.text), user('And another one')]);
        expect(second.text).toBe(under.reciter.text);
        const read = first.finish?.usage.inputTokens.total ?? Infinity;
        const { cacheRead = 0, noCache = Infinity } = second.finish?.usage.inputTokens ?? {};
        expect(cacheRead).toBeGreaterThan(read);
        expect(noCache).toBeLessThan(cacheRead);
        const again = await ask(reciter(), [question, assistant(first.text), user('And another one')]);
        expect(again.finish?.usage.inputTokens.noCache).toBeLessThan(noCache);
      });

      test('refuses a conversation longer than the context, with the numbers', async () => {
        const answer = await ask(reciter(), [user('too long '.repeat(5000))]);
        const resident = under.engine.residents.get(under.reciter.model.id);
        expect(resident?.kind).toBe('loaded');
        const contextTokens = resident?.kind === 'loaded' ? resident.contextTokens : 0;
        expect(answer.error).toMatchObject({ code: 'CONTEXT_FULL', data: { contextTokens } });
        expect(answer.error?.data).toHaveProperty('neededTokens', expect.any(Number));
        expect(answer.text).toBe('');
        await expectReciterWorks();
      });

      test('refuses what it cannot read', async () => {
        const picture = {
          type: 'file',
          mediaType: 'image/png',
          data: { type: 'data', data: new Uint8Array(4) },
        } as const;
        await expect(ask(reciter(), [{ role: 'user', content: [picture] }])).rejects.toMatchObject({
          code: 'BAD_INPUT',
        });
        await expect(ask(reciter(), [])).rejects.toMatchObject({ code: 'BAD_INPUT' });
        await expect(ask(reciter(), [user('Hi')], { topP: Number.NaN })).rejects.toMatchObject({ code: 'BAD_INPUT' });
      });

      test('warns about what it leaves out', async () => {
        const answer = await ask(reciter(), [user('Hi')], { maxOutputTokens: 1, reasoning: 'high' });
        expect(answer.parts[0]).toEqual({
          type: 'stream-start',
          warnings: [{ type: 'unsupported', feature: 'reasoning' }],
        });
      });
    });

    describe('stopping', () => {
      test('in mid-answer keeps what was said, and the next question works', async () => {
        const controller = new AbortController();
        const answer = await ask(reciter(), [user('Hello')], {
          abortSignal: controller.signal,
          onPart: once(
            (_, text) => text.split(' ').length > 5,
            () => controller.abort(),
          ),
        });
        expect(answer.error?.code).toBe('CANCELLED');
        expect(answer.parts.at(-1)?.type).toBe('error');
        expect(answer.text.length).toBeGreaterThan(0);
        expect(answer.text.length).toBeLessThan(under.reciter.text.length);
        expect(under.reciter.text.startsWith(answer.text)).toBe(true);
        await expectReciterWorks();
      });

      test('in mid-prompt works too, and what was read is not read again', async () => {
        const controller = new AbortController();
        const long = [user(`${'many words '.repeat(300)} to read`)];
        const answer = await ask(reciter(), long, {
          abortSignal: controller.signal,
          onPart: once(
            (part) => tokensRead(part) > 0,
            () => controller.abort(),
          ),
        });
        expect(answer.error?.code).toBe('CANCELLED');
        expect(answer.text).toBe('');
        const next = await ask(reciter(), long);
        expect(next.text).toBe(under.reciter.text);
        expect(next.finish?.usage.inputTokens.cacheRead).toBeGreaterThan(0);
      });

      test('before the start throws, and a reader that leaves frees its place', async () => {
        await expect(ask(reciter(), [user('Hi')], { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
          code: 'CANCELLED',
        });
        for (let round = 0; round < sequences + 1; round += 1) {
          const { stream } = await reciter().doStream({ prompt: [user('Hello')] });
          const reader = stream.getReader();
          await reader.read();
          await reader.cancel();
        }
        await expectReciterWorks();
      });
    });

    describe('side by side', () => {
      test('two conversations and two models are answered at once', async () => {
        const other = under.engine.languageModel(under.other.model);
        const answers = await Promise.all([
          ask(reciter(), [user('One')]),
          ask(reciter(), [user('Two')]),
          ask(other, [user('Three')]),
        ]);
        expect(answers.map((answer) => answer.text)).toEqual([
          under.reciter.text,
          under.reciter.text,
          under.other.text,
        ]);
        expect(under.engine.residents.size).toBe(2);
      });

      test('more questions than places wait their turn, are told so, and can be withdrawn', async () => {
        await under.engine.load(under.reciter.model);
        const controller = new AbortController();
        const crowd = Array.from({ length: sequences + 3 }, (_, index) => ask(reciter(), [user(`Question ${index}`)]));
        const withdrawn = ask(reciter(), [user('Withdrawn')], {
          abortSignal: controller.signal,
          onPart: once(
            (part) => isPhase(part, 'queued'),
            () => controller.abort(),
          ),
        });
        const answers = await Promise.all(crowd);
        for (const answer of answers) expect(answer.text).toBe(under.reciter.text);
        const aheads = answers.flatMap((answer) =>
          answer.progress.flatMap((progress) => (progress.phase === 'queued' ? [progress.ahead] : [])),
        );
        expect(aheads).toContain(0);
        expect(Math.max(...aheads)).toBeGreaterThanOrEqual(2);
        expect((await withdrawn).error?.code).toBe('CANCELLED');
      });
    });

    describe('the process', () => {
      test('killed in mid-answer costs that answer only', async () => {
        await empty();
        const crashed = nextState(under.engine, 'crashed');
        const answer = await ask(under.engine.languageModel(under.slow.model), [user('Hello')], {
          onPart: once(
            (_, text) => text.split(' ').length > 5,
            () => under.killHost(),
          ),
        });
        expect(answer.error?.code).toBe('ENGINE_CRASHED');
        expect(answer.parts.at(-1)?.type).toBe('error');
        expect(answer.text.length).toBeGreaterThan(0);
        expect(answer.text.length).toBeLessThan(under.slow.text.length);
        expect(under.slow.text.startsWith(answer.text)).toBe(true);
        expect(await crashed).toMatchObject({
          state: { kind: 'crashed', crashes: 1, returning: true },
          residents: 0,
          memoryBytes: null,
        });
        await expectReciterWorks();
        expect(under.engine.state.kind).toBe('ready');
      });

      test('killed while idle comes back by itself, with its models', async () => {
        await under.engine.load(under.reciter.model);
        const gone = nextState(under.engine, 'crashed');
        const ready = nextState(under.engine, 'ready');
        under.killHost();
        await gone;
        await ready;
        await new Promise<void>((resolve) => {
          const end = under.engine.onChange(() => {
            if (under.engine.residents.get(under.reciter.model.id)?.kind !== 'loaded') return;
            end();
            resolve();
          });
        });
        await expectReciterWorks();
      });

      test('tells how much memory it takes, and gives up a model after the answer it is writing', async () => {
        await under.engine.load(under.reciter.model);
        await new Promise<void>((resolve) => {
          const look = (): void => {
            if (under.engine.memoryBytes === null) return;
            end();
            resolve();
          };
          const end = under.engine.onChange(look);
          look();
        });
        const unloads: Promise<void>[] = [];
        const answer = await ask(reciter(), [user('Hello')], {
          onPart: once(
            (part) => part.type === 'text-delta',
            () => unloads.push(under.engine.unload(under.reciter.model.id)),
          ),
        });
        expect(answer.text).toBe(under.reciter.text);
        expect(unloads.length).toBe(1);
        await Promise.all(unloads);
        expect(under.engine.residents.has(under.reciter.model.id)).toBe(false);
        await under.engine.unload('nothing of this name');
        await expectReciterWorks();
      });

      test('ends with the engine, and with it what was being written', async () => {
        const own = await create();
        const model = own.engine.languageModel(own.reciter.model);
        const disposals: PromiseLike<void>[] = [];
        const answer = await ask(model, [user('Hello')], {
          onPart: once(
            (part) => part.type === 'text-delta',
            () => disposals.push(own[Symbol.asyncDispose]()),
          ),
        });
        expect(answer.error?.code).toBe('CANCELLED');
        await Promise.all(disposals);
        expect(own.hostIsAlive()).toBe(false);
        expect(own.engine.state.kind).toBe('off');
        await expect(own.engine.load(own.reciter.model)).rejects.toMatchObject({ code: 'CANCELLED' });
        await own[Symbol.asyncDispose]();
      });
    });
  });
}
