import { fromHalf, toHalf } from './half-floats.ts';

const blockLength = 32;
const blockBytes = 34;

/** ggml's Q8_0: blocks of 32 weights, each a half-precision scale and 32 whole numbers from -127 to 127. */
export function toQ8(halves: Uint16Array): Uint8Array {
  if (halves.length % blockLength !== 0) throw new RangeError('Q8_0 needs rows of a multiple of 32 weights.');
  const out = new Uint8Array((halves.length / blockLength) * blockBytes);
  const view = new DataView(out.buffer);
  for (let block = 0; block * blockLength < halves.length; block += 1) {
    const values = Array.from(halves.subarray(block * blockLength, (block + 1) * blockLength), fromHalf);
    const scale = Math.max(...values.map(Math.abs)) / 127;
    view.setUint16(block * blockBytes, toHalf(scale), true);
    for (const [index, value] of values.entries()) {
      view.setInt8(block * blockBytes + 2 + index, scale === 0 ? 0 : Math.round(value / scale));
    }
  }
  return out;
}

export function toF32(halves: Uint16Array): Uint8Array {
  return new Uint8Array(Float32Array.from(halves, fromHalf).buffer);
}

export function toF16(halves: Uint16Array): Uint8Array {
  return new Uint8Array(Uint16Array.from(halves).buffer);
}
