import { f32, text } from './gguf-values.ts';
import { writeGguf, type GgufFile, type TensorFill } from './gguf-writer.ts';
import { createVocabulary } from './vocabulary.ts';
import { fillSigns, type ScriptedModelOptions } from './scripted-model.ts';
import { cutScript } from './script-pieces.ts';

export interface SkipOptions {
  readonly script: Pick<ScriptedModelOptions, 'text' | 'width' | 'seed' | 'silentWords'>;
  /** After this piece, counted from 0 ... */
  readonly after: number;
  /** ... this one is said. */
  readonly next: number;
}

/**
 * A LoRA adapter of rank 1 for a scripted model, which makes it go on elsewhere after one of its pieces: its first
 * tensor looks for that piece, its second raises the other one far above everything else.
 */
export function skippingAdapter({ script, after, next }: SkipOptions): GgufFile {
  const width = script.width ?? 512;
  const vocabulary = createVocabulary(cutScript(script.text), script.silentWords ?? 0);
  const searched = new Uint16Array(width);
  // Class 0 is shared by all tokens that are no piece; piece i has class i + 1.
  fillSigns(searched, script.seed ?? 1, after + 1);
  const look: TensorFill = (bytes) => bytes.set(new Uint8Array(searched.buffer).subarray(0, bytes.length));
  const raise: TensorFill = (bytes, offset) => {
    const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const at = vocabulary.firstWordId + next - offset / 4;
    if (at >= 0 && at < numbers.length) numbers[at] = 4;
  };
  return {
    metadata: {
      'general.architecture': text('llama'),
      'general.type': text('adapter'),
      'general.name': text('Skipping'),
      'adapter.type': text('lora'),
      'adapter.lora.alpha': f32(1),
    },
    tensors: [
      { name: 'output.weight.lora_a', shape: [width, 1], type: 'F16', fill: look },
      { name: 'output.weight.lora_b', shape: [1, vocabulary.size], type: 'F32', fill: raise },
    ],
  };
}

export function writeSkippingAdapter(path: string, options: SkipOptions): Promise<{ sizeBytes: number }> {
  return writeGguf(path, skippingAdapter(options));
}
