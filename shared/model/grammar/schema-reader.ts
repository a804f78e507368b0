import { GrammarError } from './grammar-error.ts';

type Json = Readonly<Record<string, unknown>>;

interface SchemaReader {
  /** An expression for what the schema at `place` describes. */
  read(schema: unknown, place: string, depth: number): string;
}

const depthLimit = 32;
const rulesLimit = 1500;
const lengthLimit = 1000;
const rangeLimit = 256;

/** Say nothing about the form of a value. */
const notes = new Set(
  '$schema $id $comment $defs definitions title description default examples deprecated readOnly writeOnly'.split(' '),
);
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'format'],
  number: ['minimum'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  boolean: [],
  null: [],
};
const formats: Readonly<Record<string, (use: (name: string) => string) => string>> = {
  date: (use) => use('date'),
  time: (use) => use('time'),
  'date-time': (use) => `${use('date')} "T" ${use('time')}`,
  uuid: (use) => use('uuid'),
};

/** Writes rules of its own into `rules`; `use` names a common one. */
export function createSchemaReader(
  document: unknown,
  rules: Map<string, string>,
  use: (name: string) => string,
): SchemaReader {
  const references = new Map<string, string>();

  const addRule = (body: string): string => {
    if (rules.size >= rulesLimit) throw new GrammarError('The schema is too large.');
    const name = `r${rules.size}`;
    rules.set(name, body);
    return name;
  };

  const read = (schema: unknown, place: string, depth: number): string => {
    if (depth > depthLimit) throw new GrammarError(`The schema is nested too deeply at ${place}.`);
    if (schema === true) return use('value');
    if (!isObject(schema)) throw new GrammarError(`The schema at ${place} is not an object.`);
    const given = Object.keys(schema).filter((key) => !notes.has(key));
    if (given.length === 0) return use('value');
    if (typeof schema['$ref'] === 'string') return only(given, ['$ref'], place, () => follow(schema['$ref'], depth));
    if ('const' in schema) return only(given, ['const', 'type'], place, () => literal(schema['const']));
    if ('enum' in schema) {
      return only(given, ['enum', 'type'], place, () => anyOf(list(schema['enum'], place), literal));
    }
    for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
      if (!(key in schema)) continue;
      const parts = list(schema[key], place);
      if (key === 'allOf' && parts.length > 1) throw cannot('allOf', place);
      let index = 0;
      return only(given, [key], place, () =>
        anyOf(parts, (part) => read(part, `${place}/${key}/${index++}`, depth + 1)),
      );
    }
    return readTyped(schema, given, place, depth);
  };

  const readTyped = (schema: Json, given: readonly string[], place: string, depth: number): string => {
    const types = typesOf(schema, place);
    const known = new Set(['type', ...types.flatMap((type) => keywordsOf[type] ?? [])]);
    // What writers of schemas add to a format says the same once more.
    if (typeof schema['format'] === 'string' && schema['format'] in formats) known.add('pattern');
    const odd = given.find((key) => !known.has(key));
    if (odd !== undefined) throw cannot(odd, place);
    return anyOf(types, (type) => {
      switch (type) {
        case 'object':
          return readObject(schema, place, depth);
        case 'array':
          return readArray(schema, place, depth);
        case 'string':
          return readString(schema, place);
        case 'integer':
          return readInteger(schema, place);
        case 'number':
          return readNumber(schema, place);
        default:
          return use(type);
      }
    });
  };

  const readObject = (schema: Json, place: string, depth: number): string => {
    const properties = schema['properties'] ?? {};
    if (!isObject(properties)) throw cannot('properties', place);
    const required = new Set(list(schema['required'] ?? [], place));
    const names = Object.keys(properties);
    const missing = [...required].find((name) => typeof name !== 'string' || !names.includes(name));
    if (missing !== undefined) {
      throw new GrammarError(`The schema at ${place} requires ${shown(missing)} without describing it.`);
    }
    if (names.length === 0) return readDictionary(schema, place, depth);
    const pairs = names.map((name) => ({
      text: `${literal(name)} ":" ${use('space')} ${read(properties[name], `${place}/properties/${name}`, depth + 1)}`,
      needed: required.has(name),
    }));
    // From the last to the first: what may follow when something was written before, and when nothing was.
    let after = '';
    let fresh = '';
    for (const { text, needed } of pairs.toReversed()) {
      const rule = addRule(text);
      const next = after === '' ? '' : ` ${after}`;
      const more = `"," ${use('space')} ${rule}${next}`;
      const begun = `${rule}${next}`;
      fresh = needed ? begun : addRule(fresh === '' ? `(${begun})?` : `${begun} | ${fresh}`);
      after = needed ? more : addRule(next === '' ? `(${more})?` : `${more} |${next}`);
    }
    return `"{" ${use('space')} ${fresh} ${use('space')} "}"`;
  };

  const readDictionary = (schema: Json, place: string, depth: number): string => {
    const other = schema['additionalProperties'];
    if (other === false) return `"{" ${use('space')} "}"`;
    if (other === undefined || other === true) return use('object');
    const value = read(other, `${place}/additionalProperties`, depth + 1);
    const pair = addRule(`${use('string')} ":" ${use('space')} ${value}`);
    return `"{" ${use('space')} (${pair} ("," ${use('space')} ${pair})* ${use('space')})? "}"`;
  };

  const readArray = (schema: Json, place: string, depth: number): string => {
    const item = addRule(read(schema['items'] ?? true, `${place}/items`, depth + 1));
    const { least, most } = lengths(schema, 'minItems', 'maxItems', place);
    if (most === 0) return `"[" ${use('space')} "]"`;
    const more = `("," ${use('space')} ${item})${times(Math.max(0, least - 1), most === undefined ? undefined : most - 1)}`;
    const items = `${item} ${most === 1 ? '' : more} ${use('space')}`;
    return `"[" ${use('space')} ${least === 0 ? `(${items})?` : items} "]"`;
  };

  const readString = (schema: Json, place: string): string => {
    const { format } = schema;
    if (format !== undefined) {
      const write = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
      if (!write) throw cannot(`format ${shown(format)}`, place);
      if ('minLength' in schema || 'maxLength' in schema) throw cannot('format with a length', place);
      return String.raw`"\"" ${write(use)} "\""`;
    }
    const { least, most } = lengths(schema, 'minLength', 'maxLength', place);
    if (least === 0 && most === undefined) return use('string');
    return most === 0 ? String.raw`"\"\""` : String.raw`"\"" ${use('char')}${times(least, most)} "\""`;
  };

  const readInteger = (schema: Json, place: string): string => {
    const bound = (key: string): number | undefined => {
      const value = schema[key];
      if (value === undefined) return undefined;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw cannot(key, place);
    };
    const [over, under] = [bound('exclusiveMinimum'), bound('exclusiveMaximum')];
    const least = Math.ceil(
      Math.max(bound('minimum') ?? -Infinity, over === undefined ? -Infinity : Math.floor(over) + 1),
    );
    const most = Math.floor(
      Math.min(bound('maximum') ?? Infinity, under === undefined ? Infinity : Math.ceil(under) - 1),
    );
    if (most < least) throw new GrammarError(`No number fits the schema at ${place}.`);
    // Fifteen digits are written at most, so that a number is exact in every program.
    const [open, noEnd] = [least <= -1e15, most >= 1e15];
    if (open && noEnd) return use('integer');
    if (least === 0 && noEnd) return use('natural');
    if (least === 1 && noEnd) return '[1-9] [0-9]{0,14}';
    if (most - least >= rangeLimit) throw cannot('a range of this size', place);
    return anyOf(
      Array.from({ length: most - least + 1 }, (_, index) => least + index),
      (value) => `"${value}"`,
    );
  };

  const readNumber = (schema: Json, place: string): string => {
    const { minimum } = schema;
    if (minimum === undefined) return use('number');
    if (minimum === 0) return `(${use('natural')}) ${use('fraction')}`;
    throw cannot('minimum other than 0 for numbers', place);
  };

  const follow = (reference: unknown, depth: number): string => {
    const target = String(reference);
    const known = references.get(target);
    if (known !== undefined) return known;
    const found = resolve(document, target);
    const name = `ref${references.size}`;
    references.set(target, name);
    rules.set(name, read(found, target, depth + 1));
    return name;
  };

  return { read };
}

function only(given: readonly string[], known: readonly string[], place: string, write: () => string): string {
  const odd = given.find((key) => !known.includes(key));
  if (odd !== undefined) throw cannot(odd, place);
  return write();
}

function typesOf(schema: Json, place: string): string[] {
  const { type } = schema;
  const types = Array.isArray(type) ? [...new Set<unknown>(type)] : type === undefined ? guessType(schema) : [type];
  return types.map((name) => {
    if (typeof name === 'string' && Object.hasOwn(keywordsOf, name)) return name;
    throw new GrammarError(`The schema at ${place} has no type that is known here.`);
  });
}

function guessType(schema: Json): string[] {
  return Object.keys(keywordsOf).filter((type) => keywordsOf[type]?.some((key) => key in schema && key !== 'minimum'));
}

function anyOf<T>(parts: readonly T[], write: (part: T) => string): string {
  const written = [...new Set(parts.map(write))];
  if (written.length === 0) throw new GrammarError('The schema leaves nothing to choose from.');
  return written.length === 1 ? `${written[0]}` : `(${written.join(' | ')})`;
}

function lengths(
  schema: Json,
  leastKey: string,
  mostKey: string,
  place: string,
): { least: number; most: number | undefined } {
  const length = (key: string): number | undefined => {
    const value = schema[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= lengthLimit) return value;
    throw cannot(`${key} of ${shown(value)}`, place);
  };
  const [least = 0, most] = [length(leastKey), length(mostKey)];
  if (most !== undefined && most < least) throw new GrammarError(`No length fits the schema at ${place}.`);
  return { least, most };
}

function times(least: number, most: number | undefined): string {
  if (most === undefined) return least === 0 ? '*' : `{${least},}`;
  return most === least ? `{${most}}` : `{${least},${most}}`;
}

function literal(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new GrammarError('The schema holds a value that JSON does not have.');
  return `"${json.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function list(value: unknown, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new GrammarError(`The schema at ${place} needs a list.`);
}

function resolve(document: unknown, reference: string): unknown {
  if (reference !== '#' && !reference.startsWith('#/')) {
    throw new GrammarError(`The schema refers to ${reference.slice(0, 100)}, which is not in it.`);
  }
  let at = document;
  for (const step of reference.split('/').slice(1)) {
    const key = unescaped(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  if (at === undefined) throw new GrammarError(`The schema refers to ${reference.slice(0, 100)}, which is not in it.`);
  return at;
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function cannot(what: string, place: string): GrammarError {
  return new GrammarError(`The schema at ${place} uses ${what}, which cannot be expressed here.`);
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 100);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
