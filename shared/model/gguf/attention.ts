import { GgufError } from './gguf-error.ts';
import type { MetadataLookup } from './metadata-lookup.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** llama.cpp's graph of these asserts, and so aborts, unless keys and values of a head have one length. */
const equalKeyAndValue = words(
  'afmoe apertus arcee arctic baichuan bailingmoe2 bitnet bloom chameleon chatglm codeshell cogvlm cohere2 cohere2moe ' +
    'command-r dbrx deci deepseek dots1 ernie4_5 ernie4_5-moe exaone exaone-moe exaone4 falcon glm4 glm4moe gpt2 gptneox ' +
    'granite granitemoe granitehybrid granite_swa graniteswitch grok grovemoe hunyuan-dense hunyuan-moe hunyuan_vl hy_v3 ' +
    'internlm2 jais jais2 laguna llama llama4 maincoder mellum minimax-01 minimax-m2 minimax-m3 mistral3 mpt ' +
    'muse-glimmer nanbeige nemotron nemotron_h nemotron_h_moe olmo olmo2 olmoe openelm orion paddleocr pangu-embedded phi2 ' +
    'phi3 phimoe plamo qwen qwen2 qwen2moe qwen2vl qwen3 qwen35 qwen35moe qwen3moe qwen3next qwen3vl qwen3vlmoe refact ' +
    'seed_oss smallthinker smollm3 stablelm starcoder starcoder2 t5 talkie xverse',
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
  const recurrent = isRecurrent(architecture, metadata);
  if (headCount === 0 && !recurrent) throw impossible(key('head_count'), 'is 0');
  requireHeads(heads, headsKv, recurrent, key);
  if (headCount === 0) return { headCount: 0, headCountKv: 0, kvBytesPerToken: 0 };

  // llama.cpp derives what is not written from the first layer, whatever that is.
  const first = heads[0] ?? 0;
  const keyLength = metadata.tryCount(key('key_length'));
  const valueLength = metadata.tryCount(key('value_length'));
  if ((keyLength === undefined || valueLength === undefined) && first > 0 && embeddingLength % first !== 0) {
    throw impossible(key('head_count'), `(${first}) does not divide the embedding (${embeddingLength})`);
  }
  const derived = first > 0 ? Math.floor(embeddingLength / first) : 0;
  const keys = keyLength ?? derived;
  const values = valueLength ?? derived;
  for (const [name, length] of [
    ['key_length', keys],
    ['value_length', values],
  ] as const) {
    if (length > 65_536 || (length === 0 && first > 0)) throw impossible(key(name), `is ${length}`);
  }
  if (first > 0) requireGeometry(architecture, metadata, keys, values);
  const headsTotal = headsKv.reduce((sum, count) => sum + count, 0);
  return { headCount, headCountKv: Math.max(...headsKv), kvBytesPerToken: headsTotal * (keys + values) * 2 };
}

/** State-space and RWKV layers carry a state instead of attention, so their heads and feed-forward may be 0. */
export function isRecurrent(architecture: string, metadata: MetadataLookup): boolean {
  return ['ssm.', 'wkv.', 'shortconv.', 'kda.'].some((part) => metadata.hasPrefix(`${architecture}.${part}`));
}

function requireHeads(
  heads: readonly number[],
  headsKv: readonly number[],
  recurrent: boolean,
  key: (name: string) => string,
): void {
  for (const [layer, count] of heads.entries()) {
    const kv = headsKv[layer] ?? 0;
    if (count > 65_536) throw impossible(key('head_count'), `is ${count}`);
    if (kv > count) throw impossible(key('head_count_kv'), `(${kv}) is larger than its head_count (${count})`);
    if (kv === 0 ? count > 0 && !recurrent && headsKv.every((each) => each === 0) : count % kv !== 0) {
      throw impossible(key('head_count_kv'), `(${kv}) does not divide its head_count (${count})`);
    }
  }
}

function requireGeometry(architecture: string, metadata: MetadataLookup, keys: number, values: number): void {
  if (equalKeyAndValue.has(architecture) && keys !== values) {
    throw impossible(`${architecture}.attention.key_length`, `(${keys}) differs from its value_length (${values})`);
  }
  const rotation = metadata.tryCount(`${architecture}.rope.dimension_count`) ?? keys;
  if (rotation % 2 !== 0) throw impossible(`${architecture}.rope.dimension_count`, `(${rotation}) is odd`);
  if (rotation > keys || (fullRotation.has(architecture) && rotation !== keys)) {
    throw impossible(`${architecture}.rope.dimension_count`, `(${rotation}) does not fit its heads (${keys})`);
  }
}

function impossible(key: string, what: string): GgufError {
  return new GgufError(`Its "${key}" ${what}, on which llama.cpp would abort. The file is damaged.`);
}
