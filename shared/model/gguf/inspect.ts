import { readAttention, requireStateSizes } from './attention.ts';
import type { ByteSource } from './byte-source.ts';
import { requireFeedForward } from './feed-forward.ts';
import { GgufError } from './gguf-error.ts';
import { readGgufHeader, type GgufHeader } from './header.ts';
import type { KvWindow } from '../memory-need.ts';
import { limits } from './limits.ts';
import { MetadataLookup } from './metadata-lookup.ts';
import { requireEncoder } from './encoder.ts';
import { isEncoder, purposeReasons, readPurpose, readSplit, type ModelPurpose, type Split } from './purpose.ts';
import { fileTypeNames } from './tensor-types.ts';
import { requireTokenizer } from './tokenizer.ts';
import { readVocabularyPrint, type VocabularyPrint } from './vocabulary-print.ts';

/** What a GGUF file says about the model in it. */
export interface GgufSummary {
  readonly purpose: ModelPurpose;
  readonly architecture: string;
  readonly name: string | null;
  /** Weights in this file. */
  readonly parameters: number;
  /** Such as `Q4_K_M`: what the file says, or else the format most of its weights have. */
  readonly quantisation: string;
  readonly trainedContextTokens: number;
  readonly embeddingLength: number;
  readonly blockCount: number;
  readonly headCount: number;
  readonly headCountKv: number;
  readonly vocabularySize: number;
  readonly vocabulary: VocabularyPrint;
  /** Bytes of all weights in this file. */
  readonly weightsBytes: number;
  /** Bytes that one token of one sequence takes with 16-bit keys and values over all layers; 0 where none are kept. */
  readonly kvBytesPerToken: number;
  /** The part of these bytes that layers need for the last tokens only; null where all look at everything. */
  readonly window: KvWindow | null;
  /** Without one a generic form of conversation is used, and answers may be worse. */
  readonly hasChatTemplate: boolean;
  /** A stand-in made by Clawdbot that recites a fixed text. */
  readonly placeholder: boolean;
  /** The small model that comes with the app. */
  readonly starter: boolean;
  /** Set when this is one of several files that make up the model. */
  readonly split: Split | null;
}

/**
 * Reads a model's header and makes sure that llama.cpp can be given the file: what it would abort on, taking its whole
 * process along, is refused here, and so is what could not chat.
 * @throws GgufError
 */
export async function inspectGguf(source: ByteSource): Promise<GgufSummary> {
  const summary = await inspectAnyGguf(source);
  if (summary.purpose !== 'chat') throw new GgufError(purposeReasons[summary.purpose]);
  return summary;
}

/** The same for models of every purpose. @throws GgufError */
export async function inspectAnyGguf(source: ByteSource): Promise<GgufSummary> {
  return summarise(await readGgufHeader(source));
}

function summarise(header: GgufHeader): GgufSummary {
  const metadata = new MetadataLookup(header.metadata);
  const split = readSplit(metadata);
  if (split !== null && split.index > 0) {
    throw new GgufError(
      `It is part ${split.index + 1} of a model in ${split.count} files. Choose the first part; the others are found by it.`,
    );
  }
  if (header.tensors.length === 0) throw new GgufError('It holds no weights, only a vocabulary.');
  const architecture = metadata.text('general.architecture');
  const purpose = readPurpose(architecture, metadata);
  const key = (name: string): string => `${architecture}.${name}`;
  const trainedContextTokens = metadata.count(key('context_length'), 1, limits.contextTokens);
  const embeddingLength = metadata.count(key('embedding_length'), 1, limits.embeddingLength);
  const blockCount = metadata.count(key('block_count'), 1, limits.layers);
  if ((metadata.tryCount(key('nextn_predict_layers')) ?? 0) >= blockCount) {
    throw new GgufError(`Its "${key('nextn_predict_layers')}" leaves none of its ${blockCount} layers to write with.`);
  }
  requireFeedForward(architecture, metadata, blockCount, header.tensors);
  const attention = readAttention(architecture, metadata, embeddingLength, blockCount);
  requireStateSizes(architecture, metadata);
  requireNumerics(architecture, metadata);
  if (isEncoder(architecture)) requireEncoder(architecture, metadata, embeddingLength, attention.headCount);
  if (purpose !== 'chat') requireOutput(architecture, metadata, embeddingLength);
  if (purpose === 'reranking') requireHead(header);
  const vocabularySize = requireTokenizer(metadata, header.metadata.tokens, purpose);
  if (split === null) {
    requireEmbedding(header, embeddingLength, vocabularySize);
    if (architecture === 'phi3') requireProjections(header, blockCount);
  }
  return {
    purpose,
    architecture,
    name: nameOf(metadata),
    parameters: header.tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
    quantisation: quantisationOf(header, metadata),
    trainedContextTokens,
    embeddingLength,
    blockCount,
    headCount: attention.headCount,
    headCountKv: attention.headCountKv,
    vocabularySize,
    vocabulary: readVocabularyPrint(metadata, header.metadata.tokens),
    weightsBytes: header.tensors.reduce((sum, tensor) => sum + tensor.sizeBytes, 0),
    kvBytesPerToken: isEncoder(architecture) ? 0 : attention.kvBytesPerToken,
    window: attention.window,
    hasChatTemplate: (metadata.tryText('tokenizer.chat_template') ?? '').trim() !== '',
    placeholder: metadata.tryFlag('clawdbot.placeholder') ?? false,
    starter: metadata.tryFlag('clawdbot.starter') ?? false,
    split,
  };
}

function requireNumerics(architecture: string, metadata: MetadataLookup): void {
  const epsilons = ['attention.layer_norm_rms_epsilon', 'attention.layer_norm_epsilon'].map((name) =>
    metadata.tryFloat(`${architecture}.${name}`),
  );
  const written = epsilons.filter((value) => value !== undefined);
  if (written.length === 0 && !metadata.hasPrefix(`${architecture}.wkv.`)) {
    throw new GgufError(
      `Its description lacks "${architecture}.attention.layer_norm_rms_epsilon", without which llama.cpp cannot load it.`,
    );
  }
  if (written.some((value) => !(value >= 0 && value < 1))) {
    throw new GgufError(
      `Its "${architecture}.attention.layer_norm_rms_epsilon" is no small number. The file is damaged.`,
    );
  }
  requireSections(architecture, metadata);
  const scaling = metadata.tryText(`${architecture}.rope.scaling.type`) ?? 'none';
  if (!['none', 'linear', 'yarn', 'longrope'].includes(scaling)) {
    throw new GgufError(`It stretches its context by "${scaling.slice(0, 40)}", on which llama.cpp would abort.`);
  }
}

/** How the parts of a head turn with time, height and width; only this family may not leave it out. */
function requireSections(architecture: string, metadata: MetadataLookup): void {
  const sections = metadata.tryCounts(`${architecture}.rope.dimension_sections`);
  if (sections === undefined ? architecture === 'paddleocr' : sections.every((length) => length === 0)) {
    throw new GgufError(`Its "${architecture}.rope.dimension_sections" says nothing; llama.cpp would abort.`);
  }
}

/** llama.cpp copies so many numbers out of a text's state, whether it has them or not. */
function requireOutput(architecture: string, metadata: MetadataLookup, embeddingLength: number): void {
  const key = `${architecture}.embedding_length_out`;
  const length = metadata.tryCount(key) ?? embeddingLength;
  if (length === embeddingLength) return;
  throw new GgufError(`Its "${key}" (${length}) differs from its embedding (${embeddingLength}). The file is damaged.`);
}

/** What turns a text's last state into a number. */
function requireHead(header: GgufHeader): void {
  if (header.tensors.some(({ name }) => name === 'cls.output.weight')) return;
  throw new GgufError('It is a ranking model without the part that ranks ("cls.output.weight").');
}

function requireEmbedding(header: GgufHeader, embedding: number, vocabulary: number): void {
  const tensor = header.tensors.find((each) => each.name === 'token_embd.weight');
  if (tensor === undefined) throw new GgufError('It lacks the tensor "token_embd.weight". The file is damaged.');
  const [columns, rows] = tensor.shape;
  if (columns !== embedding || rows !== vocabulary) {
    throw new GgufError(
      `Its embedding is ${columns} x ${rows}, but its description says ${embedding} x ${vocabulary}. The file is damaged.`,
    );
  }
}

/** Of these llama.cpp believes that they may be absent, and crashes when they are; of other families it says so. */
function requireProjections(header: GgufHeader, layers: number): void {
  const names = new Set(header.tensors.map((tensor) => tensor.name));
  for (let layer = 0; layer < layers; layer += 1) {
    const has = (part: string): boolean => names.has(`blk.${layer}.${part}.weight`);
    if (has('attn_qkv') || ['attn_q', 'attn_k', 'attn_v'].every(has)) continue;
    throw new GgufError(`It lacks the tensor "blk.${layer}.attn_qkv.weight". The file is damaged.`);
  }
}

function nameOf(metadata: MetadataLookup): string | null {
  // A name goes into lists and messages: one line of reasonable length.
  const name = (metadata.tryText('general.name') ?? '').replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return name === '' ? null : name.slice(0, 120);
}

function quantisationOf(header: GgufHeader, metadata: MetadataLookup): string {
  const written = metadata.tryCount('general.file_type');
  const known = written === undefined ? undefined : fileTypeNames.get(written);
  if (known !== undefined) return known;
  const elementsByType = new Map<string, number>();
  for (const { type, elements } of header.tensors) {
    elementsByType.set(type.name, (elementsByType.get(type.name) ?? 0) + elements);
  }
  const [dominant] = [...elementsByType].toSorted(([, a], [, b]) => b - a);
  return dominant?.[0] ?? 'unknown';
}
