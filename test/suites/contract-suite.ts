import { isDefinedError, safe } from '@orpc/client';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { payloadLimitBytes } from '../../electron/rpc/connection.ts';
import {
  contract,
  type DocumentEvent,
  type DocumentInfo,
  type Message,
  type ThreadEvent,
} from '../../shared/contract/index.ts';
import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { makePdf } from '../documents/files/pdf-writer.ts';
import type { ContractClient } from './contract-client.ts';
import { keepingCases } from './contract-keeping.ts';
import { threadCases } from './contract-threads.ts';
import { quickAnswer, startCore, type CoreUnderTest } from '../rpc/core-under-test.ts';

/** One caller's line to the router. */
export interface ContractLine {
  readonly client: ContractClient;
  /** Breaks the line as a page that crashes would. */
  drop(): void | Promise<void>;
}

export interface ContractTransport {
  readonly name: string;
  /** Whether calls travel as messages; if not, there is no line to break, no route to mistype, no bytes to limit. */
  readonly messages: boolean;
  /** Prepares the far side once for the whole suite. */
  open(services: CoreUnderTest['services']): Promise<{ connect(): Promise<ContractLine>; close(): Promise<void> }>;
}

/** What every transport of the contract does, on a real core. */
export function contractSuite(transport: ContractTransport): void {
  describe(transport.name, () => {
    let core: CoreUnderTest;
    let far: Awaited<ReturnType<ContractTransport['open']>>;
    let line: ContractLine;
    let client: ContractClient;
    const called = new Set<string>();

    beforeAll(async () => {
      core = await startCore();
      far = await transport.open(core.services);
      line = await far.connect();
      client = recordingRoutes(line.client, called);
      // The rest is about models by name; they are found in the background.
      await vi.waitFor(() => expect(core.core.models.current().models).toHaveLength(2), { timeout: 30_000 });
    });

    afterAll(async () => {
      await line.drop();
      await far.close();
      await core[Symbol.asyncDispose]();
    });

    const noStreamsLeft = () => vi.waitFor(() => expect(core.openStreams()).toBe(0), { timeout: 30_000 });

    const ask = (text: string, modelId: string, conversationId: string | null = null) =>
      client.chat.send({ requestId: randomUUID(), conversationId, text, modelId });

    test('answers a call', async () => {
      const made = await client.chat.create({ title: 'Tides' });
      expect(made).toMatchObject({ title: 'Tides', running: false, pinned: false });
      const { conversations } = await client.chat.list({ before: null, limit: 500 });
      expect(conversations).toContainEqual(made);
      expect(await client.app.info()).toMatchObject({
        version: '0.0.1',
        host: 'headless',
        dataDirectory: core.dataDirectory,
      });
    });

    test('begins a stream with a snapshot and follows what happens, to the last word', async () => {
      const { conversationId, replyId } = await ask('Why is there a tide?', 'quick');
      const reply = await follow(await client.chat.watchThread({ conversationId }), replyId, 'done');
      expect(reply).toMatchObject({ role: 'assistant', state: 'done', text: quickAnswer });
      await noStreamsLeft();
    });

    test('takes a file in pieces, and no piece that is too long or not base64', async () => {
      const bytes = Buffer.alloc(2_000_000, 'The tide rises. ');
      const { ticket } = await client.files.begin({ name: 'tide.txt', sizeBytes: bytes.length });
      for (let offset = 0; offset < bytes.length; offset += 1_000_000) {
        const base64 = bytes.subarray(offset, offset + 1_000_000).toString('base64');
        expect(await client.files.piece({ ticket, offset, base64 })).toEqual({ receivedBytes: offset + 1_000_000 });
      }
      using file = core.core.files.take(ticket);
      expect(readFileSync(file.path).equals(bytes)).toBe(true);
      const other = await client.files.begin({ name: 'other.txt', sizeBytes: 3_000_000 });
      for (const base64 of [Buffer.alloc(1_100_000).toString('base64'), 'no base64!']) {
        const [error] = await safe(client.files.piece({ ...other, offset: 0, base64 }));
        expect(error).toMatchObject({ code: 'BAD_INPUT' });
      }
      await client.files.drop(other);
      const [error] = await safe(client.files.piece({ ...other, offset: 0, base64: '' }));
      expect(error).toMatchObject({ code: 'FILE_NOT_HANDED_OVER' });
    });

    test('reads a file that was handed over, shows its passages, and forgets the file', async () => {
      const text = Buffer.from('The tide table of Bergen.\n\nHigh water is at 6:40 in the morning.');
      const handedOver = await client.files.begin({ name: 'tides.txt', sizeBytes: text.length });
      await client.files.piece({ ...handedOver, offset: 0, base64: text.toString('base64') });
      let read: DocumentInfo | undefined;
      for await (const event of await client.documents.add(handedOver)) {
        if (event.type === 'done') read = event.document;
      }
      expect(read).toMatchObject({ name: 'tides.txt', format: 'text', usable: true, passages: 1, problems: [] });
      const documentId = read?.id ?? '';
      expect(await client.documents.passages({ documentId, seqs: [0] })).toMatchObject({
        passages: [{ documentName: 'tides.txt', text: expect.stringContaining('6:40') }],
      });
      expect(await client.documents.list({ limit: 10 })).toEqual({ documents: [read] });
      expect((await client.documents.report({ documentId })).pages).toHaveLength(1);
      await client.documents.remove({ documentId });
      const [error] = await safe(client.documents.report({ documentId }));
      expect(error).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      expect(await client.documents.restore({ documentId })).toEqual(read);
      expect(readdirSync(path.join(core.dataDirectory, 'incoming'))).toEqual([]);
      const asked = await client.chat.send({
        requestId: randomUUID(),
        conversationId: null,
        text: 'When is high water?',
        modelId: 'quick',
        documentIds: [documentId],
      });
      const { conversationId, replyId } = asked;
      await follow(await client.chat.watchThread({ conversationId }), replyId, 'done');
      const { messages } = await client.chat.versions({ messageId: asked.messageId });
      expect(messages[0]?.documents).toEqual([{ id: documentId, name: 'tides.txt' }]);
      const [unknown] = await safe(
        client.chat.send({
          requestId: randomUUID(),
          conversationId: null,
          text: 'And this one?',
          modelId: 'quick',
          documentIds: ['gone'],
        }),
      );
      expect(unknown).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      await client.documents.remove({ documentId });
    });

    test('shows a document from its original, in pieces, or from its text', async () => {
      const pdf = makePdf([{ texts: [{ x: 72, y: 700, size: 12, text: 'High water is at 6:40 in the morning.' }] }]);
      const { id: documentId } = await addFile('tides.pdf', pdf);
      const opened = await client.reader.open({ documentId });
      expect(opened).toMatchObject({ shown: 'pdf', mediaType: 'application/pdf', original: 'kept' });
      expect(opened.pages).toHaveLength(1);
      const half = Math.ceil(pdf.length / 2);
      const pieces = [0, half].map((offset) => client.reader.piece({ documentId, offset, lengthBytes: half }));
      const bytes = (await Promise.all(pieces)).map(({ base64 }) => Buffer.from(base64, 'base64'));
      expect(Buffer.concat(bytes).equals(pdf)).toBe(true);
      const { passages } = await client.reader.passages({ documentId, from: 0, limit: 500 });
      expect(passages).toMatchObject([{ seq: 0, page: 1, text: expect.stringContaining('6:40') }]);
      expect(passages[0]?.boxes[0]?.y).toBeCloseTo(792 - 700 - 0.85 * 12, 0);
      const [tooMuch] = await safe(client.reader.piece({ documentId, offset: 0, lengthBytes: 2 ** 21 }));
      expect(tooMuch).toMatchObject({ code: 'BAD_INPUT' });

      const note = await addFile('note.txt', Buffer.from('The gate code is 4711.'));
      expect(await client.reader.open({ documentId: note.id })).toMatchObject({ shown: 'text', original: 'unneeded' });
      const [missing] = await safe(client.reader.piece({ documentId: note.id, offset: 0, lengthBytes: 10 }));
      expect(missing).toMatchObject({ code: 'ORIGINAL_MISSING' });
      await client.documents.remove({ documentId });
      const gone = [
        await safe(client.reader.open({ documentId })),
        await safe(client.reader.piece({ documentId, offset: 0, lengthBytes: 10 })),
        await safe(client.reader.passages({ documentId, from: 0, limit: 1 })),
      ];
      for (const [error] of gone) expect(error).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
    });

    test('works out what is personal, what changed and which tables there are, and holds copies ready', async () => {
      const before = await addFile(
        'before.md',
        Buffer.from('Card 4111 1111 1111 1111.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n'),
      );
      const after = await addFile(
        'after.md',
        Buffer.from('Card 4111 1111 1111 1111.\n\n| A | B |\n| --- | --- |\n| 1 | 3 |\n'),
      );
      const documentId = before.id;
      const { values } = await client.analysis.findPersonalData({ documentId, ownWords: [] });
      expect(values).toMatchObject([{ kind: 'card', occurrences: 1, places: [{ page: 1 }] }]);
      const copy = await client.analysis.redact({ documentId, ownWords: [], keep: [], format: 'text', language: 'en' });
      expect(copy).toMatchObject({ name: 'before (redacted).txt', replaced: 1 });
      expect(await prepared(copy.ticket)).toContain('Card [CARD 1].');
      expect((await client.analysis.tables({ documentId })).tables).toMatchObject([
        { rows: 1, columns: 2, header: ['A', 'B'] },
      ]);
      const csv = await client.analysis.saveTables({ documentId, tables: [0], guardFormulas: true });
      expect(csv.name).toMatch(/\.csv$/u);
      expect(await prepared(csv.ticket)).toContain('A,B');
      const pair = { beforeId: before.id, afterId: after.id };
      expect((await client.analysis.compare(pair)).counts).toMatchObject({ changed: 1, added: 0, removed: 0 });
      const described = await client.analysis.describeChanges({ ...pair, language: 'en', limitChars: 5000 });
      expect(described).toMatchObject({ left: 0 });
      const changes = await client.analysis.saveChanges({ ...pair, language: 'en' });
      expect(changes.name).toMatch(/\.md$/u);
      expect(await prepared(changes.ticket)).toContain(described.markdown.split('\n').at(-1));
      const [noDicom] = await safe(client.analysis.deidentify({ documentId, language: 'en' }));
      expect(noDicom).toMatchObject({ code: 'ORIGINAL_MISSING' });
      const [unknown] = await safe(client.analysis.compare({ ...pair, afterId: 'gone' }));
      expect(unknown).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' });
      await client.documents.remove({ documentId });
      await client.documents.remove({ documentId: after.id });
    });

    async function prepared(ticket: string): Promise<string> {
      const exported = core.core.transfer.export({ format: 'prepared', ticket });
      let text = '';
      for await (const piece of exported?.content ?? []) text += String(piece);
      return text;
    }

    async function addFile(name: string, bytes: Buffer): Promise<DocumentInfo> {
      const handedOver = await client.files.begin({ name, sizeBytes: bytes.length });
      await client.files.piece({ ...handedOver, offset: 0, base64: bytes.toString('base64') });
      for await (const event of await client.documents.add(handedOver)) {
        if (event.type === 'done') return event.document;
      }
      throw new Error('Nothing came of the file.');
    }

    test('ends a stream when its signal says so', async () => {
      const stop = new AbortController();
      const stream = await client.chat.watchConversations(undefined, { signal: stop.signal });
      expect((await stream.next()).value).toMatchObject({ type: 'snapshot' });
      expect(core.openStreams()).toBe(1);
      const waiting = safe(stream.next());
      stop.abort();
      const { data, error } = await waiting;
      expect(error !== null || data?.done === true).toBe(true);
      await noStreamsLeft();
    });

    test('ends a stream when its reader leaves', async () => {
      for await (const event of await client.models.watch()) {
        expect(event.models.map(({ id }) => id).toSorted()).toEqual(['quick', 'slow']);
        break;
      }
      for await (const status of await client.app.watchStatus()) {
        expect(status.memory.totalBytes).toBe(16e9);
        break;
      }
      await noStreamsLeft();
    });

    test.runIf(transport.messages)('ends every stream of a line that breaks, and lets the answer go on', async () => {
      const { conversationId, replyId } = await ask('Tell me everything', 'slow');
      const other = await far.connect();
      const thread = await other.client.chat.watchThread({ conversationId });
      const list = await other.client.chat.watchConversations();
      await Promise.all([thread.next(), list.next()]);
      const reading = Promise.allSettled([drain(thread), drain(list)]);
      expect(core.openStreams()).toBe(2);
      await other.drop();
      await reading;
      await noStreamsLeft();
      const before = await textOf(client, conversationId, replyId);
      await vi.waitFor(async () => expect(await textOf(client, conversationId, replyId)).not.toBe(before), {
        timeout: 30_000,
      });
      expect(await client.chat.stop({ conversationId })).toEqual({ stopped: true });
    });

    test('finds what was said, in everything and in its thread, and shows it', async () => {
      const { conversationId, messageId, replyId } = await ask('Where do zebrafish live?', 'quick');
      await follow(await client.chat.watchThread({ conversationId }), replyId, 'done');
      const filter = { modelId: null, file: null, fromMs: null, untilMs: null };
      const page = await client.search.everywhere({ query: 'zebrafish', limit: 1, cursor: null, filter });
      expect(page).toMatchObject({ hits: [{ messageId: null, conversation: { id: conversationId } }] });
      const more = await client.search.everywhere({ query: 'zebrafish', limit: 1, cursor: page.next, filter });
      expect(more).toMatchObject({ hits: [{ messageId }], next: null });
      const matches = [{ messageId, count: 1 }];
      expect(await client.search.inThread({ conversationId, query: 'ZEBRA' })).toEqual({ matches, total: 1 });
      expect(await client.search.reveal({ messageId })).toEqual({ conversationId, below: 1 });
      const { error } = await safe(client.search.everywhere({ query: 'x', limit: 1, cursor: 'x; DROP', filter }));
      expect(error).toMatchObject({ defined: true, code: 'BAD_INPUT' });
    });

    test('stops an answer and keeps what was written', async () => {
      const { conversationId, replyId } = await ask('Tell me more', 'slow');
      const stream = await client.chat.watchThread({ conversationId });
      let written = '';
      for await (const event of stream) {
        if (event.type === 'delta') written += event.text;
        if (written.includes('word5')) break;
      }
      await client.chat.stop({ conversationId });
      const reply = await follow(await client.chat.watchThread({ conversationId }), replyId, 'stopped');
      expect(reply.text).toMatch(/^word0 word1 /);
      await noStreamsLeft();
    });

    test('passes expected errors on with code, words and data', async () => {
      const { error } = await safe(client.chat.rename({ conversationId: 'gone', title: 'x' }));
      expect(isDefinedError(error) && error.code === 'CONVERSATION_NOT_FOUND' && error.data).toEqual({
        conversationId: 'gone',
      });
      expect(error?.message).toMatch(/\w+ \w+/);
      const unknownModel = await safe(ask('Hello', 'no-such-model'));
      expect(unknownModel.error).toMatchObject({
        code: 'MODEL_NOT_FOUND',
        defined: true,
        data: { modelId: 'no-such-model' },
      });
      const { conversationId } = await ask('First', 'slow');
      const second = await safe(ask('Second', 'slow', conversationId));
      expect(second.error).toMatchObject({ code: 'TURN_RUNNING', defined: true, data: { conversationId } });
      await client.chat.stop({ conversationId });
    });

    test('fails a stream of something unknown with the same error', async () => {
      const { error } = await safe((async () => drain(await client.chat.watchThread({ conversationId: 'gone' })))());
      expect(error).toMatchObject({ code: 'CONVERSATION_NOT_FOUND', defined: true, data: { conversationId: 'gone' } });
      await noStreamsLeft();
    });

    test('refuses input of the wrong form and says where', async () => {
      const { error } = await safe(client.chat.list({ before: null, limit: 0 }));
      expect(error).toMatchObject({
        code: 'BAD_INPUT',
        defined: true,
        data: { issues: [{ path: 'limit', message: expect.any(String) }] },
      });
      const untyped = await safe(client.chat.rename(JSON.parse('{"conversationId":7}')));
      expect(untyped.error).toMatchObject({
        code: 'BAD_INPUT',
        data: { issues: [{ path: 'conversationId' }, { path: 'title' }] },
      });
    });

    test('carries five megabytes there, and refuses a message that is too long with the numbers', async () => {
      const lengthChars = 5_000_000;
      const { error } = await safe(ask('x'.repeat(lengthChars), 'quick'));
      expect(error).toMatchObject({
        code: 'MESSAGE_TOO_LONG',
        defined: true,
        data: { lengthChars, limitChars: messageLimitChars },
      });
    });

    test('carries five megabytes back', async () => {
      const { id: conversationId } = await client.chat.create({ title: 'Long' });
      const long = '潮'.repeat(messageLimitChars);
      for (let index = 0; index < 9; index += 1) {
        const { replyId } = await ask(long, 'quick', conversationId);
        // The fake model's context is smaller than this; how the answer ends does not matter here.
        await follow(await client.chat.watchThread({ conversationId }), replyId);
      }
      const event = await firstOf(await client.chat.watchThread({ conversationId }));
      const messages = event.type === 'snapshot' ? event.messages : [];
      expect(Buffer.byteLength(JSON.stringify(messages))).toBeGreaterThan(5_000_000);
      expect(messages.filter(({ role }) => role === 'user').every(({ text }) => text === long)).toBe(true);
    });

    test('keeps many calls at once apart', async () => {
      const titles = Array.from({ length: 60 }, (_, index) => `Conversation ${index}`);
      const made = await Promise.all(titles.map((title) => client.chat.create({ title })));
      expect(made.map(({ title }) => title)).toEqual(titles);
      const streams = await Promise.all(
        made.slice(0, 20).map(({ id }) => client.chat.watchThread({ conversationId: id })),
      );
      const first = await Promise.all(streams.map(nextOf));
      expect(core.openStreams()).toBe(20);
      expect(first.map((event) => (event.type === 'snapshot' ? event.conversation.title : null))).toEqual(
        titles.slice(0, 20),
      );
      await Promise.all(streams.map((stream) => stream.return?.()));
      await noStreamsLeft();
    });

    test('does not send a message twice when the same request comes again', async () => {
      const request = { requestId: randomUUID(), conversationId: null, text: 'Once', modelId: 'quick' };
      const first = await client.chat.send(request);
      expect(await client.chat.send(request)).toEqual(first);
    });

    test('keeps collections of documents, and lets no other machine choose a folder of this one', async () => {
      const stream = await client.collections.watch();
      expect((await stream.next()).value).toEqual([]);
      const collection = await client.collections.create({ name: 'Sea' });
      expect((await stream.next()).value).toEqual([{ ...collection, documents: 0, folder: null }]);
      await stream.return();
      const { id: collectionId } = collection;
      const text = Buffer.from('Low water is at noon.');
      const handedOver = await client.files.begin({ name: 'low.txt', sizeBytes: text.length });
      await client.files.piece({ ...handedOver, offset: 0, base64: text.toString('base64') });
      const events: DocumentEvent[] = [];
      for await (const event of await client.documents.add(handedOver)) events.push(event);
      const read = events.find((event) => event.type === 'done')?.document;
      const documentIds = [read?.id ?? ''];
      expect(await client.collections.addDocuments({ collectionId, documentIds })).toMatchObject({ documents: 1 });
      const list = { collectionId, query: '', sort: 'name', descending: false, offset: 0, limit: 10 } as const;
      expect(await client.collections.documents(list)).toEqual({ total: 1, documents: [{ ...read, path: null }] });
      expect(await client.collections.problems({ collectionId, after: '', limit: 10 })).toEqual({ problems: [] });
      expect(await client.collections.rename({ collectionId, name: 'Ocean' })).toMatchObject({ name: 'Ocean' });
      await client.collections.pause({ collectionId, paused: true });
      await client.collections.rescan({ collectionId });
      await client.collections.remove({ collectionId });
      const [gone] = await safe(client.collections.rename({ collectionId, name: 'Sea' }));
      expect(gone).toMatchObject({ code: 'COLLECTION_NOT_FOUND' });
      expect(await client.collections.restore({ collectionId })).toMatchObject({ name: 'Ocean', documents: 1 });
      expect(await client.collections.removeDocuments({ collectionId, documentIds })).toMatchObject({ documents: 0 });
      const [refused] = await safe(client.collections.follow({ path: core.dataDirectory }));
      expect(refused).toMatchObject({ code: 'FOLDER_UNUSABLE' });
      await client.collections.remove({ collectionId });
      await noStreamsLeft();
    });

    test('keeps folders, and conversations in them', async () => {
      const stream = await client.folders.watch();
      expect((await stream.next()).value).toEqual([]);
      const folder = await client.folders.create({ name: 'Sea' });
      expect((await stream.next()).value).toEqual([folder]);
      const { id: conversationId } = await client.chat.create({ title: 'Tides' });
      const moved = await client.folders.move({ conversationId, folderId: folder.id });
      expect(moved).toMatchObject({ id: conversationId, folderId: folder.id });
      expect(await client.folders.collapse({ folderId: folder.id, collapsed: true })).toMatchObject({
        collapsed: true,
      });
      await client.folders.remove({ folderId: folder.id });
      expect(await client.folders.restore({ folderId: folder.id })).toMatchObject({ name: 'Sea' });
      await client.folders.rename({ folderId: folder.id, name: 'Ocean' });
      await stream.return?.();
      const { error } = await safe(client.folders.move({ conversationId, folderId: 'gone' }));
      expect(error).toMatchObject({ code: 'FOLDER_NOT_FOUND', defined: true, data: { folderId: 'gone' } });
      await noStreamsLeft();
    });

    test('keeps what a conversation sets, and presets', async () => {
      const setup = { systemPrompt: 'Be brief.', modelId: null, parameters: { temperature: 0 } };
      const presets = await client.presets.watch();
      expect((await presets.next()).value).toEqual([]);
      const preset = await client.presets.create({ name: 'Brief', setup });
      expect((await presets.next()).value).toEqual([preset]);
      await client.presets.update({ presetId: preset.id, name: 'Briefer', setup });
      await client.presets.remove({ presetId: preset.id });
      expect(await client.presets.restore({ presetId: preset.id })).toMatchObject({ name: 'Briefer', setup });
      const { id: conversationId } = await client.chat.create({ title: 'Tides' });
      const own = await client.setups.watch({ conversationId });
      expect((await own.next()).value).toMatchObject({ systemPrompt: null, presetId: null });
      await client.setups.set({ conversationId, setup: { ...setup, presetId: preset.id } });
      expect((await own.next()).value).toEqual({ ...setup, presetId: preset.id });
      await Promise.all([presets.return?.(), own.return?.()]);
      const hot = { ...setup, presetId: null, parameters: { temperature: 99 } };
      const { error } = await safe(client.setups.set({ conversationId, setup: hot }));
      expect(error).toMatchObject({ code: 'BAD_INPUT', data: { issues: [{ path: 'setup.parameters.temperature' }] } });
      await noStreamsLeft();
    });

    test('tells what is summarised of a conversation', async () => {
      const { id: conversationId } = await client.chat.create({ title: 'Dunes' });
      const watch = await client.context.watch({ conversationId });
      const first = await watch.next();
      expect(first.value).toEqual({ summaries: [], folding: { kind: 'idle' } });
      expect(await client.context.retry({ conversationId })).toEqual({});
      await watch.return();
      const { error } = await safe(client.context.retry({ conversationId: 'nothing' }));
      expect(isDefinedError(error) && error.code).toBe('CONVERSATION_NOT_FOUND');
    });

    test('gives all versions of an answer', async () => {
      const { conversationId, replyId } = await ask('Why is there a tide?', 'quick');
      await follow(await client.chat.watchThread({ conversationId }), replyId, 'done');
      const again = await client.chat.regenerate({ messageId: replyId, modelId: 'quick' });
      await follow(await client.chat.watchThread({ conversationId }), again.replyId, 'done');
      const { messages } = await client.chat.versions({ messageId: replyId });
      expect(messages.map(({ id }) => id)).toEqual([replyId, again.replyId]);
    });

    test('changes settings one by one and tells every watcher', async () => {
      const stream = await client.app.watchSettings();
      expect((await stream.next()).value).toMatchObject({ language: 'system', theme: 'system' });
      expect(await client.app.updateSettings({ theme: 'dark' })).toMatchObject({ language: 'system', theme: 'dark' });
      expect((await stream.next()).value).toMatchObject({ theme: 'dark' });
      await stream.return?.();
      expect((await safe(client.app.updateSettings(JSON.parse('{"theme":"purple"}')))).error).toMatchObject({
        code: 'BAD_INPUT',
      });
      await noStreamsLeft();
    });

    test.runIf(transport.messages)('says that a route is unknown', async () => {
      const elsewhere: { chat: { explode(): Promise<unknown> } } = Object(client);
      const { error } = await safe(elsewhere.chat.explode());
      expect(error).toMatchObject({ code: 'UNKNOWN_ROUTE', defined: true, data: { route: 'chat.explode' } });
    });

    test.runIf(transport.messages)('refuses more than it will carry with words, and goes on', async () => {
      const { error } = await safe(ask('x'.repeat(payloadLimitBytes + 1), 'quick'));
      expect(error).toMatchObject({
        code: 'PAYLOAD_TOO_LARGE',
        defined: true,
        data: { limitBytes: payloadLimitBytes },
      });
      expect(await client.chat.list({ before: null, limit: 1 })).toMatchObject({ conversations: [expect.anything()] });
    });

    keepingCases(() => client);
    threadCases(() => client);

    test('has a case for every route', () => {
      const routes = Object.entries(contract).flatMap(([domain, verbs]) =>
        Object.keys(verbs).map((verb) => `${domain}.${verb}`),
      );
      expect(routes.filter((route) => !called.has(route))).toEqual([]);
    });

    test('leaves nothing unexpected in the log', () => {
      expect(core.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });
}

/** The same client; the routes that are asked for are noted as `domain.verb`. */
function recordingRoutes(client: ContractClient, called: Set<string>): ContractClient {
  return new Proxy(client, {
    get(domains, domain) {
      const verbs: unknown = Reflect.get(domains, domain);
      if (typeof domain === 'symbol' || !isRouter(verbs)) return verbs;
      return new Proxy(verbs, {
        get(target, verb) {
          called.add(`${domain}.${String(verb)}`);
          return Reflect.get(target, verb);
        },
      });
    },
  });
}

function isRouter(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/** Reads a thread as a window does until a reply is over (in the given way), and returns it as the window has it. */
async function follow(stream: AsyncIterable<ThreadEvent>, replyId: string, state?: Message['state']): Promise<Message> {
  let reply: Message | undefined;
  for await (const event of stream) {
    if (event.type === 'snapshot') reply = event.messages.find(({ id }) => id === replyId);
    if (event.type === 'message' && event.message.id === replyId) reply = event.message;
    if (event.type === 'delta' && event.messageId === replyId && reply !== undefined) {
      expect(event.offset).toBe(reply.text.length);
      reply = { ...reply, text: reply.text + event.text };
    }
    if (reply === undefined) continue;
    if (state === undefined ? reply.state !== 'running' : reply.state === state) return reply;
    if (state !== undefined && reply.state !== 'running') throw new Error(`the reply ended as ${reply.state}`);
  }
  throw new Error('the stream ended before the reply did');
}

async function textOf(client: ContractClient, conversationId: string, messageId: string): Promise<string> {
  const event = await firstOf(await client.chat.watchThread({ conversationId }));
  const messages = event.type === 'snapshot' ? event.messages : [];
  return messages.find(({ id }) => id === messageId)?.text ?? '';
}

/** Reads one event and leaves. */
async function firstOf(stream: AsyncIterable<ThreadEvent>): Promise<ThreadEvent> {
  for await (const event of stream) return event;
  throw new Error('the stream ended before its first event');
}

async function nextOf(stream: AsyncIterator<ThreadEvent>): Promise<ThreadEvent> {
  const result = await stream.next();
  if (result.done === true) throw new Error('the stream has ended');
  return result.value;
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}
