import path from 'node:path';
import { expect, test } from 'vitest';

import { writeScriptedModel } from '../model/scripted-model.ts';
import type { ContractClient } from '../suites/contract-client.ts';
import { openClient, signIn, startHeadless, tempFolder } from './headless-under-test.ts';

const environment = { CLAWDBOT_ENGINE_THREADS: '1' };

async function open(args: readonly string[]) {
  const host = await startHeadless(['--port', '0', ...args], environment);
  return { host, client: await openClient(host.port, await signIn(host.url)) };
}

async function engineOf(client: ContractClient, except: ReadonlySet<number>) {
  for await (const { engine } of await client.app.watchStatus()) {
    if (engine.kind === 'ready' && !except.has(engine.processId)) return engine;
  }
  throw new Error('The engine never got ready.');
}

/** Asks, and does something at the first word; answers how it ended. */
async function ask(client: ContractClient, requestId: string, act: (conversationId: string) => Promise<unknown>) {
  const { conversationId, replyId } = await client.chat.send({
    requestId,
    conversationId: null,
    text: 'Go',
    modelId: null,
  });
  let acted = false;
  for await (const event of await client.chat.watchThread({ conversationId })) {
    const messages = event.type === 'snapshot' ? event.messages : event.type === 'message' ? [event.message] : [];
    const reply = messages.find(({ id }) => id === replyId);
    if (reply && reply.state !== 'running') return reply;
    const speaks = event.type === 'delta' || (reply !== undefined && reply.text !== '');
    if (speaks && !acted) {
      acted = true;
      await act(conversationId);
    }
  }
  throw new Error('The answer never ended.');
}

async function modelOf(client: ContractClient) {
  for await (const { models } of await client.models.watch()) return models[0];
  throw new Error('There was no list.');
}

test(
  'a model that takes the engine along is set aside, also after a restart of the host',
  { timeout: 180_000 },
  async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'long.gguf');
    const words = Array.from({ length: 4_000 }, (_, index) => `word${index}`);
    await writeScriptedModel(file, { text: words.join(' '), name: 'Long' });
    const args = ['--data-dir', path.join(folder, 'data'), '--model', file];
    const first = await open(args);
    const seen = new Set<number>();
    for (let crash = 1; crash <= 3; crash += 1) {
      const reply = await ask(first.client, `crash ${crash}`, async () => {
        const { processId, careful } = await engineOf(first.client, seen);
        seen.add(processId);
        expect(careful).toBe(crash === 3 ? true : undefined);
        process.kill(processId, 'SIGSEGV');
      });
      expect(reply).toMatchObject({ state: 'interrupted', error: { code: 'ENGINE_CRASHED' } });
      expect(reply.text).toContain('word0');
    }
    const setAside = { kind: 'quarantined', crashes: 3, reason: 'signal SIGSEGV' };
    expect((await modelOf(first.client))?.state).toEqual(setAside);
    const refused = first.client.chat.send({ requestId: 'refused', conversationId: null, text: 'Go', modelId: null });
    await expect(refused).rejects.toMatchObject({ code: 'MODEL_QUARANTINED' });
    first.host.child.kill('SIGTERM');
    await first.host.ended();

    const { client } = await open(args);
    const model = await modelOf(client);
    expect(model?.state).toEqual(setAside);
    await client.models.use({ modelId: model?.id ?? '' });
    const reply = await ask(client, 'again', async (conversationId) => {
      expect(await engineOf(client, seen)).toMatchObject({ careful: true });
      await client.chat.stop({ conversationId });
    });
    expect(reply.state).toBe('stopped');
  },
);
