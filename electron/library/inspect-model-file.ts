import { open, stat } from 'node:fs/promises';
import path from 'node:path';

import type { ByteSource } from '../../shared/model/gguf/byte-source.ts';
import { inspectAdapter } from '../../shared/model/gguf/adapter.ts';
import { GgufError } from '../../shared/model/gguf/gguf-error.ts';
import { readGgufHeader } from '../../shared/model/gguf/header.ts';
import { inspectAnyGguf, inspectGguf, type GgufSummary } from '../../shared/model/gguf/inspect.ts';
import { adapterReason, purposeReasons } from '../../shared/model/gguf/purpose.ts';
import type { Log } from '../ports.ts';
import type { ComparingFacts, Inspection } from './found-model.ts';
import { tryPartName } from './model-parts.ts';

export interface InspectedFile {
  readonly sizeBytes: number;
  readonly stamp: string;
  readonly inspection: Inspection;
}

/** Looks into model files, and into each only once as long as its size and time stay the same. */
export interface ModelInspector {
  inspect(file: string): Promise<InspectedFile>;
}

export function createModelInspector(log: Log): ModelInspector {
  const known = new Map<string, InspectedFile>();

  return {
    async inspect(file) {
      const files = filesOfModel(file);
      const sizes = await Promise.all(files.map(async (each) => ({ each, found: await tryStat(each) })));
      const stamp = sizes.map(({ found }) => (found ? `${found.size}@${found.mtimeMs}` : 'absent')).join(' ');
      const before = known.get(file);
      if (before?.stamp === stamp) return before;
      const sizeBytes = sizes.reduce((sum, { found }) => sum + (found?.size ?? 0), 0);
      const result = { sizeBytes, stamp, inspection: await inspectAll(files, log) };
      known.set(file, result);
      return result;
    },
  };
}

/** Further parts of a model in several files are found by the name of the first. */
function filesOfModel(file: string): readonly string[] {
  const part = tryPartName(file);
  if (part === undefined || part.index > 0) return [file];
  return Array.from({ length: part.count }, (_, index) => path.join(path.dirname(file), part.nameOf(index)));
}

async function inspectAll(files: readonly string[], log: Log): Promise<Inspection> {
  const [first = '', ...others] = files;
  try {
    const summary = await withSource(first, inspectGguf);
    const expected = summary.split?.count ?? 1;
    if (expected !== files.length) {
      throw new GgufError(
        expected === 1
          ? 'Its name says that it is one of several files, but it is a whole model. Rename it.'
          : `It is the first of ${expected} files, but its name does not say so; the others cannot be found.`,
      );
    }
    let { weightsBytes, parameters } = summary;
    for (const file of others) {
      const { tensors } = await withSource(file, readGgufHeader);
      weightsBytes += tensors.reduce((sum, tensor) => sum + tensor.sizeBytes, 0);
      parameters += tensors.reduce((sum, tensor) => sum + tensor.elements, 0);
    }
    return usable({ ...summary, weightsBytes, parameters });
  } catch (error) {
    if (error instanceof GgufError) return unusable(first, error);
    log.warn({ err: error, file: first }, 'A model file could not be read.');
    return { kind: 'unusable', reason: 'It could not be read from the disk.' };
  }
}

/** An adapter cannot answer by itself, but models can be used with it; models that compare texts help with documents. */
async function unusable(file: string, { reason }: GgufError): Promise<Inspection> {
  const compares = Object.values(purposeReasons).includes(reason);
  if (reason !== adapterReason && !compares) return { kind: 'unusable', reason };
  try {
    if (compares) {
      const comparing = comparingFacts(await withSource(file, inspectAnyGguf));
      return { kind: 'unusable', reason, ...(comparing ? { comparing } : {}) };
    }
    const { architecture, weightsBytes } = await withSource(file, inspectAdapter);
    return { kind: 'unusable', reason, adapter: { architecture, weightsBytes } };
  } catch (error) {
    if (error instanceof GgufError) return { kind: 'unusable', reason: error.reason };
    throw error;
  }
}

/** Undefined for one in several files: of those only the first was looked into. */
function comparingFacts(summary: GgufSummary): ComparingFacts | undefined {
  const { purpose, name, architecture, parameters, quantisation, trainedContextTokens, split } = summary;
  const { weightsBytes, kvBytesPerToken, window } = summary;
  if (purpose === 'chat' || split !== null) return undefined;
  return {
    purpose,
    name,
    architecture,
    parameters,
    quantisation,
    trainedContextTokens,
    weightsBytes,
    kvBytesPerToken,
    window,
  };
}

function usable(summary: GgufSummary): Inspection {
  const { name, architecture, parameters, quantisation, trainedContextTokens, weightsBytes, kvBytesPerToken } = summary;
  const { placeholder, starter, vocabulary, window } = summary;
  return {
    kind: 'usable',
    name,
    architecture,
    parameters,
    quantisation,
    trainedContextTokens,
    weightsBytes,
    kvBytesPerToken,
    window,
    vocabulary,
    placeholder,
    starter,
  };
}

/** @throws GgufError where the file cannot be opened for a reason a person can mend */
async function withSource<T>(file: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  // Opening a pipe or a device can wait for ever, so what it is must be known first.
  const found = await tryStat(file);
  if (found === undefined) throw new GgufError(`The file ${path.basename(file)} is not there.`);
  if (!found.isFile()) throw new GgufError('It is not a file.');
  await using handle = await open(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM') throw new GgufError('Clawdbot is not allowed to read it.');
    throw error;
  });
  const { size: sizeBytes } = await handle.stat();
  return await use({
    sizeBytes,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    },
  });
}

async function tryStat(file: string) {
  return await stat(file).catch(() => undefined);
}
