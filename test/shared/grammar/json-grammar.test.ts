import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGbnf } from '../../../shared/model/grammar/check-gbnf.ts';
import { GrammarError } from '../../../shared/model/grammar/grammar-error.ts';
import { jsonGrammar } from '../../../shared/model/grammar/json-grammar.ts';

test.each([
  ['any object', undefined],
  ['anything', {}],
  ['a list of anything', { type: 'array' }],
  ['a document that holds itself', { type: 'object', properties: { next: { $ref: '#' } } }],
  ['many optional properties', { properties: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, {}])) }],
])('%s can be described', (_what, schema) => {
  expect(() => checkGbnf(jsonGrammar(schema))).not.toThrow();
});

test.each([
  ['pattern', { type: 'string', pattern: '^a' }, 'pattern'],
  ['an unknown format', { type: 'string', format: 'email' }, 'format email'],
  ['several conditions at once', { allOf: [{}, { type: 'string' }] }, 'allOf'],
  ['a wide range', { type: 'integer', minimum: 5, maximum: 5000 }, 'range'],
  ['a property that is not described', { type: 'object', required: ['a'] }, 'requires a'],
  ['another document', { $ref: 'https://example.org/schema' }, 'refers to'],
  ['a long text', { type: 'string', maxLength: 100_000 }, 'maxLength'],
  ['a deep place', { properties: { a: { items: { not: {} } } } }, '#/properties/a/items'],
  ['unique items', { type: 'array', uniqueItems: true }, 'uniqueItems'],
])('%s is refused by name', (_what, schema, reason) => {
  expect(() => jsonGrammar(schema)).toThrowError(
    expect.objectContaining({ name: 'GrammarError', message: expect.stringContaining(reason) }),
  );
});

test('a schema that is nested or refers without end is refused', () => {
  let deep: unknown = {};
  for (let level = 0; level < 50_000; level += 1) deep = { items: deep };
  expect(() => jsonGrammar(deep)).toThrowError(GrammarError);
  expect(() => checkGbnf(jsonGrammar({ $ref: '#' }))).toThrowError(GrammarError);
  const wide = { properties: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`p${i}`, {}])) };
  expect(() => checkGbnf(jsonGrammar(wide))).toThrowError(GrammarError);
});

test('any value is a schema or is refused in order', () => {
  const keyword = fc.constantFrom('type', 'properties', 'items', 'enum', 'anyOf', 'required', '$ref', 'minLength', 'x');
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>('object', 'array', 'string', '#', '#/properties/a', 1, -1, null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (schema) => {
      try {
        checkGbnf(jsonGrammar(schema));
      } catch (error) {
        expect(error).toBeInstanceOf(GrammarError);
      }
    }),
  );
});
