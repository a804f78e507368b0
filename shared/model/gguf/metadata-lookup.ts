import { GgufError } from './gguf-error.ts';
import type { Metadata } from './metadata-reader.ts';
import { describeValue, type MetadataValue, type ScalarType } from './metadata-value.ts';

/**
 * Looks values up the way llama.cpp does: it takes a key only when it has exactly the type it expects, so a number of
 * another width is as wrong as a text.
 */
export class MetadataLookup {
  readonly #metadata: Metadata;

  constructor(metadata: Metadata) {
    this.#metadata = metadata;
  }

  has(key: string): boolean {
    return this.#metadata.values.has(key);
  }

  hasPrefix(prefix: string): boolean {
    return [...this.#metadata.values.keys()].some((key) => key.startsWith(prefix));
  }

  tryText(key: string): string | undefined {
    const value = this.#metadata.values.get(key);
    if (value === undefined || value.kind === 'string') return value?.value;
    throw wrongType(key, 'a text', value);
  }

  text(key: string): string {
    return this.tryText(key) ?? fail(key);
  }

  tryFlag(key: string): boolean | undefined {
    const value = this.#metadata.values.get(key);
    if (value === undefined || value.kind === 'bool') return value?.value;
    throw wrongType(key, 'a yes or no', value);
  }

  tryCount(key: string): number | undefined {
    return this.#number(key, 'uint32');
  }

  tryShort(key: string): number | undefined {
    return this.#number(key, 'uint16');
  }

  tryFloat(key: string): number | undefined {
    return this.#number(key, 'float32');
  }

  /** A whole number within a range in which a model can exist. */
  count(key: string, smallest: number, largest: number): number {
    const value = this.tryCount(key) ?? fail(key);
    if (value < smallest || value > largest) {
      throw new GgufError(`Its "${key}" is ${value}, which no model can have. The file is damaged.`);
    }
    return value;
  }

  /** One number for every layer, or a list with a number for each; undefined when the key is absent. */
  tryCountPerLayer(key: string, layers: number): number[] | undefined {
    const value = this.#metadata.values.get(key);
    if (value?.kind !== 'array') {
      const single = this.tryCount(key);
      return single === undefined ? undefined : Array.from({ length: layers }, () => single);
    }
    const counts = this.tryCounts(key) ?? [];
    if (counts.length !== layers) {
      throw new GgufError(`Its "${key}" names ${counts.length} layers, but it has ${layers}. The file is damaged.`);
    }
    return counts;
  }

  /** A short list of whole numbers. */
  tryCounts(key: string): number[] | undefined {
    const value = this.#metadata.values.get(key);
    if (value === undefined) return undefined;
    const whole = value.kind === 'array' && (value.elementType === 'uint32' || value.elementType === 'int32');
    if (!whole || value.numbers === null) throw wrongType(key, 'a list of whole numbers', value);
    if (value.numbers.some((number) => number < 0)) {
      throw new GgufError(`Its "${key}" holds a negative number. The file is damaged.`);
    }
    return [...value.numbers];
  }

  /** A short list of yes or no, also where they are written as numbers; undefined when the key holds no list. */
  tryFlags(key: string): boolean[] | undefined {
    const value = this.#metadata.values.get(key);
    if (value?.kind !== 'array') return undefined;
    const isFlags = ['bool', 'uint32', 'int32'].includes(value.elementType);
    if (!isFlags || value.numbers === null) throw wrongType(key, 'a list of yes or no', value);
    return value.numbers.map((number) => number !== 0);
  }

  requireList(key: string, elementTypes: readonly ScalarType[]): number {
    const value = this.#metadata.values.get(key) ?? fail(key);
    if (value.kind !== 'array' || !elementTypes.includes(value.elementType)) {
      throw wrongType(key, `a list of ${elementTypes.join(' or ')} values`, value);
    }
    return value.length;
  }

  #number(key: string, type: 'uint32' | 'uint16' | 'float32'): number | undefined {
    const value = this.#metadata.values.get(key);
    if (value === undefined) return undefined;
    if (value.kind !== 'number' || value.type !== type) throw wrongType(key, `a number of type ${type}`, value);
    return value.value;
  }
}

function fail(key: string): never {
  throw new GgufError(`Its description lacks "${key}", without which llama.cpp cannot load it.`);
}

function wrongType(key: string, wanted: string, value: MetadataValue): GgufError {
  return new GgufError(`Its "${key}" should be ${wanted} but is ${describeValue(value)}. The file is damaged.`);
}
