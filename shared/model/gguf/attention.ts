import { GgufError } from './gguf-error.ts';
import { limits } from './limits.ts';
import type { KvWindow } from '../memory-need.ts';
import type { MetadataLookup } from './metadata-lookup.ts';
import { readSlidingWindow } from './sliding-window.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** llama.cpp's graph of these asserts, and so aborts, unless keys and values of a head have one length. */
const equalKeyAndValue = words(
  'afmoe apertus arcee arctic baichuan bailingmoe2 bert bitnet bloom chameleon chatglm codeshell cogvlm cohere2 cohere2moe ' +
    'command-r dbrx deci deepseek dots1 ernie4_5 ernie4_5-moe exaone exaone-moe exaone4 falcon glm4 glm4moe gpt2 gptneox ' +
    'granite granitemoe granitehybrid granite_swa graniteswitch grok grovemoe hunyuan-dense hunyuan-moe hunyuan_vl hy_v3 ' +
    'internlm2 jais jais2 laguna llama llama4 maincoder mellum minimax-01 minimax-m2 minimax-m3 mistral3 mpt ' +
    'muse-glimmer nanbeige nemotron nemotron_h nemotron_h_moe olmo olmo2 olmoe openelm orion paddleocr pangu-embedded phi2 ' +
    'phi3 phimoe plamo qwen qwen2 qwen2moe qwen2vl qwen3 qwen35 qwen35moe qwen3moe qwen3next qwen3vl qwen3vlmoe refact ' +
    'seed_oss smallthinker smollm3 stablelm starcoder starcoder2 t5 talkie xverse ' +
    'eurobert gemma-embedding jina-bert-v3 modern-bert neo-bert nomic-bert nomic-bert-moe',
);
/** And these unless the whole of a head is rotated. */
const fullRotation = words(
  'apertus arcee arctic baichuan chameleon codeshell cogvlm cohere2moe dbrx deci deepseek dots1 ernie4_5 ernie4_5-moe ' +
    'exaone exaone-moe exaone4 falcon granite granitemoe granite_swa graniteswitch grok grovemoe hunyuan-dense hunyuan-moe ' +
    'hunyuan_vl hy_v3 internlm2 jais2 llama llama4 maincoder mellum mistral3 olmo olmo2 olmoe orion paddleocr ' +
    'pangu-embedded plamo qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3vl qwen3vlmoe seed_oss smallthinker smollm3 ' +
    'starcoder2 talkie xverse',
);

export interface Attention {
  /** Of the layer with most; 0 for a model without attention. */
  readonly headCount: number;
  readonly headCountKv: number;
  /** Bytes of 16-bit keys and values that one token adds over all layers. */
  readonly kvBytesPerToken: number;
  /** The part of these bytes that is of layers which look back over a window only; null where there are none. */
  readonly window: KvWindow | null;
}

/** Reads the sizes of attention and refuses those on which llama.cpp aborts. @throws GgufError */
export function readAttention(
  architecture: string,
  metadata: MetadataLookup,
  embeddingLength: number,
  layers: number,
): Attention {
  const key = (name: string): string => `${architecture}.attention.${name}`;
  const heads = metadata.tryCountPerLayer(key('head_count'), layers);
  if (heads === undefined) {
    throw new GgufError(
      `Its description lacks "${key('head_count')}": llama.cpp would abort. The file is damaged or was made wrongly.`,
    );
  }
  const headsKv = metadata.tryCountPerLayer(key('head_count_kv'), layers) ?? heads;
  const headCount = Math.max(...heads);
  const mayDiffer = layersMayDiffer(architecture, metadata);
  for (const [layer, count] of heads.entries()) requireHeads(count, headsKv[layer] ?? 0, mayDiffer, key);
  if (headCount === 0) return { headCount: 0, headCountKv: 0, kvBytesPerToken: 0, window: null };

  // llama.cpp derives what is not written from the first layer; where that has no heads, from none of them.
  const first = heads[0] ?? 0;
  const keyLength = metadata.tryCount(key('key_length'));
  const valueLength = metadata.tryCount(key('value_length'));
  if ((keyLength === undefined || valueLength === undefined) && first > 0 && embeddingLength % first !== 0) {
    throw impossible(key('head_count'), `(${first}) does not divide the embedding (${embeddingLength})`);
  }
  const derived = Math.floor(embeddingLength / (first === 0 ? headCount : first));
  const keys = keyLength ?? derived;
  const values = valueLength ?? derived;
  requireLength(key('key_length'), keys);
  requireLength(key('value_length'), values);
  if (first > 0) requireGeometry(architecture, metadata, keys, values);
  const sliding = readSlidingWindow(architecture, metadata, layers);
  const slidingNumbers =
    (metadata.tryCount(key('key_length_swa')) ?? keys) + (metadata.tryCount(key('value_length_swa')) ?? values);
  const bytesOf = (isSliding: boolean, numbers: number): number =>
    headsKv.reduce((sum, count, layer) => sum + ((sliding?.layers[layer] ?? false) === isSliding ? count : 0), 0) *
    numbers *
    2;
  const windowBytes = bytesOf(true, slidingNumbers);
  return {
    headCount,
    headCountKv: Math.max(...headsKv),
    kvBytesPerToken: bytesOf(false, keys + values) + windowBytes,
    window: sliding ? { tokens: sliding.tokens, kvBytesPerToken: windowBytes } : null,
  };
}

/** Sizes of layers that carry a state. Each divides something, or is the length of something. */
export function requireStateSizes(architecture: string, metadata: MetadataLookup): void {
  const names = [
    'ssm.conv_kernel',
    'ssm.inner_size',
    'ssm.state_size',
    'ssm.time_step_rank',
    'wkv.head_size',
    'shortconv.l_cache',
    'kda.head_dim',
  ];
  for (const name of names) {
    const size = metadata.tryCount(`${architecture}.${name}`);
    if (size === 0 || (size ?? 1) > limits.embeddingLength) throw impossible(`${architecture}.${name}`, `is ${size}`);
  }
}

/** Where some layers carry a state, or nothing, instead of attention, their heads and feed-forward may be 0. */
export function layersMayDiffer(architecture: string, metadata: MetadataLookup): boolean {
  const parts = ['ssm.', 'wkv.', 'shortconv.', 'kda.'];
  return architecture === 'deci' || parts.some((part) => metadata.hasPrefix(`${architecture}.${part}`));
}

function requireHeads(count: number, countKv: number, mayBeNone: boolean, key: (name: string) => string): void {
  if (count > limits.heads) throw impossible(key('head_count'), `is ${count}`);
  if (count === 0 && !mayBeNone) throw impossible(key('head_count'), 'is 0');
  if (countKv > count) throw impossible(key('head_count_kv'), `(${countKv}) is larger than its head_count (${count})`);
  if (countKv === 0 ? count > 0 && !mayBeNone : count % countKv !== 0) {
    throw impossible(key('head_count_kv'), `(${countKv}) does not divide its head_count (${count})`);
  }
}

function requireLength(key: string, length: number): void {
  if (length === 0 || length > limits.headLength) throw impossible(key, `is ${length}`);
}

function requireGeometry(architecture: string, metadata: MetadataLookup, keys: number, values: number): void {
  if (equalKeyAndValue.has(architecture) && keys !== values) {
    throw impossible(`${architecture}.attention.key_length`, `(${keys}) differs from its value_length (${values})`);
  }
  const rotation = metadata.tryCount(`${architecture}.rope.dimension_count`) ?? keys;
  // Part of each key is not rotated in these, and llama.cpp asserts that there is such a part.
  const wholeKey = metadata.tryCount(`${architecture}.attention.key_length_mla`) ?? keys;
  if (metadata.has(`${architecture}.attention.kv_lora_rank`) && rotation >= wholeKey) {
    throw impossible(`${architecture}.rope.dimension_count`, `(${rotation}) leaves nothing of its keys (${wholeKey})`);
  }
  if (rotation === 0 && !metadata.has(`${architecture}.attention.kv_lora_rank`)) {
    throw impossible(`${architecture}.rope.dimension_count`, 'is 0');
  }
  if (rotation % 2 !== 0) throw impossible(`${architecture}.rope.dimension_count`, `(${rotation}) is odd`);
  if (rotation > keys || (fullRotation.has(architecture) && rotation !== keys)) {
    throw impossible(`${architecture}.rope.dimension_count`, `(${rotation}) does not fit its heads (${keys})`);
  }
}

function impossible(key: string, what: string): GgufError {
  return new GgufError(`Its "${key}" ${what}, on which llama.cpp would abort. The file is damaged.`);
}
