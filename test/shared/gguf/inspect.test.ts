import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { inspectGguf, type GgufSummary } from '../../../shared/model/gguf/inspect.ts';
import { brokenModels } from '../../model/broken-models.ts';
import { bool, f32, text, texts, u32 } from '../../model/gguf-values.ts';
import type { GgufFile, TensorSpec } from '../../model/gguf-writer.ts';
import { tinyAs, tinyFamilies, withMetadata, type Change } from '../../model/tiny-families.ts';
import { tinyModel } from '../../model/tiny-model.ts';
import { bytesSource, encodeGguf } from './bytes-source.ts';

const inspect = (file: GgufFile, version?: number): Promise<GgufSummary> =>
  inspectGguf(bytesSource(encodeGguf(file, version)));

const tinyWith = (change: Change): GgufFile => withMetadata(tinyModel(), change);

function withTensor(name: string, change: Partial<TensorSpec>): GgufFile {
  const file = tinyModel();
  return { ...file, tensors: file.tensors.map((each) => (each.name === name ? { ...each, ...change } : each)) };
}

function sound(family: string): GgufFile {
  const file = tinyFamilies[family];
  if (!file) throw new Error(`No such family: ${family}`);
  return file;
}

describe('a sound file', () => {
  test.for([2, 3])('of version %d is summarised', async (version) => {
    expect(await inspect(tinyModel(), version)).toEqual({
      purpose: 'chat',
      architecture: 'llama',
      name: 'Tiny',
      parameters: 22_944,
      quantisation: 'F16',
      trainedContextTokens: 2048,
      embeddingLength: 32,
      blockCount: 1,
      headCount: 2,
      headCountKv: 1,
      vocabularySize: 261,
      vocabulary: expect.objectContaining({ words: 261, splitting: expect.any(String) }),
      weightsBytes: 46_080,
      // One layer, one head of 16 numbers for keys and 16 for values, 2 bytes each.
      kvBytesPerToken: 64,
      window: null,
      hasChatTemplate: true,
      placeholder: false,
      starter: false,
      split: null,
    });
  });

  test('without a name, a template or a format says so', async () => {
    const summary = await inspect(
      tinyWith({ 'general.name': undefined, 'general.file_type': undefined, 'tokenizer.chat_template': undefined }),
    );
    expect(summary).toMatchObject({ name: null, quantisation: 'F16', hasChatTemplate: false });
  });

  test('with a name of several lines shows it on one', async () => {
    expect((await inspect(tinyWith({ 'general.name': text('A\n\u202eB\t  C') }))).name).toBe('A B C');
  });

  test('may be the stand-in', async () => {
    expect((await inspect(tinyWith({ 'clawdbot.placeholder': bool(true) }))).placeholder).toBe(true);
  });

  test('may give a number for each layer', async () => {
    const summary = await inspect(
      tinyWith({
        'llama.attention.head_count': { type: 'int32s', value: [2] },
        'llama.attention.head_count_kv': { type: 'uint32s', value: [2] },
        'llama.feed_forward_length': { type: 'int32s', value: [32] },
      }),
    );
    expect(summary).toMatchObject({ headCount: 2, headCountKv: 2, kvBytesPerToken: 128 });
  });

  test('may give the length of a head itself', async () => {
    const lengths = {
      'attention.key_length': u32(64),
      'attention.value_length': u32(32),
      'rope.dimension_count': u32(32),
    };
    expect((await inspect(tinyAs('deepseek2', lengths))).kvBytesPerToken).toBe(192);
    await expect(inspect(tinyWith({ 'llama.attention.key_length': u32(64) }))).rejects.toThrow(/key_length.*abort/);
  });

  test('may be of experts only', async () => {
    const experts = sound('qwen3moe');
    expect((await inspect(experts)).architecture).toBe('qwen3moe');
    const tooMany = inspect(withMetadata(experts, { 'qwen3moe.expert_used_count': u32(5) }));
    await expect(tooMany).rejects.toThrow('numbers of experts contradict each other');
    const dense = inspect(tinyAs('qwen3moe', { feed_forward_length: undefined, expert_feed_forward_length: u32(32) }));
    await expect(dense).rejects.toThrow('lacks "qwen3moe.feed_forward_length"');
  });

  test('may have a state instead of attention', async () => {
    expect(await inspect(sound('mamba'))).toMatchObject({ headCount: 0, kvBytesPerToken: 0 });
  });

  test('may normalise in the older way', async () => {
    expect((await inspect(sound('stablelm'))).architecture).toBe('stablelm');
  });

  test('may leave some layers without attention where its family does', async () => {
    const layers = { block_count: u32(2), 'attention.head_count': u32(2), feed_forward_length: u32(32) };
    const kv = { 'attention.head_count_kv': { type: 'int32s', value: [0, 2] } } as const;
    const hybrid = tinyAs('granitehybrid', { ...layers, ...kv, 'ssm.state_size': u32(16) });
    expect(await inspect(hybrid)).toMatchObject({ headCountKv: 2, kvBytesPerToken: 128 });
    await expect(inspect(tinyAs('llama', { ...layers, ...kv }))).rejects.toThrow('head_count_kv" (0) does not divide');
  });

  test('that is the first of several says so', async () => {
    const change = { 'split.count': { type: 'uint16', value: 3 }, 'split.no': { type: 'uint16', value: 0 } } as const;
    expect((await inspect(tinyWith(change))).split).toEqual({ index: 0, count: 3 });
    const second = inspect(tinyWith({ ...change, 'split.no': { type: 'uint16', value: 1 } }));
    await expect(second).rejects.toThrow('It is part 2 of a model in 3 files.');
  });
});

describe('a file that would make llama.cpp abort is refused:', () => {
  const cases: Record<string, [GgufFile, RegExp]> = {
    'no feed-forward': [tinyWith({ 'llama.feed_forward_length': undefined }), /lacks "llama\.feed_forward_length"/],
    'no heads': [tinyWith({ 'llama.attention.head_count': undefined }), /lacks "llama\.attention\.head_count"/],
    'zero heads': [tinyWith({ 'llama.attention.head_count': u32(0) }), /head_count" is 0/],
    'heads that do not divide': [tinyWith({ 'llama.attention.head_count': u32(3) }), /does not divide the embedding/],
    'key heads that do not divide': [
      tinyWith({ 'llama.attention.head_count': u32(4), 'llama.attention.head_count_kv': u32(3) }),
      /head_count_kv" \(3\) does not divide/,
    ],
    'no layers': [tinyWith({ 'llama.block_count': u32(0) }), /block_count" is 0/],
    'too many layers': [tinyWith({ 'llama.block_count': u32(513) }), /block_count" is 513/],
    'layers of another number': [
      tinyWith({ 'llama.feed_forward_length': { type: 'uint32s', value: [32, 32] } }),
      /names 2 layers, but it has 1/,
    ],
    'no context': [tinyWith({ 'llama.context_length': u32(0) }), /context_length" is 0/],
    'an odd rotation': [tinyWith({ 'llama.rope.dimension_count': u32(15) }), /is odd/],
    'a partial rotation': [tinyWith({ 'llama.rope.dimension_count': u32(8) }), /does not fit its heads/],
    'an unknown stretch': [tinyWith({ 'llama.rope.scaling.type': text('magic') }), /stretches its context by "magic"/],
    'a negative epsilon': [tinyWith({ 'llama.attention.layer_norm_rms_epsilon': f32(-1) }), /is no small number/],
    'a word twice': [tinyWith({ 'tokenizer.ggml.tokens': texts(['a', 'b', 'a']) }), /holds the word "a" twice/],
    'a vocabulary without bytes': [
      tinyWith({ 'tokenizer.ggml.tokens': texts(['a', 'b']) }),
      /no word for 254 of 256 bytes/,
    ],
    'no vocabulary': [tinyWith({ 'tokenizer.ggml.model': text('none') }), /has no vocabulary/],
    'a norm in a packed format': [withTensor('output_norm.weight', { type: 'F16' }), /must be F32/],
    'more prediction layers than layers': [tinyWith({ 'llama.nextn_predict_layers': u32(1) }), /leaves none/],
  };
  test.for(Object.entries(cases))('%s', async ([, [file, reason]]) => {
    await expect(inspect(file)).rejects.toThrow(reason);
    await expect(inspect(file)).rejects.toBeInstanceOf(GgufError);
  });
});

describe('a file that could not chat is refused:', () => {
  const cases: Record<string, [GgufFile, RegExp]> = {
    'an embedding model': [tinyAs('bert', {}), /embedding model/],
    'a model that pools': [tinyAs('qwen3', { pooling_type: u32(3) }), /embedding model/],
    'a model that ranks': [
      {
        ...tinyAs('qwen3', { pooling_type: u32(4) }),
        tensors: [...tinyModel().tensors, { name: 'cls.output.weight', shape: [32, 1], type: 'F32' }],
      },
      /ranking model/,
    ],
    'a part that sees': [tinyAs('clip', {}), /sees images/],
    'an adapter': [tinyWith({ 'general.type': text('adapter') }), /adapter/],
    'a diffusion model': [tinyAs('llada', {}), /left to right/],
    'a model that looks ahead': [tinyWith({ 'llama.attention.causal': bool(false) }), /left to right/],
    'a vocabulary alone': [{ ...tinyModel(), tensors: [] }, /holds no weights/],
  };
  test.for(Object.entries(cases))('%s', async ([, [file, reason]]) => {
    await expect(inspect(file)).rejects.toThrow(reason);
  });
});

describe('a value of the wrong kind is named:', () => {
  const cases: Record<string, [GgufFile, RegExp]> = {
    'a text for a number': [
      tinyWith({ 'llama.block_count': text('one') }),
      /should be a number of type uint32 but is a text/,
    ],
    'a number of another width': [
      tinyWith({ 'llama.embedding_length': { type: 'uint64', value: 32n } }),
      /should be a number of type uint32 but is a number of type uint64/,
    ],
    'a list for a text': [
      tinyWith({ 'general.architecture': texts(['llama']) }),
      /should be a text but is a list of 1/,
    ],
    'a text for a list': [tinyWith({ 'tokenizer.ggml.tokens': text('a') }), /should be a list of string values/],
    'scores that are too few': [
      tinyWith({ 'tokenizer.ggml.scores': { type: 'float32s', value: [0] } }),
      /covers 1 of 261/,
    ],
    'another embedding': [
      tinyWith({ 'llama.embedding_length': u32(64) }),
      /32 x 261, but its description says 64 x 261/,
    ],
    'no embedding': [withTensor('token_embd.weight', { name: 'elsewhere.weight' }), /lacks the tensor "token_embd/],
    'an alignment that is none': [tinyWith({ 'general.alignment': u32(48) }), /not a power of two/],
  };
  test.for(Object.entries(cases))('%s', async ([, [file, reason]]) => {
    await expect(inspect(file)).rejects.toThrow(reason);
  });
});

describe('a file that is damaged', () => {
  const reasons: Record<keyof typeof brokenModels, string> = {
    truncated: 'The file ends after 7 of 12 tensors: the download was probably cut off. Download it again.',
    'truncated-header':
      'The file ends in the entry "tokenizer.ggml.tokens": the download was probably cut off, or the file is damaged.',
    'missing-feed-forward':
      'Its description lacks "llama.feed_forward_length": llama.cpp would abort. The file is damaged or was made wrongly.',
    'missing-head-count':
      'Its description lacks "llama.attention.head_count": llama.cpp would abort. The file is damaged or was made wrongly.',
    'missing-tokens': 'Its description lacks "tokenizer.ggml.tokens", without which llama.cpp cannot load it.',
    'wrong-sizes': 'Its embedding is 32 x 261, but its description says 64 x 261. The file is damaged.',
    'text-in-number': 'Its "llama.block_count" should be a number of type uint32 but is a text. The file is damaged.',
    'hostile-lengths':
      'The file ends in the entry "tokenizer.ggml.tokens": the download was probably cut off, or the file is damaged.',
    'hostile-counts': 'The file claims 18446744073709552000 tensors, more than any model has. It is damaged.',
    'not-gguf': 'It is a web page or a text, not a model: the download probably needed a login.',
    empty: 'The file is empty: the download was probably cut off.',
  };
  test.for(Object.entries(reasons))('(%s) is refused with the reason', async ([name, reason]) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-gguf-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'broken.gguf');
    const write = Object.entries(brokenModels).find(([each]) => each === name)?.[1];
    await write?.(file);
    const refusal = inspectGguf(bytesSource(await readFile(file)));
    await expect(refusal).rejects.toMatchObject({ name: 'GgufError', reason });
  });

  test('holds a tensor or an entry twice', async () => {
    const file = tinyModel();
    const repeated = { ...file, tensors: [...file.tensors, ...file.tensors.slice(0, 1)] };
    await expect(inspect(repeated)).rejects.toThrow('holds the tensor "token_embd.weight" twice');
    // Two names of the same length.
    const bytes = Buffer.from(encodeGguf(file));
    bytes.write('general.file_type', bytes.indexOf('llama.block_count'), 'latin1');
    await expect(inspectGguf(bytesSource(bytes))).rejects.toThrow('holds "general.file_type" twice');
  });

  test('places a tensor beside where it belongs', async () => {
    const bytes = Buffer.from(encodeGguf(tinyModel()));
    // After the name: number of dimensions, two lengths, type, offset.
    const at = bytes.indexOf('output.weight') + 'output.weight'.length + 4 + 16 + 4;
    bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + 32n, at);
    await expect(inspectGguf(bytesSource(bytes))).rejects.toThrow(
      /should begin at byte \d+ of the weights, not at \d+/,
    );
  });

  test.for([
    [1, /version 1/],
    [4, /version 4/],
    [0x0300_0000, /big-endian/],
  ] as const)('claims version %d', async ([version, reason]) => {
    await expect(inspect(tinyModel(), version)).rejects.toThrow(reason);
  });

  test('shrinks while it is read', async () => {
    const bytes = encodeGguf(tinyModel());
    const source = { sizeBytes: bytes.length, read: () => Promise.resolve(bytes.slice(0, 2)) };
    await expect(inspectGguf(source)).rejects.toThrow('became shorter while it was being read');
  });
});
