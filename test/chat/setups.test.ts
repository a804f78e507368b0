import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { toCallOptions } from '../../electron/chat/call-options.ts';
import { parseSampling } from '../../electron/engine/sampling-options.ts';
import { build } from '../../electron/store/query-builder.ts';
import { conversationSetupSchema } from '../../shared/contract/setups.ts';
import { emptySetup, parameterRanges, type ConversationSetup } from '../../shared/model/turn-setup.ts';
import { failureOf } from '../store/failure-of.ts';
import { newRequestId, startChat, type ChatUnderTest } from './chat-under-test.ts';

const pirate: ConversationSetup = {
  systemPrompt: 'Answer as a pirate.',
  modelId: 'other',
  parameters: { temperature: 1.2, topP: 0.5, maxTokens: 200, seed: 7, thinking: false, minP: 0.1 },
  presetId: null,
};

async function setupOf({ chat }: ChatUnderTest, conversationId: string): Promise<ConversationSetup | undefined> {
  for await (const setup of chat.setups.watch(conversationId, new AbortController().signal)) return setup;
  return undefined;
}

describe('what a conversation sets', () => {
  test('counts from the next answer on: words before it, model, parameters', async () => {
    const under = startChat();
    under.settings.systemPrompt = 'Be brief.';
    const { conversationId } = await under.exchange('One?', 'One.');
    expect(under.models.main.calls[0]?.lines[0]).toBe('system: Be brief.');
    expect(await setupOf(under, conversationId)).toEqual(emptySetup);
    under.chat.setups.set(conversationId, pirate);
    under.ask('Two?', conversationId);
    const call = await under.models.other.nextCall();
    expect(call.lines[0]).toBe('system: Answer as a pirate.');
    expect(call.options).toMatchObject({
      temperature: 1.2,
      topP: 0.5,
      maxOutputTokens: 200,
      seed: 7,
      reasoning: 'none',
      providerOptions: { clawdbot: { conversation: conversationId, minP: 0.1 } },
    });
    await under.finish(call, conversationId);
    expect((await under.messages(conversationId)).at(-1)?.model?.id).toBe('other');
  });

  test('an empty system prompt is none, not the one of the settings', async () => {
    const under = startChat();
    under.settings.systemPrompt = 'Be brief.';
    const { id } = under.chat.create(null);
    under.chat.setups.set(id, { ...emptySetup, systemPrompt: '' });
    under.ask('Two?', id);
    expect((await under.models.main.nextCall()).lines).toEqual(['user: Two?']);
  });

  test('is set with the message that begins it, and kept', async () => {
    const under = startChat();
    const request = { requestId: newRequestId(), conversationId: null, text: 'Ahoy?', modelId: null, setup: pirate };
    const { conversationId } = under.chat.send(request);
    const call = await under.models.other.nextCall();
    expect(call.lines).toEqual(['system: Answer as a pirate.', 'user: Ahoy?']);
    await under.finish(call, conversationId);
    const again = await under.restart();
    expect(await setupOf(again, conversationId)).toEqual(pirate);
    again.chat.edit({ ...request, requestId: newRequestId(), messageId: await firstMessage(again, conversationId) });
    expect((await again.models.other.nextCall()).options.temperature).toBe(1.2);
  });

  test('a model that is asked for goes before it, and one that is gone is said, not replaced', async () => {
    const under = startChat();
    const { id } = under.chat.create(null);
    under.chat.setups.set(id, pirate);
    under.chat.send({ requestId: newRequestId(), conversationId: id, text: 'Hm?', modelId: 'main' });
    await under.finish(await under.models.main.nextCall(), id);
    under.forget('other');
    expect(failureOf(() => under.ask('Again?', id)).code).toBe('MODEL_NOT_FOUND');
  });

  test('is followed by every window', async () => {
    const under = startChat();
    const { id } = under.chat.create(null);
    const watch = under.chat.setups.watch(id, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await watch.next()).value).toEqual(emptySetup);
    under.chat.setups.set(id, pirate);
    expect((await watch.next()).value).toEqual(pirate);
    await watch.return?.();
    expect(failureOf(() => under.chat.setups.set('gone', pirate)).code).toBe('CONVERSATION_NOT_FOUND');
  });

  test('that another version wrote and this one cannot read is as if nothing was set', async () => {
    const under = startChat();
    const { id } = under.chat.create(null);
    under.chat.setups.set(id, pirate);
    under.database.run(sql`UPDATE conversation_setups SET setup = '{"systemPrompt":7}'`.compile(build));
    expect(await setupOf(under, id)).toEqual(emptySetup);
  });

  test('whatever the contract lets through, the engine takes', () => {
    const number = ([from, to]: readonly [number, number], whole: boolean) =>
      whole ? fc.integer({ min: from, max: to }) : fc.double({ min: from, max: to, noNaN: true });
    const parameters = fc.record(
      {
        temperature: number(parameterRanges.temperature, false),
        topP: number(parameterRanges.topP, false),
        topK: number(parameterRanges.topK, true),
        minP: number(parameterRanges.minP, false),
        repeatPenalty: number(parameterRanges.repeatPenalty, false),
        maxTokens: number(parameterRanges.maxTokens, true),
        seed: number(parameterRanges.seed, true),
        thinking: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parameters, (given) => {
        const parsed = conversationSetupSchema.parse({ ...emptySetup, parameters: given });
        expect(parsed.parameters).toEqual(given);
        const sampling = parseSampling({ ...toCallOptions('c', parsed.parameters), prompt: [] });
        expect(sampling.seed).toBe(given.seed ?? null);
        expect(sampling.maxTokens).toBe(given.maxTokens ?? null);
        expect(sampling.reasoning).toBe(given.thinking !== false);
        if (given.temperature !== undefined) expect(sampling.temperature).toBe(given.temperature);
      }),
    );
  });
});

describe('presets', () => {
  const setup = { systemPrompt: 'Translate.', modelId: null, parameters: { temperature: 0 } };

  test('are made, changed, deleted and brought back', async () => {
    const under = startChat();
    const made = under.chat.presets.create(' Translator ', setup);
    expect(made).toMatchObject({ name: 'Translator', setup });
    under.chat.presets.update(made.id, '译者', { ...setup, modelId: 'other' });
    under.chat.presets.create('Another', setup);
    const again = await under.restart();
    const watch = again.chat.presets.watch(new AbortController().signal)[Symbol.asyncIterator]();
    expect((await watch.next()).value).toMatchObject([
      { name: 'Another' },
      { name: '译者', setup: { modelId: 'other' } },
    ]);
    again.chat.presets.remove(made.id);
    expect((await watch.next()).value).toMatchObject([{ name: 'Another' }]);
    expect(failureOf(() => again.chat.presets.update(made.id, 'x', setup)).code).toBe('PRESET_NOT_FOUND');
    again.chat.presets.restore(made.id);
    expect((await watch.next()).value).toHaveLength(2);
    await watch.return?.();
  });
});

async function firstMessage(under: ChatUnderTest, conversationId: string): Promise<string> {
  return (await under.messages(conversationId))[0]?.id ?? '';
}
