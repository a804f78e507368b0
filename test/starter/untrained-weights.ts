import type { TrainedShape, TrainedWeights } from '../../models/starter/export/read-weights.ts';
import { toHalf } from '../../models/starter/export/half-floats.ts';
import { createRandom } from '../../models/starter/generate/random.ts';

const small: TrainedShape = { width: 32, layers: 1, heads: 2, headsKv: 1, feedForward: 32, context: 512 };

/** Weights of any shape: random as training begins with them, or zeros where only their number counts. */
export function untrainedWeights(
  vocabularySize: number,
  shape: TrainedShape = small,
  kind: 'random' | 'zeros' = 'random',
): TrainedWeights {
  const random = createRandom(3);
  const widthKv = (shape.width / shape.heads) * shape.headsKv;
  const tensors = new Map<string, { shape: readonly number[]; halves: Uint16Array }>();
  const add = (name: string, ...size: number[]): void => {
    const count = size.reduce((product, length) => product * length, 1);
    const fill = size.length === 1 ? () => toHalf(1) : () => toHalf((random.next() - 0.5) * 0.1);
    const halves = kind === 'zeros' ? new Uint16Array(count) : Uint16Array.from({ length: count }, fill);
    tensors.set(`${name}.weight`, { shape: size, halves });
  };
  add('token_embd', vocabularySize, shape.width);
  for (let layer = 0; layer < shape.layers; layer += 1) {
    const block = `blk.${layer}`;
    add(`${block}.attn_norm`, shape.width);
    add(`${block}.attn_q`, shape.width, shape.width);
    add(`${block}.attn_k`, widthKv, shape.width);
    add(`${block}.attn_v`, widthKv, shape.width);
    add(`${block}.attn_output`, shape.width, shape.width);
    add(`${block}.ffn_norm`, shape.width);
    add(`${block}.ffn_gate`, shape.feedForward, shape.width);
    add(`${block}.ffn_up`, shape.feedForward, shape.width);
    add(`${block}.ffn_down`, shape.width, shape.feedForward);
  }
  add('output_norm', shape.width);
  return { shape, tensors };
}
