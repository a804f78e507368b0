import { isDefinedError, safe } from '@orpc/client';
import { expect, test } from 'vitest';

import type { DataStatus, ImportJob } from '../../shared/contract/index.ts';
import { claudeConversation } from '../transfer/foreign-exports.ts';
import type { ContractClient } from './contract-client.ts';

/** What the contract does to keep what was written: deleting, the bin, snapshots, ways in. */
export function keepingCases(client: () => ContractClient): void {
  const binOf = async () => (await client().data.bin({ after: null, limit: 200 })).items;

  test('brings back from the bin what was deleted, of every kind', async () => {
    const { chat, data, folders, presets } = client();
    const kept = await chat.create({ title: 'Dunes' });
    const folder = await folders.create({ name: 'Sand' });
    const setup = { systemPrompt: 'Be brief.', modelId: null, parameters: {} };
    const preset = await presets.create({ name: 'Guide', setup });
    await chat.remove({ conversationId: kept.id });
    await folders.remove({ folderId: folder.id });
    await presets.remove({ presetId: preset.id });
    expect(await binOf()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'conversation', id: kept.id, title: 'Dunes' }),
        expect.objectContaining({ kind: 'folder', id: folder.id, title: 'Sand' }),
        expect.objectContaining({ kind: 'preset', id: preset.id, title: 'Guide' }),
      ]),
    );
    expect(await chat.restore({ conversationId: kept.id })).toMatchObject({ title: 'Dunes' });
    await folders.restore({ folderId: folder.id });
    await presets.restore({ presetId: preset.id });
    const ids = (await binOf()).map(({ id }) => id);
    for (const { id } of [kept, folder, preset]) expect(ids).not.toContain(id);
    const { error } = await safe(data.deleteForGood({ id: kept.id }));
    expect(isDefinedError(error) && error.code).toBe('NOT_IN_BIN');
  });

  test('deletes for good one thing of the bin, or everything in it', async () => {
    const { chat, data } = client();
    const [first, second] = [await chat.create({ title: 'First' }), await chat.create({ title: 'Second' })];
    for (const { id } of [first, second]) await chat.remove({ conversationId: id });
    await data.deleteForGood({ id: first.id });
    const { error } = await safe(chat.restore({ conversationId: first.id }));
    expect(isDefinedError(error) && error.code).toBe('CONVERSATION_NOT_FOUND');
    const { total } = await data.bin({ after: null, limit: 1 });
    expect(await data.emptyBin()).toEqual({ deleted: total });
    expect(await data.bin({ after: null, limit: 1 })).toEqual({
      items: [],
      next: null,
      total: 0,
      counts: { conversation: 0, message: 0, folder: 0, preset: 0, document: 0, collection: 0 },
    });
    const page = await safe(data.bin({ after: 'nonsense', limit: 1 }));
    expect(page.error).toMatchObject({ code: 'BAD_INPUT', defined: true });
  });

  test('makes a snapshot and puts it back', async () => {
    const { chat, data } = client();
    const before = await chat.create({ title: 'Before' });
    await data.takeSnapshot();
    const { snapshots } = await until<DataStatus>(data.watch(), ({ snapshots: made }) => made.length > 0);
    const after = await chat.create({ title: 'After' });
    await data.restoreSnapshot({ id: snapshots[0]?.id ?? '' });
    const ids = (await chat.list({ before: null, limit: 500 })).conversations.map(({ id }) => id);
    expect(ids).toContain(before.id);
    expect(ids).not.toContain(after.id);
    const { error } = await safe(data.restoreSnapshot({ id: 'gone' }));
    expect(error).toMatchObject({ code: 'SNAPSHOT_NOT_FOUND', defined: true, data: { id: 'gone' } });
    await data.dismissRepair();
    expect(await until<DataStatus>(data.watch(), () => true)).toMatchObject({ repair: null });
  });

  test('imports a file that was handed over, and forgets the report when it was read', async () => {
    const { chat, data, files } = client();
    const text = Buffer.from(JSON.stringify([claudeConversation(1)]));
    const { ticket } = await files.begin({ name: 'claude.json', sizeBytes: text.length });
    await files.piece({ ticket, offset: 0, base64: text.toString('base64') });
    await data.startImport({ ticket });
    const job = await until<ImportJob | null>(data.watchImport(), (now) => now !== null && now.state !== 'running');
    expect(job).toMatchObject({ state: 'done', fileName: 'claude.json', added: 1, lostCount: 0 });
    const titles = (await chat.list({ before: null, limit: 500 })).conversations.map(({ title }) => title);
    expect(titles).toContain('Rivers 1');
    await data.cancelImport();
    await data.dismissImport();
    expect(await until<ImportJob | null>(data.watchImport(), () => true)).toBeNull();
    const { error } = await safe(data.startImport({ ticket }));
    expect(isDefinedError(error) && error.code).toBe('FILE_NOT_HANDED_OVER');
  });
}

async function until<T>(stream: Promise<AsyncIterable<T>>, wanted: (event: T) => boolean): Promise<T> {
  for await (const event of await stream) if (wanted(event)) return event;
  throw new Error('The stream ended before what was waited for.');
}
