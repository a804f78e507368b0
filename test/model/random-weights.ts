import type { TensorFill } from './gguf-writer.ts';
import { RandomBits } from './random-bits.ts';

/** Types that noise can be written in. */
export type NoiseType = 'F32' | 'F16' | 'Q4_0' | 'Q8_0';

/** The half-precision number 2^-8, the scale of every block: weights come out with a deviation of about 0.02 (Q4_0). */
const blockScale = { Q4_0: 0x1c00, Q8_0: 0x0c00 } as const;

/** Fills with repeatable noise of about the size that trained weights have, so that activations stay finite. */
export function randomWeights(type: NoiseType, seed: number): TensorFill {
  const random = new RandomBits(seed);
  switch (type) {
    case 'F32':
      return (piece) => {
        const numbers = new Float32Array(piece.buffer, piece.byteOffset, piece.length / 4);
        for (let at = 0; at < numbers.length; at += 1) numbers[at] = random.next() / 0x80000000 / 8;
      };
    case 'F16':
      return (piece) => {
        const numbers = new Uint16Array(piece.buffer, piece.byteOffset, piece.length / 2);
        // A random sign and fraction under a fixed exponent: between 1/16 and 1/8.
        for (let at = 0; at < numbers.length; at += 1) numbers[at] = (random.next() & 0x83ff) | 0x2c00;
      };
    case 'Q4_0':
      return (piece) => fillBlocks(piece, 18, blockScale.Q4_0, random);
    case 'Q8_0':
      return (piece) => fillBlocks(piece, 34, blockScale.Q8_0, random);
  }
}

/** Blocks of both types are a half-precision scale followed by whole numbers. */
function fillBlocks(piece: Uint8Array, blockBytes: number, scale: number, random: RandomBits): void {
  const halves = new Uint16Array(piece.buffer, piece.byteOffset, piece.length / 2);
  const step = blockBytes / 2;
  for (let at = 0; at < halves.length; at += 2) {
    const bits = random.next();
    halves[at] = bits;
    if (at + 1 < halves.length) halves[at + 1] = bits >>> 16;
  }
  for (let at = 0; at < halves.length; at += step) halves[at] = scale;
}
