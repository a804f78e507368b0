import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectAdapter, requireAdapterFits } from '../../../shared/model/gguf/adapter.ts';
import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { readGgufHeader } from '../../../shared/model/gguf/header.ts';
import { f32, text, u32, type GgufMetadata } from '../../model/gguf-values.ts';
import type { GgufFile, TensorSpec } from '../../model/gguf-writer.ts';
import { skippingAdapter } from '../../model/skipping-adapter.ts';
import { withMetadata, type Change } from '../../model/tiny-families.ts';
import { tinyModel } from '../../model/tiny-model.ts';
import { bytesSource, encodeGguf } from './bytes-source.ts';

const sound = skippingAdapter({ script: { text: 'one two three' }, after: 0, next: 2 });
const inspect = (file: GgufFile) => inspectAdapter(bytesSource(encodeGguf(file)));
const tensor = (name: string, shape: readonly number[], type = 'F16'): TensorSpec => ({ name, shape, type });
const withTensors = (...tensors: TensorSpec[]): GgufFile => ({ ...sound, tensors });

describe('a LoRA adapter', () => {
  test('is summed up', async () => {
    const summary = await inspect(sound);
    expect(summary.architecture).toBe('llama');
    expect(summary.pairs.map(({ name }) => name)).toEqual(['output.weight']);
    expect(summary.weightsBytes).toBeGreaterThan(1024);
  });

  const alora: GgufMetadata[string] = { type: 'uint32s', value: [1, 2] };
  const changes: readonly (readonly [string, Change, string])[] = [
    ['is a model', { 'general.type': text('model') }, 'no LoRA adapter'],
    ['is of another kind', { 'adapter.type': text('dora') }, 'no LoRA adapter'],
    ['says its alpha as a whole number', { 'adapter.lora.alpha': u32(1) }, 'adapter.lora.alpha'],
    ['has an alpha that is no number', { 'adapter.lora.alpha': f32(Number.NaN) }, 'is no number'],
    ['names no architecture', { 'general.architecture': undefined }, 'general.architecture'],
    ['is switched on by words', { 'adapter.alora.invocation_tokens': alora }, 'certain words'],
  ];
  test.for(changes)('that %s is refused', async ([, change, reason]) => {
    await expect(inspect(withMetadata(sound, change))).rejects.toThrow(reason);
  });

  test.for([
    [withTensors(), 'it holds no weights'],
    [withTensors(tensor('output_norm.weight', [32], 'F32')), 'it holds no weights'],
    [withTensors(tensor('output.weight', [32, 4])), 'belongs to no LoRA adapter'],
    [withTensors(tensor('output.weight.lora_a', [32, 4])), 'only half'],
    [withTensors(tensor('output.weight.lora_a', [256, 4], 'Q4_K')), 'stored as Q4_K'],
  ] as const)('without its parts is refused (%#)', async ([file, reason]) => {
    await expect(inspect(file)).rejects.toThrow(reason);
  });

  test.for([
    ['output.weight', [32, 4], [4, 261], undefined],
    ['output.weight', [32, 4], [4, 260], 'another size'],
    ['output.weight', [64, 4], [4, 261], 'another size'],
    ['output.weight', [32, 4], [8, 261], 'another size'],
    ['output.weight', [32, 4, 2], [4, 261, 2], 'another size'],
    ['token_embd.weight', [4, 261], [4, 32], 'the embedding'],
    ['blk.7.attn_q.weight', [32, 4], [4, 32], 'does not have'],
  ] as const)('is laid over a model only where it fits: %s %j %j', async ([name, a, b, reason]) => {
    const model = await readGgufHeader(bytesSource(encodeGguf(tinyModel())));
    const adapter = await inspect(withTensors(tensor(`${name}.lora_a`, a), tensor(`${name}.lora_b`, b)));
    const fit = (): void => requireAdapterFits(adapter, { architecture: 'llama', tensors: model.tensors });
    if (reason === undefined) expect(fit).not.toThrow();
    else expect(fit).toThrow(reason);
    expect(() => requireAdapterFits(adapter, { architecture: 'qwen2', tensors: model.tensors })).toThrow('of the kind');
  });

  test('with any bytes changed is read or refused, and nothing else', async () => {
    const bytes = encodeGguf(sound);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        fc.integer({ min: 0, max: bytes.length }),
        async (damages, length) => {
          const damaged = bytes.slice();
          for (const [at, value] of damages) damaged[at] = value;
          const outcome = await inspectAdapter(bytesSource(damaged.subarray(0, length))).catch(
            (error: unknown) => error,
          );
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(GgufError);
        },
      ),
      { numRuns: 200 },
    );
  });
});
