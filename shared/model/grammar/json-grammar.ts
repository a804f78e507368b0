import { GrammarError } from './grammar-error.ts';
import { createSchemaReader } from './schema-reader.ts';

/** Rules that every JSON grammar may use. */
const commonRules: Readonly<Record<string, string>> = {
  space: String.raw`| " " | "\n" [ \t]{0,20}`,
  // Half a character cannot be written: an escape from D800 to DFFF is no character by itself.
  char: String.raw`[^"\\\x7F\x00-\x1F\uD800-\uDFFF\U00110000-\U001FFFFF] | "\\" (["\\/bfnrt] | "u" ([0-9a-cefA-CEF] hex hex hex | [dD] [0-7] hex hex))`,
  hex: '[0-9a-fA-F]',
  string: String.raw`"\"" char* "\""`,
  integer: '"-"? ("0" | [1-9] [0-9]{0,14})',
  natural: '"0" | [1-9] [0-9]{0,14}',
  fraction: '("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?',
  number: 'integer fraction',
  boolean: '"true" | "false"',
  null: '"null"',
  object: '"{" space (string ":" space value ("," space string ":" space value)* space)? "}"',
  array: '"[" space (value ("," space value)* space)? "]"',
  value: 'object | array | string | number | boolean | null',
  date: '[0-9] [0-9] [0-9] [0-9] "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | "1" [0-9] | "2" [0-8])',
  time: '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{3})? ("Z" | [+-] ("0" [0-9] | "1" [0-3]) ":" [0-5] [0-9])',
  uuid: 'hex{8} "-" hex{4} "-4" hex{3} "-" [89abAB] hex{3} "-" hex{12}',
};

/**
 * A grammar in GBNF for the JSON that a schema describes: object, array, string, number, integer, boolean, null, enum,
 * const, oneOf, anyOf, required, additionalProperties, references within the document, lengths of strings and arrays, small
 * ranges of integers, and the formats date, time, date-time and uuid. An object holds the properties that are named, in
 * their order. Undefined describes any object.
 * @throws GrammarError naming the place and the keyword that cannot be expressed
 */
export function jsonGrammar(schema: unknown): string {
  const written = new Map<string, string>();
  const used = new Set<string>();
  const use = (name: string): string => {
    if (used.has(name)) return name;
    used.add(name);
    const body = commonRules[name];
    if (body === undefined) throw new GrammarError(`There is no rule ${name}.`);
    const names = body.replaceAll(/"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]/g, '').matchAll(/[a-z]+/g);
    for (const [other] of names) use(other);
    return name;
  };
  const reader = createSchemaReader(schema, written, use);
  const root = schema === undefined ? use('object') : reader.read(schema, '#', 0);
  const rules = [`root ::= ${root}`];
  for (const [name, body] of written) rules.push(`${name} ::= ${body}`);
  for (const name of used) rules.push(`${name} ::= ${commonRules[name]}`);
  return `${rules.join('\n')}\n`;
}
