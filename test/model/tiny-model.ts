import { writeGguf, type GgufFile } from './gguf-writer.ts';
import { layerTensors, ones, shapeMetadata, type Shape } from './llama-shape.ts';
import { randomWeights } from './random-weights.ts';
import { createVocabulary } from './vocabulary.ts';

export interface TinyModelOptions {
  readonly name?: string;
  readonly seed?: number;
  readonly contextTokens?: number;
  /** Words of its vocabulary beside letters; those of a scripted model when they are the pieces of its text. */
  readonly words?: readonly string[];
}

/** About the smallest model that llama.cpp loads. Its weights are noise, and so is what it says. */
export function tinyModel(options: TinyModelOptions = {}): GgufFile {
  const shape: Shape = {
    architecture: 'llama',
    name: options.name ?? 'Tiny',
    layers: 1,
    width: 32,
    heads: 2,
    headsKv: 1,
    feedForward: 32,
    contextTokens: options.contextTokens ?? 2048,
  };
  const vocabulary = createVocabulary(options.words ?? []);
  const seed = options.seed ?? 1;
  const embedding = { shape: [shape.width, vocabulary.size], type: 'F16' } as const;
  return {
    metadata: { ...shapeMetadata(shape, 1), ...vocabulary.metadata },
    tensors: [
      { name: 'token_embd.weight', ...embedding, fill: randomWeights('F16', seed) },
      ...layerTensors(shape, 'F16', randomWeights('F16', seed + 1)),
      ones('output_norm.weight', shape.width),
      { name: 'output.weight', ...embedding, fill: randomWeights('F16', seed + 2) },
    ],
  };
}

export function writeTinyModel(path: string, options: TinyModelOptions = {}): Promise<{ sizeBytes: number }> {
  return writeGguf(path, tinyModel(options));
}
