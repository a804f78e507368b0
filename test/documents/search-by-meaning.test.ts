import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { floorOf, unrelatedTexts } from '../../electron/documents/nearness.ts';
import { rankByMeaning, rankByWords, type Meaning } from '../../electron/documents/passage-ranker.ts';
import { textOf } from '../../electron/documents/passage-embedder.ts';
import { termsOf } from '../../electron/documents/terms.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import type { ComparingModel } from '../../electron/library/models.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { checkModel, openModelFolder, openRealEngine } from '../engine/real-models.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { tinyEncoder } from '../model/tiny-encoder.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { craftedEmbedding } from './crafted-embedding.ts';

const clauses = [
  'The tenant pays a deposit before moving in.',
  'Keeping dogs needs the consent of the landlord.',
  'The heating is serviced every autumn.',
  'Bicycles belong in the cellar.',
];
const questions = ['Is a security bond payable?', 'What about hounds?', 'Quantum harpsichord?'];
const vocabulary = [
  ...new Set(
    [...clauses, ...questions, ...unrelatedTexts, 'lease.txt'].flatMap(
      (text) => text.toLowerCase().match(/[a-z]+|\p{Script=Han}/gu) ?? [],
    ),
  ),
];
const crafted = craftedEmbedding({
  words: vocabulary,
  synonyms: [
    ['deposit', 'bond', 'security'],
    ['dogs', 'hounds'],
    ['pays', 'payable'],
  ],
});

let folder: Awaited<ReturnType<typeof openModelFolder>>;
let engine: Engine;
let embedding: ComparingModel;
let reranking: ComparingModel;

beforeAll(async () => {
  folder = await openModelFolder();
  const place = (name: string): string => path.join(folder.path, `${name}.gguf`);
  await writeGguf(place('means'), crafted.file);
  await writeGguf(place('ranks'), tinyEncoder({ words: vocabulary, pooling: 'rank' }).file);
  engine = openRealEngine({}, 'required');
  const compared = async (name: string): Promise<ComparingModel> => ({
    checked: await checkModel(name, place(name)),
    architecture: 'bert',
    key: name,
  });
  embedding = await compared('means');
  reranking = await compared('ranks');
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const documents = [{ id: 'lease', name: 'lease.txt' }];
const asked = (question: string) => ({ documents, question, before: '' });
const never = new AbortController().signal;

async function indexed(): Promise<Store> {
  const store = createStore(openTempDatabase());
  store.documents.insert({
    id: 'lease',
    name: 'lease.txt',
    sha256: 'x',
    sizeBytes: 1,
    format: 'text',
    language: 'en',
    report: '{}',
    createdAt: 1,
    passages: clauses.map((text) => ({ page: 1, heading: '', text, places: '[]', words: termsOf(text) })),
  });
  const unrelated = (await engine.embed(embedding.checked, unrelatedTexts)).vectors;
  store.vectors.setFloor('means', floorOf(unrelated));
  const texts = store.documents.passages('lease').map((passage) => textOf('lease.txt', passage));
  const { vectors } = await engine.embed(embedding.checked, texts);
  store.vectors.append('lease', 'means', { from: 0, vectors, complete: true });
  return store;
}

function meaning(store: Store, options: Partial<Meaning> = {}): Meaning {
  return {
    vectors: store.vectors,
    models: { comparing: (purpose) => (purpose === 'embedding' ? embedding : undefined) },
    engine,
    log: createRecordingLog(),
    patienceMs: 60_000,
    ...options,
  };
}

describe('searching by meaning, with a model that llama.cpp runs', () => {
  test('finds passages that share no word with the question', async () => {
    const store = await indexed();
    for (const [question, clause] of [
      ['Is a security bond payable?', 0],
      ['What about hounds?', 1],
    ] as const) {
      expect(rankByWords(store.documents, asked(question))).toEqual([]);
      const found = await rankByMeaning(store.documents, meaning(store), asked(question), never);
      expect(found[0]?.seq).toBe(clause);
    }
  });

  test('finds nothing for a question whose words do not occur and whose meaning is far from everything', async () => {
    const store = await indexed();
    expect(await rankByMeaning(store.documents, meaning(store), asked('Quantum harpsichord?'), never)).toEqual([]);
  });

  test('keeps what the words find', async () => {
    const store = await indexed();
    const found = await rankByMeaning(store.documents, meaning(store), asked('When is the heating serviced?'), never);
    expect(found[0]?.seq).toBe(2);
  });

  test('lets a model that ranks have the last word', async () => {
    const store = await indexed();
    const both = meaning(store, {
      models: { comparing: (purpose) => (purpose === 'embedding' ? embedding : reranking) },
    });
    const question = 'Do dogs or bicycles need consent?';
    const fused = await rankByMeaning(store.documents, meaning(store), asked(question), never);
    const found = await rankByMeaning(store.documents, both, asked(question), never);
    const { scores } = await engine.rerank(
      reranking.checked,
      question,
      fused.map(({ text }) => text),
    );
    const expected = fused
      .map(({ seq }, index) => ({ seq, score: scores[index] ?? 0 }))
      .toSorted((a, b) => b.score - a.score)
      .map(({ seq }) => seq);
    expect(fused.length).toBeGreaterThan(1);
    expect(found.map(({ seq }) => seq)).toEqual(expected);
  });

  test('goes on with words when the model fails or is not there in time, and says so in the log', async () => {
    const store = await indexed();
    const log = createRecordingLog();
    const broken = { ...engine, embed: () => Promise.reject(new Error('No memory.')) };
    const question = asked('When is the heating serviced?');
    const failed = await rankByMeaning(store.documents, meaning(store, { engine: broken, log }), question, never);
    expect(failed.map(({ seq }) => seq)).toEqual(rankByWords(store.documents, question).map(({ seq }) => seq));
    expect(log.entries).toMatchObject([{ level: 'warn', fields: { what: 'vectors', err: new Error('No memory.') } }]);
    const slow = { ...engine, load: () => new Promise<void>(() => {}) };
    const late = await rankByMeaning(
      store.documents,
      meaning(store, { engine: slow, log, patienceMs: 1 }),
      question,
      never,
    );
    expect(late.map(({ seq }) => seq)).toEqual(failed.map(({ seq }) => seq));
    const stopped = AbortSignal.abort();
    const refused = rankByMeaning(store.documents, meaning(store, { engine: slow }), question, stopped);
    await expect(refused).rejects.toBeInstanceOf(ClawdbotError);
  });
});
