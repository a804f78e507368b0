import { GgufError } from './gguf-error.ts';
import type { MetadataLookup } from './metadata-lookup.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const embedding = words(
  'bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding llama-embed t5encoder',
);
const speech = words('wavtokenizer-dec qwen3tts pockettts');
const drafts = words('eagle3 dflash gemma4-assistant');
const diffusion = words('dream llada llada-moe rnd1');

/** Refuses sound files that no chat can be held with. @throws GgufError */
export function requireChatModel(architecture: string, metadata: MetadataLookup): void {
  const type = metadata.tryText('general.type');
  if (type === 'adapter') throw new GgufError('It is an adapter (LoRA) for another model; by itself it cannot answer.');
  if (architecture === 'clip' || type === 'mmproj') {
    throw new GgufError('It is the part of another model that sees images; by itself it cannot answer.');
  }
  if (embedding.has(architecture)) throw new GgufError('It is an embedding model: it compares texts and writes none.');
  if (speech.has(architecture)) throw new GgufError('It is a speech model: it makes sound but cannot answer.');
  if (drafts.has(architecture)) throw new GgufError('It only speeds up another model; by itself it cannot answer.');
  // Its attention looks ahead; llama.cpp aborts on a question longer than one batch.
  if (diffusion.has(architecture) || metadata.tryFlag(`${architecture}.attention.causal`) === false) {
    throw new GgufError('It does not write from left to right (an embedding or diffusion model), so it cannot chat.');
  }
  const pooling = metadata.tryCount(`${architecture}.pooling_type`);
  if (pooling !== undefined && pooling > 0) {
    throw new GgufError('It is an embedding or ranking model: it compares texts but cannot answer.');
  }
}

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
