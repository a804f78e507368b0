import path from 'node:path';

import { embeddingTexts } from '../../electron/documents/embedding-texts.ts';
import { textOf } from '../../electron/documents/passage-embedder.ts';
import { termsOf } from '../../electron/documents/terms.ts';
import type { DocumentStore } from '../../electron/store/document-store.ts';
import { craftedEmbedding } from '../documents/crafted-embedding.ts';
import type { QuestionSet } from '../documents/retrieval/question-set.ts';
import { checkModel, openModelFolder, openRealEngine } from '../engine/real-models.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import type { BenchContext } from './harness.ts';

/** As the background does it. */
const textsPerStep = 16;

/**
 * How fast passages get their vectors, with the model of `--embedding-model PATH`. Without one it is a very small one that is
 * made here: then the figure tells what everything around a model takes, and nothing about a real one.
 */
export async function measureEmbedding(context: BenchContext, store: DocumentStore, set: QuestionSet): Promise<void> {
  const passages = set.documents.flatMap(({ id, name }) => store.passages(id).map((passage) => textOf(name, passage)));
  await using folder = await openModelFolder();
  const given = context.options.get('embedding-model');
  const file = given ?? path.join(folder.path, 'made.gguf');
  if (given === undefined) {
    const words = [...new Set(passages.flatMap(termsOf))].filter((word) => /^\p{L}+$/u.test(word));
    await writeGguf(file, craftedEmbedding({ words, synonyms: [] }).file);
  }
  const model = { ...(await checkModel('embedding', file)), contextTokens: 512 };
  const { passage: asPassage } = embeddingTexts({ name: model.name, architecture: 'bert' });
  await using engine = openRealEngine({}, 'required');
  const signal = new AbortController().signal;
  await engine.load(model, signal, 'ahead');
  const perSecond: number[] = [];
  for (let round = 0; round < (context.quick ? 1 : 3); round += 1) {
    const startedMs = performance.now();
    for (let from = 0; from < passages.length; from += textsPerStep) {
      const texts = passages.slice(from, from + textsPerStep).map(asPassage);
      const { vectors } = await engine.embed(model, texts, { signal, priority: 'background' });
      if (vectors.length !== texts.length) throw new Error('A passage has no vector.');
    }
    perSecond.push(passages.length / ((performance.now() - startedMs) / 1000));
  }
  context.note(`${passages.length} passages by ${given === undefined ? 'a very small model made here' : model.name}`);
  context.measured({ metric: 'embed_passages_per_s', unit: '1/s', samples: perSecond });
}
