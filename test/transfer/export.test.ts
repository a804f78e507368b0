import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { archivedConversationSchema } from '../../shared/contract/archive.ts';
import { openZipEntry, readZipDirectory } from '../../electron/transfer/read-zip.ts';
import { splitJson, type JsonPiece } from '../../electron/transfer/split-json.ts';
import { createZipWriter } from '../../electron/transfer/write-zip.ts';
import { startChat, type ChatUnderTest } from '../chat/chat-under-test.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { deflateRawSync } from 'node:zlib';
import { claudeConversation, chatGptConversation } from './foreign-exports.ts';
import { startTransfer, textOf, type TransferUnderTest } from './transfer-under-test.ts';

async function exported(
  { transfer }: TransferUnderTest,
  format: 'json' | 'markdown',
  conversationId: string | null = null,
) {
  const file = transfer.export({ format, conversationId });
  if (file === undefined) throw new Error('There is no such conversation.');
  return { ...file, bytes: await textOf(file.content) };
}

/** Conversations with everything a conversation can have. */
async function filled(): Promise<ChatUnderTest> {
  const under = startChat();
  const first = await under.exchange('Where is the glacier? 冰川', 'In the **north**.');
  under.chat.regenerate(first.replyId, 'other');
  const call = await under.models.other.nextCall();
  call.say('In the south.');
  await under.finish(call, first.conversationId);
  await under.exchange('And the river?', 'Below it.', first.conversationId);
  const folder = under.chat.folders.create('Ice');
  under.chat.folders.move(first.conversationId, folder.id);
  under.chat.pin(first.conversationId, true);
  under.chat.setups.set(first.conversationId, {
    systemPrompt: 'Be brief.',
    modelId: 'other',
    parameters: { temperature: 0.5 },
    presetId: null,
  });
  const second = await under.exchange('Numbers', '1\n2');
  under.chat.rename(second.conversationId, 'Numbers: 1/2?');
  const stopped = under.ask('Count.');
  const counting = await under.models.main.nextCall();
  counting.say('one');
  await new Promise((resolve) => setImmediate(resolve));
  under.chat.stop(stopped.conversationId);
  under.chat.create('Empty');
  const deleted = await under.exchange('Deleted', 'Gone.');
  under.chat.remove(deleted.conversationId);
  return under;
}

describe('an export as JSON', () => {
  test('comes back without loss in an empty database, and changes nothing in its own', async () => {
    const from = startTransfer(await filled());
    const { bytes, name, type } = await exported(from, 'json');
    expect({ name, type }).toEqual({ name: 'Clawdbot 2027-01-15.json', type: 'application/json' });
    const document: unknown = JSON.parse(bytes.toString());
    expect(document).toMatchObject({ format: 'clawdbot.conversations', version: 2, folders: [{ name: 'Ice' }] });
    const to = startTransfer();
    expect(await to.import(bytes)).toMatchObject({
      state: 'done',
      conversations: 4,
      added: 4,
      lostCount: 0,
      formats: ['clawdbot'],
    });
    const again = await exported(to, 'json');
    const withoutTime = (text: string): string => text.replace(/"exportedAt":\d+/, '');
    expect(withoutTime(again.bytes.toString())).toBe(withoutTime(bytes.toString()));
    expect(
      await to.under.messages(to.under.chat.list(null, 10).conversations.find(({ pinned }) => pinned)?.id ?? ''),
    ).toEqual(
      await from.under.messages(from.under.chat.list(null, 10).conversations.find(({ pinned }) => pinned)?.id ?? ''),
    );
    expect(await from.import(bytes)).toMatchObject({ state: 'done', known: 4, added: 0, messages: 0 });
    expect((await exported(from, 'json')).bytes.toString().replace(/"exportedAt":\d+/, '')).toBe(
      withoutTime(bytes.toString()),
    );
  });

  test('of one conversation holds that one', async () => {
    const from = startTransfer(await filled());
    const { id } = from.under.chat.list(null, 10).conversations.find(({ title }) => title.startsWith('Numbers')) ?? {
      id: '',
    };
    const { bytes, name } = await exported(from, 'json', id);
    expect(name).toBe('Numbers 1 2.json');
    const document: unknown = JSON.parse(bytes.toString());
    expect(document).toMatchObject({ conversations: [{ id, messages: [{ text: 'Numbers' }, { text: '1\n2' }] }] });
    expect(from.transfer.export({ format: 'json', conversationId: 'nowhere' })).toBeUndefined();
  });

  test('of a later version says what it is and brings what can be read', async () => {
    const to = startTransfer();
    const conversation = { id: 'x', title: 'T', createdAt: 1, updatedAt: 1, somethingNew: [1, { a: 2 }], messages: [] };
    const job = await to.import(
      JSON.stringify({
        format: 'clawdbot.conversations',
        version: 9,
        extra: { deep: ['[', '{'] },
        folders: [],
        conversations: [conversation],
        after: [1],
      }),
    );
    expect(job).toMatchObject({ state: 'done', added: 1, lost: [{ reason: 'newer' }] });
  });

  test('any conversation there can be survives the way out and in', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.toWellFormed());
    const message = fc.record({
      role: fc.constantFrom('user', 'assistant'),
      text,
      at: fc.nat(),
      parent: fc.nat(),
      thought: text,
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(message, { maxLength: 12 }), async (title, list) => {
        const messages = list.map(({ role, text: words, at, parent, thought }, index) => ({
          id: `m${index}`,
          parentId: index === 0 || parent % 4 === 0 ? null : `m${parent % index}`,
          role,
          text: words,
          thought: thought === '' ? null : { text: thought, durationMs: at },
          state: 'done',
          interruptedIn: null,
          createdAt: at,
          model: role === 'user' ? null : { id: 'a', name: words },
          error: null,
          stats: null,
        }));
        const conversation = archivedConversationSchema.parse({
          id: 'c',
          title,
          titleSource: 'person',
          createdAt: 1,
          updatedAt: 2,
          pinned: true,
          headId: messages.at(-1)?.id ?? null,
          modelId: null,
          folderId: null,
          setup: null,
          messages,
        });
        const document = JSON.stringify({
          format: 'clawdbot.conversations',
          version: 1,
          folders: [],
          conversations: [conversation],
        });
        const to = startTransfer();
        expect(await to.import(document)).toMatchObject({ state: 'done', added: 1, messages: messages.length });
        const back: unknown = JSON.parse((await exported(to, 'json')).bytes.toString());
        expect(back).toMatchObject({ conversations: [conversation] });
      }),
      { numRuns: 8 },
    );
  });
});

describe('what belongs to conversations', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.toWellFormed());
  const name = text.map((value) => `n${value}`);
  const heading = text.map((value) => `h${value.replaceAll('\n', ' ')}`);
  const passage = fc.record({
    page: fc.integer({ min: 1, max: 99 }),
    headings: fc.array(heading, { maxLength: 3 }),
    text,
    places: fc.array(fc.record({ page: fc.nat(), left: fc.nat() }), { maxLength: 2 }),
  });
  const library = fc.record({
    folder: fc.record({ id: fc.constant('f'), name, collapsed: fc.boolean() }),
    preset: fc.record({
      id: fc.constant('p'),
      name,
      setup: fc.record({
        systemPrompt: fc.option(text),
        modelId: fc.constant(null),
        parameters: fc.constantFrom({}, { temperature: 0.5 }),
      }),
    }),
    passages: fc.array(passage, { maxLength: 4 }),
    documentName: name,
    given: fc.integer({ min: 1, max: 9 }),
  });

  test('roles, folders, documents and sources come back without loss in an empty database', async () => {
    await fc.assert(
      fc.asyncProperty(library, async ({ folder, preset, passages, documentName, given }) => {
        const document = {
          id: 'd',
          name: documentName,
          sha256: 'ab',
          sizeBytes: 7,
          format: 'pdf',
          language: null,
          report: { characters: 3, pages: [] },
          createdAt: 5,
          passages,
        };
        const source = {
          number: given,
          documentId: 'd',
          documentName,
          seq: 0,
          page: 1,
          unit: 'page',
          headings: ['One', 'Two'],
          deleted: false,
        };
        const message = { id: 'm', parentId: null, role: 'user', text: 'What?', state: 'done', createdAt: 5 };
        const conversation = {
          id: 'c',
          title: 'T',
          titleSource: 'person',
          createdAt: 1,
          updatedAt: 2,
          pinned: false,
          headId: 'a',
          folderId: 'f',
          setup: { systemPrompt: 'x', modelId: null, parameters: {}, presetId: 'p' },
          messages: [
            { ...message, documents: [{ id: 'd', name: documentName }] },
            {
              ...message,
              id: 'a',
              parentId: 'm',
              role: 'assistant',
              sources: { kind: 'found', given, list: [source], marks: [{ type: 'wrongQuote', start: 0, end: 2 }] },
            },
          ],
        };
        const first = startTransfer();
        const archive = {
          format: 'clawdbot.conversations',
          version: 2,
          exportedAt: 1,
          folders: [folder],
          presets: [preset],
          documents: [document],
          conversations: [conversation],
        };
        expect(await first.import(JSON.stringify(archive))).toMatchObject({ state: 'done', added: 1, lostCount: 0 });
        const out = (await exported(first, 'json')).bytes.toString();
        const read: unknown = JSON.parse(out);
        expect(read).toMatchObject({
          folders: [folder],
          presets: [preset],
          documents: [document],
          conversations: [conversation],
        });
        const second = startTransfer();
        expect(await second.import(out)).toMatchObject({ state: 'done', added: 1, lostCount: 0 });
        const again: unknown = JSON.parse((await exported(second, 'json')).bytes.toString());
        expect(again).toEqual(read);
      }),
      { numRuns: 5 },
    );
  });

  test('a conversation alone takes along what it uses and nothing else; a document is found by its words', async () => {
    const document = (id: string, words: string) => ({
      id,
      name: `${id}.txt`,
      sha256: '',
      sizeBytes: 1,
      format: null,
      language: null,
      report: null,
      createdAt: 5,
      passages: [{ page: 1, headings: [], text: words, places: [] }],
    });
    const message = { id: 'm', parentId: null, role: 'user', text: 'What?', state: 'done', createdAt: 5 };
    const archive = {
      format: 'clawdbot.conversations',
      version: 2,
      folders: [{ id: 'f', name: 'Private' }],
      presets: [{ id: 'p', name: 'Private', setup: { systemPrompt: null, modelId: null, parameters: {} } }],
      documents: [document('one', 'The glacier moves.'), document('two', 'Secret')],
      conversations: [
        {
          id: 'c',
          title: 'T',
          createdAt: 1,
          updatedAt: 2,
          messages: [{ ...message, documents: [{ id: 'one', name: 'one.txt' }] }],
        },
      ],
    };
    const here = startTransfer();
    await here.import(JSON.stringify(archive));
    const { bytes } = await exported(here, 'json', 'c');
    expect(JSON.parse(bytes.toString())).toMatchObject({ folders: [], presets: [], documents: [{ id: 'one' }] });
    expect(bytes.toString()).not.toContain('Secret');
    expect(here.under.store.documents.search(['one'], ['glacier'], 5)).toHaveLength(1);
    expect(here.under.store.presets.all()).toHaveLength(1);
  });
});

describe('an export as Markdown', () => {
  test('of one conversation shows the branch on screen', async () => {
    const from = startTransfer(await filled());
    const { id } = from.under.chat.list(null, 10).conversations.find(({ pinned }) => pinned) ?? { id: '' };
    const { bytes, name, type } = await exported(from, 'markdown', id);
    expect({ name, type }).toEqual({ name: 'Where is the glacier.md', type: 'text/markdown' });
    const text = bytes.toString();
    expect(text).toContain('# Where is the glacier?\n');
    expect(text).toContain('## You\n');
    expect(text).toContain('In the south.');
    expect(text).not.toContain('**north**');
    expect(text.indexOf('And the river?')).toBeGreaterThan(text.indexOf('In the south.'));
  });

  test('of all is an archive with a file for each, under names any disk takes', async () => {
    const under = startChat();
    for (const title of ['Same', 'same', '../../etc/passwd', '...', 'CON: a|b?', '冰川', '']) {
      under.chat.create(title === '' ? null : title);
    }
    const { bytes, type } = await exported(startTransfer(under), 'markdown');
    expect(type).toBe('application/zip');
    const file = path.join(tempFolder(), 'all.zip');
    writeFileSync(file, bytes);
    const entries = await readZipDirectory(file);
    expect(entries.map(({ name }) => name.slice(11)).toSorted()).toEqual(
      ['Same.md', 'same (2).md', 'etc passwd.md', 'Untitled.md', 'CON a b.md', '冰川.md', 'Untitled (2).md'].toSorted(),
    );
    for (const entry of entries) {
      expect((await textOf(await openZipEntry(file, entry))).toString()).toMatch(/^# /);
      expect(entry.sizeBytes).toBeGreaterThan(0);
    }
  });
});

describe('an archive', () => {
  test('of any files is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 300 })), {
          maxLength: 8,
        }),
        async (list) => {
          const zip = createZipWriter();
          const parts = list.map(([name, bytes]) => {
            const content = Buffer.from(bytes);
            return zip.entry({ name: name.toWellFormed(), content, compressed: deflateRawSync(content), atMs: 0 });
          });
          const file = path.join(mkdtempSync(path.join(tempFolder(), 'z')), 'a.zip');
          writeFileSync(file, Buffer.concat([...parts, zip.end()]));
          const entries = await readZipDirectory(file);
          expect(entries.map(({ name }) => name)).toEqual(list.map(([name]) => name.toWellFormed()));
          for (const [index, entry] of entries.entries()) {
            expect((await textOf(await openZipEntry(file, entry))).equals(Buffer.from(list[index]?.[1] ?? []))).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('of an export is imported by what is in it', async () => {
    const zip = createZipWriter();
    const entry = (name: string, value: unknown): Buffer => {
      const content = Buffer.from(JSON.stringify(value));
      return zip.entry({ name, content, compressed: deflateRawSync(content), atMs: 0 });
    };
    const parts = [
      entry('user.json', [{ id: 'me' }]),
      entry('conversations-000.json', [chatGptConversation(1)]),
      entry('data/conversations.json', [claudeConversation(1)]),
    ];
    const job = await startTransfer().import(Buffer.concat([...parts, zip.end()]), 'export.zip');
    expect(job).toMatchObject({ state: 'done', added: 2, lostCount: 0, formats: ['chatgpt', 'claude'] });
  });

  test('that is damaged anywhere ends with words, never with a hang or a crash', async () => {
    const zip = createZipWriter();
    const content = Buffer.from(JSON.stringify(Array.from({ length: 5 }, (_, index) => claudeConversation(index))));
    const whole = Buffer.concat([
      zip.entry({ name: 'conversations.json', content, compressed: deflateRawSync(content), atMs: 0 }),
      zip.end(),
    ]);
    const to = startTransfer();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) damaged[at] = value;
        const job = await to.import(damaged, 'x.zip');
        expect(['done', 'failed']).toContain(job.state);
      }),
      { numRuns: 40 },
    );
  });
});

describe('cutting a document into pieces', () => {
  const lists = new Set(['conversations']);
  const pieces = async (text: string, chunkBytes: number, limitBytes = 1e6): Promise<JsonPiece[]> => {
    const bytes = Buffer.from(text);
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    }
    const found: JsonPiece[] = [];
    for await (const piece of splitJson(chunks(), lists, { limitBytes })) found.push(piece);
    return found;
  };
  const values = (found: readonly JsonPiece[]): unknown[] =>
    found.flatMap((piece) => (piece.kind === 'value' ? [JSON.parse(piece.bytes.toString())] : []));

  test('gives the same values whatever the form and wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (list, chunkBytes, pretty) => {
          const again: unknown = JSON.parse(JSON.stringify(list));
          const indent = pretty ? 2 : undefined;
          expect(values(await pieces(JSON.stringify(list, null, indent), chunkBytes))).toEqual(again);
          const wrapped = {
            version: 1,
            'conversations ': [0],
            other: [[1], { conversations: [2] }],
            conversations: list,
            end: [{ a: 1 }],
          };
          expect(values(await pieces(JSON.stringify(wrapped, null, indent), chunkBytes))).toEqual(again);
          const lines = list.filter(
            (value) =>
              typeof value === 'object' && value !== null && !Array.isArray(value) && !('conversations' in value),
          );
          const text = lines.map((value) => JSON.stringify(value)).join('\n');
          expect(values(await pieces(text, chunkBytes))).toEqual(JSON.parse(JSON.stringify(lines)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('skips what is too large and goes on behind it', async () => {
    const found = await pieces(`[{"a":"${'x'.repeat(5000)}"},{"b":1}]`, 100, 1000);
    expect(found.map((piece) => piece.kind)).toEqual(['lost', 'value']);
  });

  test('ends with any input', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', 'a', '1', 'conversations'),
        }),
        fc.integer({ min: 1, max: 9 }),
        async (text, chunkBytes) => {
          await pieces(text, chunkBytes);
        },
      ),
      { numRuns: 500 },
    );
  });
});
