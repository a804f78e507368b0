import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { createPassageEmbedder, type PassageEmbedder } from '../../electron/documents/passage-embedder.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { ComparingModel } from '../../electron/library/models.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { fakeVector } from '../fakes/fake-comparing.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { openTempDatabase } from '../store/temp-database.ts';

const model = (key: string): ComparingModel => ({
  key,
  architecture: 'bert',
  checked: { id: key, name: key, path: '', weightsBytes: 1, kvBytesPerToken: 0, trainedContextTokens: 512 },
});

function insert({ documents }: Store, id: string, passages: number, createdAt = 1): void {
  documents.insert({
    id,
    name: `${id}.txt`,
    sha256: id,
    sizeBytes: 1,
    format: 'text',
    language: 'en',
    report: '{}',
    createdAt,
    passages: Array.from({ length: passages }, (_, seq) => ({
      page: 1,
      heading: '',
      text: `${id} passage ${seq}`,
      places: '[]',
      words: [id],
    })),
  });
}

interface UnderTest {
  readonly embedder: PassageEmbedder;
  readonly state: { installed: ComparingModel | undefined; busy: boolean; failing: boolean };
  /** What the engine was asked for, in order. */
  readonly calls: { readonly kind: 'load' | 'embed'; readonly texts: number; readonly priority?: string | undefined }[];
  readonly changed: () => void;
  /** Called before each answer of the engine. */
  beforeAnswer: (signal: AbortSignal | undefined) => Promise<void>;
}

function underTest(store: Store, installed: ComparingModel | undefined): UnderTest {
  const changes = createEmitter<void>();
  const state = { installed, busy: false, failing: false };
  const calls: UnderTest['calls'] = [];
  const under = { beforeAnswer: async (_signal: AbortSignal | undefined): Promise<void> => {} };
  const engine: Pick<Engine, 'embed' | 'load'> = {
    async load(_model, _signal, purpose) {
      expect(purpose).toBe('ahead');
      calls.push({ kind: 'load', texts: 0 });
      if (state.failing) throw new Error('It does not load.');
    },
    async embed(_model, texts, options) {
      calls.push({ kind: 'embed', texts: texts.length, priority: options?.priority });
      await under.beforeAnswer(options?.signal);
      if (options?.signal?.aborted === true) throw new ClawdbotError('CANCELLED', 'Stopped.', {});
      return { vectors: texts.map(fakeVector), cut: [], tokens: 0 };
    },
  };
  const embedder = createPassageEmbedder({
    store: store.documents,
    vectors: store.vectors,
    models: { comparing: () => state.installed, onChange: (listener) => changes.listen(listener) },
    engine,
    isBusy: () => state.busy,
    log: createRecordingLog(),
    idleMs: 1,
    retryMs: 1,
  });
  onTestFinished(() => embedder[Symbol.asyncDispose]());
  return Object.assign(under, { embedder, state, calls, changed: () => changes.emit() });
}

const until = (passes: () => boolean): Promise<void> =>
  vi.waitFor(() => {
    if (!passes()) throw new Error('not yet');
  }, 30_000);

describe('passages are given their vectors', () => {
  test('in the background, a few at a time, the newest document first', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'older', 3, 1);
    insert(store, 'newer', 40, 2);
    const { embedder, calls } = underTest(store, model('m'));
    await until(() => store.vectors.countPending('m') === 0);
    expect(calls.map(({ kind, texts }) => [kind, texts])).toEqual([
      ['load', 0],
      ['embed', 12],
      ['embed', 16],
      ['embed', 16],
      ['embed', 8],
      ['embed', 3],
    ]);
    expect(new Set(calls.filter(({ kind }) => kind === 'embed').map(({ priority }) => priority))).toEqual(
      new Set(['background']),
    );
    expect(embedder.progress('newer')).toEqual({ modelName: 'm', embedded: 40, state: 'done', reason: null });
    const asked = fakeVector('newer.txt newer passage 17');
    expect(store.vectors.nearest(['newer', 'older'], 'm', asked, 1)[0]?.score).toBeCloseTo(1, 5);
  });

  test('only when there is a model for it', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'a', 3);
    const { embedder, state, calls, changed } = underTest(store, undefined);
    embedder.wake();
    expect(embedder.progress('a')).toBeNull();
    expect(calls).toEqual([]);
    state.installed = model('m');
    changed();
    await until(() => embedder.progress('a')?.state === 'done');
  });

  test('once, also over a restart in the middle', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'a', 48);
    const first = underTest(store, model('m'));
    const held = Promise.withResolvers<void>();
    first.beforeAnswer = async () => {
      if (first.calls.length > 3) await held.promise;
    };
    await until(() => first.calls.length === 4);
    const ended = first.embedder[Symbol.asyncDispose]();
    held.resolve();
    await ended;
    expect(store.vectors.progress('a', 'm')).toBe(16);
    const second = underTest(store, model('m'));
    await until(() => second.embedder.progress('a')?.state === 'done');
    // The rest, and the look that there is no more; unrelated texts were compared before.
    expect(second.calls.map(({ texts }) => texts)).toEqual([0, 16, 16]);
  });

  test('anew when another model takes the place of the old one', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'a', 5);
    const { embedder, state, changed } = underTest(store, model('old'));
    await until(() => embedder.progress('a')?.state === 'done');
    state.installed = model('new');
    changed();
    await until(() => store.vectors.isComplete('a', 'new'));
    expect(store.vectors.progress('a', 'old')).toBe(0);
    expect(embedder.progress('a')).toMatchObject({ modelName: 'new', embedded: 5, state: 'done' });
  });

  test('never while somebody waits for an answer, and not by what somebody else needs', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'a', 40);
    const under = underTest(store, model('m'));
    let aborted = 0;
    under.beforeAnswer = async (signal) => {
      if (under.calls.length !== 3) return;
      under.state.busy = true;
      under.embedder.giveWay();
      aborted += signal?.aborted === true ? 1 : 0;
    };
    await until(() => under.state.busy);
    expect(aborted).toBe(1);
    const before = under.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(under.calls.length).toBe(before);
    expect(under.embedder.progress('a')).toMatchObject({ embedded: 0, state: 'waiting' });
    under.state.busy = false;
    await until(() => under.embedder.progress('a')?.state === 'done');
  });

  test('again later when it failed, and the reason is told', async () => {
    const store = createStore(openTempDatabase());
    insert(store, 'a', 2);
    const { embedder, state } = underTest(store, model('m'));
    state.failing = true;
    await until(() => embedder.progress('a')?.state === 'failed');
    expect(embedder.progress('a')?.reason).toBe('It does not load.');
    state.failing = false;
    await until(() => embedder.progress('a')?.state === 'done');
  });

  test('not at all where vectors cannot be compared', () => {
    const store = createStore(openTempDatabase({ vectorLibrary: '/nowhere/vec0.so' }));
    insert(store, 'a', 2);
    const { embedder, calls } = underTest(store, model('m'));
    expect(embedder.progress('a')).toMatchObject({ state: 'failed', reason: expect.stringMatching(/vec0/) });
    expect(calls).toEqual([]);
  });
});
