import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { CheckedModel } from '../../electron/engine/engine.ts';
import { checkModel, openModelFolder, openRealEngine } from '../engine/real-models.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { ask, recitalText, type Answer } from '../suites/engine-asking.ts';
import { startKeeper } from './keeper-under-test.ts';
import { plantedConversation, plantedFacts } from './planted-conversation.ts';

let folder: Awaited<ReturnType<typeof openModelFolder>>;
let model: CheckedModel;
const contextTokens = 4096;
/** The model knows letters only, about four for each token of an ordinary one. */
const tokenScale = 4.5;

beforeAll(async () => {
  folder = await openModelFolder();
  const file = path.join(folder.path, 'reciter.gguf');
  await writeScriptedModel(file, { text: recitalText('word', 12), contextTokens });
  model = { ...(await checkModel('reciter', file)), contextTokens };
});
afterAll(() => folder[Symbol.asyncDispose]());

test('the question after a fold makes a real model read little more than its own words, and a weak model spoils nothing', async () => {
  await using engine = openRealEngine({}, 'required');
  const reciter = engine.languageModel(model);
  const keeping = startKeeper(plantedConversation(2400, plantedFacts.slice(0, 2)), { contextTokens, model: reciter });
  const turn = async (question: string): Promise<Answer> => {
    keeping.add({ role: 'user', text: question });
    const { prompt } = keeping.assemble({ tokenScale });
    const answer = await ask(reciter, prompt, {
      providerOptions: { clawdbot: { conversation: keeping.conversationId } },
    });
    expect(answer.error).toBeUndefined();
    keeping.add({ role: 'assistant', text: answer.text });
    keeping.keeper.turnEnded(keeping.conversationId);
    return answer;
  };
  await turn('And the winter?');
  const { summaries } = await keeping.until(
    (context) => context.summaries.length > 0 && context.folding.kind === 'idle',
  );
  expect(summaries[0]?.origin).toBe('sentences');
  expect(keeping.store.summaries.of(keeping.conversationId).every(({ ready }) => ready)).toBe(true);

  const question = 'And the spring?';
  const after = await turn(question);
  const { total = 0, cacheRead = 0 } = after.finish?.usage.inputTokens ?? {};
  expect(cacheRead).toBeGreaterThan(500);
  // The marks around a turn are a few tokens each.
  expect((total ?? 0) - (cacheRead ?? 0)).toBeLessThan(question.length + 40);
});
