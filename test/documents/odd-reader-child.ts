/** A reader that misbehaves as the name of the file says, under the real limits of its process. */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';

import type { ExtractionRequest } from '../../shared/model/documents/extraction-protocol.ts';
import { openChannel } from '../../electron/documents/host/channel.ts';
import { hardenProcess } from '../../electron/documents/host/harden.ts';
import { watchMemory } from '../../electron/documents/host/memory-watch.ts';

const setMemoryLimit = watchMemory();
hardenProcess();
const channel = openChannel();
const kept: Uint8Array[] = [];

channel.onRequest((request) => void read(request));
await channel.send({ type: 'ready' });

async function read({ id, source, limits }: ExtractionRequest): Promise<void> {
  setMemoryLimit(limits.memoryBytes);
  await channel.send({ type: 'recognised', id, format: 'text', pages: 3 });
  const sendPage = (text: string, number = 1): Promise<void> => {
    const blocks = [{ kind: 'paragraph' as const, text }];
    const page = { number, unit: 'page' as const, blocks, characters: text.length, pictures: 0 };
    return channel.send({ type: 'page', id, page });
  };
  await sendPage('the first page');
  if (source.name === 'wait') return;
  if (source.name === 'nonsense') {
    process.send?.({ type: 'page', id, page: { number: 'one' } });
    return;
  }
  if (source.name === 'abort') process.abort();
  if (source.name === 'try') await sendPage(await attempts(), 2);
  while (source.name === 'hang') kept.length = 0;
  while (source.name === 'eat') kept.push(new Uint8Array(20_000_000).fill(1));
  for (let number = 2; source.name === 'slow'; number += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await sendPage('another page', number);
  }
  await channel.send({ type: 'finished', id, title: String(process.pid), language: null, residentBytes: 1 });
}

/** What a document could make a reader do, and what becomes of it. */
async function attempts(): Promise<string> {
  const results = [
    tryTo(() => connect(80, '127.0.0.1')),
    tryTo(() => writeFileSync('/tmp/clawdbot-must-not-be', 'x')),
    tryTo(() => Reflect.construct(Function, ['return 1'])),
    String(Reflect.get(globalThis, 'fetch')),
    await import('node:child_process').then(({ spawnSync }) => tryTo(() => spawnSync('true'))),
    Object.keys(process.env).includes('CLAWDBOT_TEST_SECRET') ? 'leaked' : 'refused',
  ];
  return results.join(' ');
}

function tryTo(action: () => unknown): string {
  try {
    const result = action();
    return typeof result === 'object' && result !== null && 'error' in result ? 'refused' : 'done';
  } catch {
    return 'refused';
  }
}
