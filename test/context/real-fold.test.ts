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
let summariser: CheckedModel;
/** Stands in the part that is folded, though not at its beginning: such a summary is taken. */
const summary = 'The market in Aarhus was finished in 1949 and repaired twice since.';
const contextTokens = 4096;
/** The model knows letters only, about four for each token of an ordinary one. */
const tokenScale = 4.5;

beforeAll(async () => {
  folder = await openModelFolder();
  const file = path.join(folder.path, 'reciter.gguf');
  await writeScriptedModel(file, { text: recitalText('word', 12), contextTokens });
  model = { ...(await checkModel('reciter', file)), contextTokens };
  const other = path.join(folder.path, 'summariser.gguf');
  await writeScriptedModel(other, { text: summary, contextTokens });
  summariser = { ...(await checkModel('summariser', other)), contextTokens };
});
afterAll(() => folder[Symbol.asyncDispose]());

test('the question after a fold makes a real model read little more than its own words, and a weak model spoils nothing', async () => {
  const { origins, summaryText, prefixRead, unread } = await foldWith(model);
  expect(origins[0]).toBe('sentences');
  expect(summaryText).not.toBe('');
  expect(prefixRead).toBeGreaterThan(500);
  // The marks around a turn are a few tokens each.
  expect(unread).toBeLessThan(question.length + 40);
});

test('a summary in the words of a real model is folded in and read ahead: the next question reads no more than itself', async () => {
  const { origins, summaryText, prefixRead, unread } = await foldWith(summariser);
  expect(origins).toContain('model');
  expect(summaryText).toContain(summary);
  expect(prefixRead).toBeGreaterThan(500);
  expect(unread).toBeLessThan(question.length + 40);
});

const question = 'And the spring?';

/** A turn, the fold after it, and a turn more; what the model found read of the second, and what it had to read. */
async function foldWith(checked: CheckedModel) {
  await using engine = openRealEngine({}, 'required');
  const reciter = engine.languageModel(checked);
  const keeping = startKeeper(plantedConversation(2400, plantedFacts.slice(0, 2)), { contextTokens, model: reciter });
  const turn = async (asked: string): Promise<Answer> => {
    keeping.add({ role: 'user', text: asked });
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
  expect(keeping.store.summaries.of(keeping.conversationId).every(({ ready }) => ready)).toBe(true);
  const after = await turn(question);
  const { total, cacheRead } = after.finish?.usage.inputTokens ?? {};
  return {
    origins: summaries.map(({ origin }) => origin),
    summaryText: summaries.map(({ text }) => text).join('\n'),
    prefixRead: cacheRead ?? 0,
    unread: (total ?? 0) - (cacheRead ?? 0),
  };
}
