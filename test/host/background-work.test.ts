import { mkdirSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

import { createCore, type Core } from '../../electron/core.ts';
import type { ThreadContext } from '../../shared/contract/index.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { createPorts } from '../rpc/core-under-test.ts';
import { tempFolder } from './headless-under-test.ts';

const waiting = { timeout: 60_000, interval: 50 };

async function ask(core: Core, text: string, conversationId: string | null): Promise<string> {
  const reply = core.chat.send({ requestId: randomUUID(), conversationId, text, modelId: null });
  for await (const event of core.chat.watchThread(reply.conversationId, new AbortController().signal)) {
    if ((event.type === 'snapshot' || event.type === 'conversation') && !event.conversation.running) break;
  }
  return reply.conversationId;
}

async function until(core: Core, conversationId: string, wanted: (context: ThreadContext) => boolean): Promise<void> {
  for await (const context of core.context.watch(conversationId, new AbortController().signal)) {
    if (wanted(context)) return;
  }
}

test('the core names a conversation and folds it while nobody waits, and what is asked next reads little', async () => {
  const data = tempFolder();
  mkdirSync(path.join(data, 'models'));
  await writeTinyModel(path.join(data, 'models', 'one.gguf'), { name: 'one', contextTokens: 2048 });
  const engine = createFakeEngine({
    scripts: {
      one: {
        reply: (prompt) => {
          const [first, last] = [prompt[0]?.text ?? '', prompt.at(-1)?.text ?? ''];
          if (first.includes('title')) return 'Walks around the harbour';
          if (first.includes('minutes')) return 'nonsense';
          return `About that harbour walk: ${last.slice(0, 40)} is a good question, and ${'the pier leads along the water to the light at its end. '.repeat(5)}`;
        },
      },
    },
  });
  const core = await createCore(createPorts(data, new Uint8Array(32).fill(7), silentLog), {
    createEngine: () => engine,
  });
  try {
    await vi.waitFor(() => expect(core.models.current().models).toHaveLength(1), waiting);
    const conversationId = await ask(core, 'What is there to see on a stroll at the harbour in the evening?', null);
    await vi.waitFor(
      () => expect(core.chat.list(null, 1).conversations[0]?.title).toBe('Walks around the harbour'),
      waiting,
    );
    for (let index = 0; index < 14; index += 1) await ask(core, `And what about pier number ${index}?`, conversationId);
    await until(core, conversationId, ({ summaries, folding }) => summaries.length > 0 && folding.kind === 'idle');

    await ask(core, 'And the lighthouse?', conversationId);
    const { messages } = await snapshot(core, conversationId);
    const stats = messages.at(-1)?.stats;
    expect(stats?.omittedMessages).toBe(0);
    expect(stats?.cachedTokens).toBeGreaterThan(100);
    expect((stats?.promptTokens ?? Infinity) - (stats?.cachedTokens ?? 0)).toBeLessThan(20);
    // A title of a person stays.
    core.chat.rename(conversationId, 'Mine');
    core.chat.suggestTitle(conversationId, 'Not mine');
    expect(core.chat.list(null, 1).conversations[0]?.title).toBe('Mine');
  } finally {
    await core[Symbol.asyncDispose]();
  }
});

test('what is known of the context belongs to one database: after a restore nothing of the other is shown', async () => {
  const data = tempFolder();
  mkdirSync(path.join(data, 'models'));
  await writeTinyModel(path.join(data, 'models', 'one.gguf'), { name: 'one', contextTokens: 2048 });
  const reply = `The pier leads along the water to the light at its end. ${'It is long and bright, and the boats come in beside it. '.repeat(5)}`;
  const engine = createFakeEngine({ scripts: { one: { reply: () => reply } } });
  const core = await createCore(createPorts(data, new Uint8Array(32).fill(7), silentLog), {
    createEngine: () => engine,
  });
  try {
    await vi.waitFor(() => expect(core.models.current().models).toHaveLength(1), waiting);
    const conversationId = await ask(core, 'What is there to see on a stroll at the harbour?', null);
    await core.keep.takeSnapshot();
    for (let index = 0; index < 14; index += 1) await ask(core, `And what about pier number ${index}?`, conversationId);
    const shown = core.context.watch(conversationId, new AbortController().signal)[Symbol.asyncIterator]();
    let now = await shown.next();
    while (now.value === undefined || now.value.summaries.length === 0 || now.value.folding.kind !== 'idle') {
      now = await shown.next();
    }
    const { id } = await firstSnapshot(core);
    await core.keep.restoreSnapshot(id);
    expect((await shown.next()).value).toEqual({ summaries: [], folding: { kind: 'idle' } });
  } finally {
    await core[Symbol.asyncDispose]();
  }
});

async function firstSnapshot(core: Core): Promise<{ readonly id: string }> {
  for await (const { snapshots } of core.keep.watch(new AbortController().signal)) {
    const [first] = snapshots;
    if (first !== undefined) return first;
  }
  throw new Error('There is no snapshot.');
}

async function snapshot(core: Core, conversationId: string) {
  for await (const event of core.chat.watchThread(conversationId, new AbortController().signal)) {
    if (event.type === 'snapshot') return event;
  }
  throw new Error('There was no snapshot.');
}
