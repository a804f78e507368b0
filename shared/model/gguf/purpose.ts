import { GgufError } from './gguf-error.ts';
import type { MetadataLookup } from './metadata-lookup.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** These look at all of a text at once, and keep nothing between two calculations. */
const encoders = words('bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v3 eurobert gemma-embedding');
/** llama.cpp asserts sizes in these that are not checked here. */
const unusableEmbedding = words('jina-bert-v2 llama-embed t5encoder');
const speech = words('wavtokenizer-dec qwen3tts pockettts');
const drafts = words('eagle3 dflash gemma4-assistant');
const diffusion = words('dream llada llada-moe rnd1');

/** `enum llama_pooling_type`; those before it are none, mean, first and last token. */
const poolingOfRank = 4;

/** What a model is made for: to write, to turn texts into vectors, or to tell how well a text answers a question. */
export type ModelPurpose = 'chat' | 'embedding' | 'reranking';

export function isEncoder(architecture: string): boolean {
  return encoders.has(architecture);
}

/** Refuses what is no model, or of no use here. @throws GgufError */
export function readPurpose(architecture: string, metadata: MetadataLookup): ModelPurpose {
  const type = metadata.tryText('general.type');
  if (type === 'adapter') throw new GgufError(adapterReason);
  if (architecture === 'clip' || type === 'mmproj') {
    throw new GgufError('It is the part of another model that sees images; by itself it cannot answer.');
  }
  if (unusableEmbedding.has(architecture)) {
    throw new GgufError('It is an embedding model of a kind that cannot be used here.');
  }
  if (speech.has(architecture)) throw new GgufError('It is a speech model: it makes sound but cannot answer.');
  if (drafts.has(architecture)) throw new GgufError('It only speeds up another model; by itself it cannot answer.');
  const pooling = metadata.tryCount(`${architecture}.pooling_type`) ?? 0;
  if (pooling > poolingOfRank) {
    throw new GgufError(`Its "${architecture}.pooling_type" is ${pooling}. The file is damaged.`);
  }
  if (encoders.has(architecture)) return pooling === poolingOfRank ? 'reranking' : 'embedding';
  // Its attention looks ahead; llama.cpp aborts on a question longer than one batch.
  if (diffusion.has(architecture) || metadata.tryFlag(`${architecture}.attention.causal`) === false) {
    throw new GgufError('It does not write from left to right (an embedding or diffusion model), so it cannot chat.');
  }
  if (pooling === poolingOfRank) return 'reranking';
  return pooling > 0 ? 'embedding' : 'chat';
}

/** Why a model of this purpose cannot answer. */
export const purposeReasons: Readonly<Record<Exclude<ModelPurpose, 'chat'>, string>> = {
  embedding: 'It is an embedding model: it compares texts and writes none.',
  reranking: 'It is a ranking model: it tells how well texts answer a question and writes none.',
};

export const adapterReason = 'It is an adapter (LoRA) for another model; by itself it cannot answer.';

export interface Split {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** How many files the model was cut into, null for one. */
export function readSplit(metadata: MetadataLookup): Split | null {
  const count = metadata.tryShort('split.count');
  if (count === undefined || count < 2) return null;
  return { index: metadata.tryShort('split.no') ?? 0, count };
}
