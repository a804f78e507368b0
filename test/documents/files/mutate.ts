import { inflateRawSync } from 'node:zlib';

import { seededRandom } from './prose.ts';
import { makeZip } from './zip-writer.ts';

/** An archive of `makeZip` with damage in the largest of its parts, packed again as it should be. */
export function mutateInside(archive: Buffer, seed: number): Buffer {
  const parts: { name: string; content: Buffer }[] = [];
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const [packedBytes, nameBytes] = [archive.readUInt32LE(at + 18), archive.readUInt16LE(at + 26)];
    const from = at + 30 + nameBytes;
    const packed = archive.subarray(from, from + packedBytes);
    const content = archive.readUInt16LE(at + 8) === 0 ? packed : inflateRawSync(packed);
    parts.push({ name: archive.toString('utf8', at + 30, from), content });
    at = from + packedBytes;
  }
  const largest = Math.max(...parts.map(({ content }) => content.length));
  return makeZip(
    parts.map((part) => (part.content.length === largest ? { ...part, content: mutate(part.content, seed) } : part)),
  );
}

/** The same damage for the same seed: bytes flipped, cut out, doubled, overwritten, or numbers made huge. */
export function mutate(bytes: Buffer, seed: number): Buffer {
  const random = seededRandom(seed * 7919 + bytes.length);
  const below = (limit: number): number => Math.floor(random() * Math.max(1, limit));
  let damaged = Buffer.from(bytes);
  const times = 1 + below(6);
  for (let time = 0; time < times; time += 1) {
    const at = below(damaged.length);
    const length = 1 + below(Math.min(400, damaged.length - at));
    switch (below(6)) {
      case 0:
        for (let flips = 0; flips < 10; flips += 1) damaged[below(damaged.length)] = below(256);
        break;
      case 1:
        damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + length)]);
        break;
      case 2:
        damaged = Buffer.concat([damaged.subarray(0, at + length), damaged.subarray(at)]);
        break;
      case 3:
        damaged.fill([0, 0xff, 0x3c, 0x7b][below(4)] ?? 0, at, at + length);
        break;
      case 4:
        damaged = Buffer.from(
          damaged.toString('latin1').replace(/\d{1,4}/, () => '4294967295'),
          'latin1',
        );
        break;
      default:
        damaged = damaged.subarray(0, Math.max(1, at));
        break;
    }
    if (damaged.length === 0) return Buffer.from([0]);
  }
  return damaged;
}
