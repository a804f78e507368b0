import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

const shapeSchema = z.strictObject({
  width: z.number().int().positive(),
  layers: z.number().int().positive(),
  heads: z.number().int().positive(),
  headsKv: z.number().int().positive(),
  feedForward: z.number().int().positive(),
  context: z.number().int().positive(),
});

const aboutSchema = z.object({
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number().int().positive()).min(1) })),
  shape: shapeSchema,
  state: z.record(z.string(), z.number()),
});

export type TrainedShape = z.infer<typeof shapeSchema>;

export interface TrainedWeights {
  readonly shape: TrainedShape;
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly halves: Uint16Array }>;
}

/** What ../train/checkpoint.py wrote with `save_weights`. @throws when parts are missing or of another length */
export function readWeights(folder: string): TrainedWeights {
  const about = aboutSchema.parse(JSON.parse(readFileSync(path.join(folder, 'weights.json'), 'utf8')));
  const parts = readdirSync(folder).filter((name) => /^weights-\d+\.part$/.test(name));
  const ordered = parts.toSorted((a, b) => partNumber(a) - partNumber(b));
  const bytes = new Uint8Array(Buffer.concat(ordered.map((name) => readFileSync(path.join(folder, name)))));
  const halves = new Uint16Array(bytes.buffer, 0, Math.floor(bytes.length / 2));
  const tensors = new Map<string, { shape: readonly number[]; halves: Uint16Array }>();
  let at = 0;
  for (const { name, shape } of about.tensors) {
    const count = shape.reduce((product, length) => product * length, 1);
    tensors.set(name, { shape, halves: halves.subarray(at, at + count) });
    at += count;
  }
  if (at !== halves.length) throw new RangeError(`${folder} holds ${halves.length} weights where ${at} are described.`);
  return { shape: about.shape, tensors };
}

function partNumber(name: string): number {
  return Number(name.replaceAll(/\D/g, ''));
}
