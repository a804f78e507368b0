import fc from 'fast-check';

import { f32, text, u32, type GgufMetadata, type GgufValue } from '../../model/gguf-values.ts';
import type { GgufFile, TensorSpec } from '../../model/gguf-writer.ts';
import { tinyFamilies } from '../../model/tiny-families.ts';

type Apply = (file: GgufFile) => GgufFile;

/** A sound model and what was done to it. */
export interface DamagedModel {
  readonly family: string;
  readonly file: GgufFile;
}

const number = fc.constantFrom(
  0,
  1,
  2,
  3,
  4,
  5,
  15,
  16,
  17,
  31,
  32,
  33,
  64,
  255,
  261,
  2048,
  65_536,
  2 ** 31,
  2 ** 32 - 1,
);
const float = fc.constantFrom(0, -1, 1e-6, 0.5, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e30);
const value: fc.Arbitrary<GgufValue> = fc.oneof(
  { weight: 5, arbitrary: number.map(u32) },
  { weight: 2, arbitrary: float.map(f32) },
  fc.constantFrom('', 'llama', 'yarn', 'longrope', 'gpt2', 'none').map(text),
  fc.boolean().map((flag): GgufValue => ({ type: 'bool', value: flag })),
  fc.array(number, { maxLength: 2 }).map((list): GgufValue => ({ type: 'uint32s', value: list })),
  fc.array(float, { maxLength: 2 }).map((list): GgufValue => ({ type: 'float32s', value: list })),
);

/** Entries that llama.cpp asks for and the tiny models leave out. */
const furtherKeys = [
  'attention.key_length',
  'attention.value_length',
  'attention.head_count_kv',
  'attention.causal',
  'attention.clamp_kqv',
  'attention.sliding_window',
  'attention.kv_lora_rank',
  'rope.dimension_count',
  'rope.freq_base',
  'rope.scaling.type',
  'rope.scaling.factor',
  'rope.scaling.original_context_length',
  'expert_count',
  'expert_used_count',
  'expert_group_count',
  'expert_group_used_count',
  'expert_feed_forward_length',
  'nextn_predict_layers',
  'pooling_type',
  'vocab_size',
];
const tokenizerKeys = [
  'pre',
  'model',
  'add_bos_token',
  'add_eos_token',
  'unknown_token_id',
  'merges',
  'token_type_count',
];

const takeOutEntry: fc.Arbitrary<Apply> = fc.nat().map((pick) => (file) => {
  const entries = Object.entries(file.metadata);
  return { ...file, metadata: Object.fromEntries(entries.filter((_, index) => index !== pick % entries.length)) };
});

const replaceEntry: fc.Arbitrary<Apply> = fc.tuple(fc.nat(), value).map(([pick, changed]) => (file) => {
  const keys = Object.keys(file.metadata);
  return withEntry(file, keys[pick % keys.length] ?? '', changed);
});

const changeNumber: fc.Arbitrary<Apply> = fc.tuple(fc.nat(), number).map(([pick, changed]) => (file) => {
  const keys = Object.entries(file.metadata).flatMap(([key, { type }]) => (type === 'uint32' ? [key] : []));
  return withEntry(file, keys[pick % keys.length] ?? '', u32(changed));
});

const addEntry: fc.Arbitrary<Apply> = fc.tuple(fc.constantFrom(...furtherKeys), value).map(
  ([key, added]) =>
    (file) =>
      withEntry(file, `${architectureOf(file)}.${key}`, added),
);

const changeTokenizer: fc.Arbitrary<Apply> = fc.tuple(fc.constantFrom(...tokenizerKeys), value).map(
  ([key, changed]) =>
    (file) =>
      withEntry(file, `tokenizer.ggml.${key}`, changed),
);

const changeFormat: fc.Arbitrary<Apply> = fc
  .tuple(
    fc.nat(),
    fc.constantFrom('F32', 'F16', 'BF16', 'Q4_0', 'Q4_1', 'Q5_0', 'Q8_0', 'Q8_1', 'IQ4_NL', 'I8', 'I32', 'F64'),
  )
  .map(([pick, type]) => (file) => {
    const packed = /^I?Q/.test(type);
    return withTensor(file, pick, ({ name, shape, ...tensor }) =>
      packed && (shape[0] ?? 0) % 32 !== 0 ? { name, shape, ...tensor } : { name, shape, type },
    );
  });

const changeShape: fc.Arbitrary<Apply> = fc
  .tuple(fc.nat(), fc.array(fc.constantFrom(1, 2, 16, 32, 64), { minLength: 1, maxLength: 4 }))
  .map(
    ([pick, shape]) =>
      (file) =>
        withTensor(file, pick, ({ name }) => ({ name, shape, type: 'F32' })),
  );

const takeOutTensor: fc.Arbitrary<Apply> = fc.nat().map((pick) => (file) => ({
  ...file,
  tensors: file.tensors.filter((_, index) => index !== pick % file.tensors.length),
}));

const rename: fc.Arbitrary<Apply> = fc
  .tuple(fc.nat(), fc.constantFrom('rope_freqs.weight', 'blk.0.attn_qkv.weight', 'blk.1.attn_q.weight', 'output.bias'))
  .map(
    ([pick, name]) =>
      (file) =>
        withTensor(file, pick, (tensor) => ({ ...tensor, name })),
  );

const damage = fc.oneof(
  takeOutEntry,
  replaceEntry,
  { weight: 3, arbitrary: changeNumber },
  { weight: 3, arbitrary: addEntry },
  changeTokenizer,
  { weight: 2, arbitrary: changeFormat },
  changeShape,
  takeOutTensor,
  rename,
);

/** Small models of every family, with one to three things wrong that their file's structure does not show. */
export const damagedModel: fc.Arbitrary<DamagedModel> = fc
  .tuple(fc.constantFrom(...Object.entries(tinyFamilies)), fc.array(damage, { minLength: 1, maxLength: 3 }))
  .map(([[family, sound], damages]) => {
    const file = damages.reduce((damaged, apply) => apply(damaged), sound);
    return Object.defineProperty({ family, file }, fc.toStringMethod, { value: () => describeDamage(sound, file) });
  });

/** Only what differs: a whole model would fill pages. */
function describeDamage(before: GgufFile, after: GgufFile): string {
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const entries = [...keys]
    .filter((key) => before.metadata[key] !== after.metadata[key])
    .map((key) => `${key} = ${JSON.stringify(after.metadata[key])?.slice(0, 100)}`);
  const tensors = after.tensors.filter((tensor) => !before.tensors.includes(tensor));
  const gone = before.tensors.filter((tensor) => !after.tensors.includes(tensor));
  const shown = tensors.map(({ name, shape, type }) => `+ ${name} ${type} [${shape.join(', ')}]`);
  return [
    JSON.stringify(before.metadata['general.architecture']),
    ...entries,
    ...gone.map(({ name }) => `- ${name}`),
    ...shown,
  ].join('; ');
}

function withEntry(file: GgufFile, key: string, entry: GgufValue): GgufFile {
  const metadata: GgufMetadata = { ...file.metadata, [key]: entry };
  return { ...file, metadata };
}

function withTensor(file: GgufFile, pick: number, change: (tensor: TensorSpec) => TensorSpec): GgufFile {
  const at = pick % file.tensors.length;
  return { ...file, tensors: file.tensors.map((tensor, index) => (index === at ? change(tensor) : tensor)) };
}

function architectureOf(file: GgufFile): string {
  const entry = file.metadata['general.architecture'];
  return entry?.type === 'string' ? entry.value : '';
}
