import { writeGguf } from './gguf-writer.ts';
import { layerTensors, ones, shapeMetadata, type Shape } from './llama-shape.ts';
import { randomWeights } from './random-weights.ts';
import { createVocabulary } from './vocabulary.ts';

/** Sizes of well-known small models: what they cost in time and memory can be measured without their weights. */
export const shapes = {
  'shape-0.5b': {
    architecture: 'qwen2',
    name: 'Shape 0.5B',
    layers: 24,
    width: 896,
    heads: 14,
    headsKv: 2,
    feedForward: 4864,
    contextTokens: 32_768,
  },
  'shape-1.5b': {
    architecture: 'qwen2',
    name: 'Shape 1.5B',
    layers: 28,
    width: 1536,
    heads: 12,
    headsKv: 2,
    feedForward: 8960,
    contextTokens: 32_768,
  },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;
const vocabularySize = 151_936;

export interface ShapeModelOptions {
  readonly type?: 'Q4_0' | 'Q8_0';
  readonly seed?: number;
  /** Fewer words make a smaller file of the same layers. */
  readonly vocabularySize?: number;
}

/** Writes a model of that shape with random blocks. The embedding serves as the output too, as in its examples. */
export async function writeShapeModel(
  path: string,
  shape: Shape,
  options: ShapeModelOptions = {},
): Promise<{ sizeBytes: number }> {
  const type = options.type ?? 'Q4_0';
  const seed = options.seed ?? 1;
  const vocabulary = createVocabulary([], (options.vocabularySize ?? vocabularySize) - createVocabulary([]).size);
  return writeGguf(path, {
    metadata: {
      ...shapeMetadata({ ...shape, name: `${shape.name} ${type}` }, type === 'Q4_0' ? 2 : 7),
      ...vocabulary.metadata,
    },
    tensors: [
      // llama.cpp's own conversions keep this one finer than the rest.
      {
        name: 'token_embd.weight',
        shape: [shape.width, vocabulary.size],
        type: 'Q8_0',
        fill: randomWeights('Q8_0', seed),
      },
      ...layerTensors(shape, type, randomWeights(type, seed + 1)),
      ones('output_norm.weight', shape.width),
    ],
  });
}
