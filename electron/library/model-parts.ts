import path from 'node:path';

export interface PartName {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Name of the part with this index. */
  nameOf(index: number): string;
}

/** Reads the name of one of several files of a model, as llama.cpp makes them: `name-00001-of-00003.gguf`. */
export function tryPartName(file: string): PartName | undefined {
  const match = /^(?<prefix>.*)-(?<index>[0-9]{5})-of-(?<count>[0-9]{5})\.gguf$/.exec(path.basename(file));
  if (!match?.groups) return undefined;
  const { prefix, index: digits, count: total } = match.groups;
  const count = Number(total);
  const index = Number(digits) - 1;
  if (index < 0 || index >= count) return undefined;
  return { index, count, nameOf: (part) => `${prefix}-${String(part + 1).padStart(5, '0')}-of-${total}.gguf` };
}
