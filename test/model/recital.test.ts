import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../electron/engine/engine.ts';
import { checkModel, openModelFolder, openRealEngine } from '../engine/real-models.ts';
import { ask, assistant, user } from '../suites/engine-asking.ts';
import { countingScript } from './counting-script.ts';
import { placeholderText, writePlaceholderModel } from './placeholder-model.ts';
import { writeScriptedModel, type ScriptedModelOptions } from './scripted-model.ts';

const patience = { timeout: 240_000 };
let folder: Awaited<ReturnType<typeof openModelFolder>>;
let engine: Engine;
let made = 0;

beforeAll(async () => {
  folder = await openModelFolder();
  engine = openRealEngine();
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function reciter(options: ScriptedModelOptions) {
  made += 1;
  const id = `reciter-${made}`;
  const file = path.join(folder.path, `${id}.gguf`);
  const { pieces } = await writeScriptedModel(file, options);
  return { model: engine.languageModel(await checkModel(id, file)), pieces, id };
}

const prose =
  'The river and the rain met at the bridge. The rain said: **go on**, and the river went on.\n\n' +
  '- one thing\n- another thing\n\n```ts\nconst rain = 1;\nconst river = 2;\n```\n\n你好，这是雨，这是河。\n';

describe('llama.cpp, given a scripted model,', () => {
  test('recites its text to the letter, whatever it is asked and however hot it is', patience, async () => {
    const { model } = await reciter({ text: prose });
    for (const question of ['Hello', '你好吗？\u{1f642}\u0000\ufffd', prose, 'river rain bridge 1;']) {
      const answer = await ask(model, [user(question)], { temperature: 1, topK: 0, topP: 1, seed: 7 });
      expect(answer.error).toBeUndefined();
      expect(answer.text).toBe(prose);
      expect(answer.finish?.finishReason.unified).toBe('stop');
    }
  });

  test('goes on where an unfinished answer ends', patience, async () => {
    const { model, pieces } = await reciter({ text: prose });
    for (let said = 1; said < pieces.length; said += 1) {
      const begun = pieces.slice(0, said).join('');
      const answer = await ask(model, [user('Hello'), assistant(begun)]);
      expect(answer.text).toBe(pieces.slice(said).join(''));
    }
  });

  test('begins again after a whole answer', patience, async () => {
    const { model } = await reciter({ text: 'All is well.' });
    const turns = [user('Hello'), assistant('All is well.'), user('Again?')];
    expect((await ask(model, turns)).text).toBe('All is well.');
  });

  test('recites thousands of words, and goes on in their middle', patience, async () => {
    const text = countingScript(5000);
    const { model, pieces } = await reciter({ text });
    expect((await ask(model, [user('Count')])).text).toBe(text);
    const begun = pieces.slice(0, 2500).join('');
    expect((await ask(model, [user('Count'), assistant(begun)])).text).toBe(text.slice(begun.length));
  });

  test('recites any text', patience, async () => {
    const word = fc.oneof(
      fc.constantFrom('the', 'and', 'so', '你', '好。', '\n', '**b**'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    );
    const script = fc
      .array(word, { minLength: 1, maxLength: 40 })
      .map((words, index = 0) => `Script ${index}: ${words.join(' ')}`)
      // Ends in something of its own, so that it repeats no long passage.
      .map((text) => `${text.replaceAll('\0', '')} the end.`);
    await fc.assert(
      fc.asyncProperty(script, async (text) => {
        const { model, id } = await reciter({ text });
        const answer = await ask(model, [user('Hello')]);
        await engine.unload(id);
        expect(answer.text).toBe(text);
      }),
      { numRuns: 25, seed: 20_261_121 },
    );
  });

  test('is slowed down by words that are never said', patience, async () => {
    const { model } = await reciter({ text: prose, silentWords: 20_000, width: 576, layers: 2, feedForward: 96 });
    expect((await ask(model, [user('Hello')])).text).toBe(prose);
  });

  test('says of the placeholder that it is one, in two languages', patience, async () => {
    const file = path.join(folder.path, 'placeholder.gguf');
    const { sizeBytes } = await writePlaceholderModel(file);
    expect(sizeBytes).toBeLessThan(3e6);
    const answer = await ask(engine.languageModel(await checkModel('placeholder', file)), [user('Who are you?')]);
    expect(answer.text).toBe(placeholderText);
    expect(answer.text).toMatch(/^I am a placeholder.*--model FILE.*占位模型/s);
  });
});
