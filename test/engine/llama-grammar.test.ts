import path from 'node:path';
import fc from 'fast-check';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { findMisfit } from '../../shared/model/grammar/find-misfit.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Schemas of which every value is short, so that a model of noise comes to an end. */
const schemas: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema; leaf: Schema }>((tie) => ({
  leaf: fc.oneof(
    fc.record({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.integer({ min: 2, max: 6 }) }),
    fc.record({ type: fc.constant('string'), format: fc.constantFrom('date', 'date-time', 'uuid') }),
    fc.constantFrom<Schema>(
      { type: 'integer' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'null' },
      { type: ['integer', 'null'] },
      { type: 'integer', minimum: -3, maximum: 12 },
      { type: 'number', minimum: 0 },
      { const: { 'a "b"\\': [1, null] } },
      { $ref: '#/$defs/shared' },
    ),
    fc.record({ enum: fc.uniqueArray(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 3 }) }),
  ),
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    tie('leaf'),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema'),
      minItems: fc.nat(2),
      maxItems: fc.integer({ min: 2, max: 3 }),
    }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc
      .tuple(fc.dictionary(fc.string({ maxLength: 4 }), tie('schema'), { maxKeys: 4 }), fc.array(fc.boolean()))
      .filter(([properties]) => Object.keys(properties).length > 0)
      .map(([properties, needed]) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).filter((_, index) => needed[index] === true),
        additionalProperties: false,
      })),
  ),
})).schema;

describe.each([
  ["by llama.cpp's own functions", 'required'],
  ['through node-llama-cpp', 'off'],
] as const)('grammars %s', (_way, native) => {
  let folder: Awaited<ReturnType<typeof openModelFolder>>;
  let engine: Engine;
  let tiny: LanguageModelV4;

  beforeAll(async () => {
    folder = await openModelFolder();
    engine = openRealEngine({}, native);
    const file = path.join(folder.path, 'tiny.gguf');
    await writeTinyModel(file, { contextTokens: 8192 });
    tiny = engine.languageModel(await checkModel('tiny', file));
  });

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const noise: Partial<LanguageModelV4CallOptions> = { temperature: 1, topK: 0, topP: 1, seed: 1 };
  const withGrammar = (grammar: string): Partial<LanguageModelV4CallOptions> => ({
    ...noise,
    maxOutputTokens: 200,
    providerOptions: { clawdbot: { grammar } },
  });

  test('an answer matches the grammar, whatever the model would rather say', async () => {
    const answer = await ask(tiny, [user('Hi')], withGrammar('root ::= ("ha" | "ho"){3} "!" mark\nmark ::= [?…]'));
    expect(answer.error).toBeUndefined();
    expect(answer.text).toMatch(/^(?:ha|ho){3}![?…]$/);
    expect(answer.finish?.finishReason.unified).toBe('stop');
  });

  test('what the model says by itself stays as it is when the grammar allows it', async () => {
    const file = path.join(folder.path, 'reciter.gguf');
    const text = '{"answer": 42, "why": "so"}';
    await writeScriptedModel(file, { text });
    const model = engine.languageModel(await checkModel('reciter', file));
    const answer = await ask(model, [user('Hi')], { responseFormat: { type: 'json' } });
    expect(answer.text).toBe(text);
  });

  test('JSON without a schema is an object', async () => {
    const schema = { type: 'object', properties: { is: { type: 'boolean' } }, required: ['is'] } as const;
    const answer = await ask(tiny, [user('Hi')], { ...noise, responseFormat: { type: 'json', schema } });
    expect(answer.error).toBeUndefined();
    expect(JSON.parse(answer.text)).toEqual({ is: expect.any(Boolean) });
  });

  test('for any schema the answer is JSON that the schema allows', async () => {
    const shared: Schema = { type: 'array', items: { enum: ['x', 1, null] }, maxItems: 2 };
    await fc.assert(
      fc.asyncProperty(schemas, fc.nat(1_000_000), async (inner, seed) => {
        const schema = { ...inner, $defs: { shared } };
        const answer = await ask(tiny, [user('Hi')], {
          ...noise,
          seed,
          maxOutputTokens: 6000,
          responseFormat: { type: 'json', schema },
        });
        expect(answer.error).toBeUndefined();
        expect(answer.finish?.finishReason.unified).toBe('stop');
        const value: unknown = JSON.parse(answer.text);
        // The noise may write bytes that are no text: each of them counts as a character then.
        if (answer.text.includes('\uFFFD')) return;
        expect(findMisfit(value, schema), `${answer.text} for ${JSON.stringify(schema)}`).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  test('a grammar that llama.cpp does not understand fails the answer by its name', async () => {
    const answer = await ask(tiny, [user('Hi')], withGrammar(String.raw`root ::= "\q"`));
    expect(answer.error).toMatchObject({ code: 'BAD_INPUT', data: { issues: [{ path: 'grammar' }] } });
    expect(engine.state.kind).toBe('ready');
  });
});
