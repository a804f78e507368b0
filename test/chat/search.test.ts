import { describe, expect, test } from 'vitest';

import type { SearchHit } from '../../shared/contract/index.ts';
import { anything, search, startChat } from './chat-under-test.ts';

function show({ messageId, snippet }: SearchHit): string {
  const text = snippet.map((part) => (part.match ? `[${part.text}]` : part.text)).join('');
  return messageId === null ? `title: ${text}` : text;
}

async function library() {
  const under = startChat();
  await under.exchange('Where do rivers begin?', 'In glaciers, springs and lakes, for example the Rhône glacier.');
  await under.exchange('今天天气怎么样？', '今天上海的天气很好，适合去公园散步。');
  await under.exchange('What is 100% of "nothing" in C:\\temp_dir?', 'Nothing — at all.');
  const hits = (query: string, limit = 20) => search(under.chat, query, limit).map(show);
  return { ...under, hits };
}

describe('a search', () => {
  test.each<[string, string[]]>([
    ['glacier', ['In [glacier]s, springs and lakes, for example the Rhône [glacier].']],
    ['RIVERS begin', ['title: Where do [rivers] [begin]?', 'Where do [rivers] [begin]?']],
    ['springs lakes', ['In glaciers, [springs] and [lakes], for example the Rhône glacier.']],
    ['rivers springs', []],
    ['公园散步', ['今天上海的天气很好，适合去[公园散步]。']],
    ['天气', ['title: 今天[天气]怎么样？', '今天上海的[天气]很好，适合去公园散步。', '今天[天气]怎么样？']],
    ['散步 天气', ['今天上海的[天气]很好，适合去公园[散步]。']],
    ['步。', ['今天上海的天气很好，适合去公园散[步。]']],
    ['海', ['今天上[海]的天气很好，适合去公园散步。']],
    ['海 公园', ['今天上[海]的天气很好，适合去[公园]散步。']],
    ['100%', ['title: What is [100%] of "nothing" in C:\\temp_dir?', 'What is [100%] of "nothing" in C:\\temp_dir?']],
    [
      '"nothing"',
      ['title: What is 100% of ["nothing"] in C:\\temp_dir?', 'What is 100% of ["nothing"] in C:\\temp_dir?'],
    ],
    ['p_d', ['title: What is 100% of "nothing" in C:\\tem[p_d]ir?', 'What is 100% of "nothing" in C:\\tem[p_d]ir?']],
    ['%', ['title: What is 100[%] of "nothing" in C:\\temp_dir?', 'What is 100[%] of "nothing" in C:\\temp_dir?']],
    ['e_', []],
    ['zz', []],
    ['*', []],
    ['AND OR NOT', []],
    ['" OR "', []],
    ["' ; DROP TABLE messages --", []],
    ['', []],
    [' \n\0', []],
  ])('for %j finds the right things', async (query, expected) => {
    const { hits } = await library();
    expect(hits(query).toSorted()).toEqual(expected.toSorted());
  });

  test('shows titles first and keeps to the limit', async () => {
    const { hits } = await library();
    expect(hits('rivers')[0]).toMatch(/^title: /);
    expect(hits('天气', 2)).toHaveLength(2);
    expect(hits('天气', 1)).toEqual(['title: 今天[天气]怎么样？']);
  });

  test('follows what is renamed, changed, and still being written only when it ends', async () => {
    const { chat, models, ask, finish, hits } = await library();
    const { conversationId } = ask('Tell me about volcanoes');
    const call = await models.main.nextCall();
    call.say('Magma rises.');
    await new Promise((resolve) => setImmediate(resolve));
    expect(hits('magma')).toEqual([]);
    await finish(call, conversationId);
    expect(hits('magma')).toEqual(['[Magma] rises.']);
    chat.rename(conversationId, 'Fire mountains');
    expect(hits('fire mount')).toEqual(['title: [Fire] [mount]ains']);
    expect(hits('volcanoes')).toEqual(['Tell me about [volcanoes]']);
  });

  test('finds words of an answer that was cut off by a crash', async () => {
    const { store, models, ask, restart } = await library();
    ask('Tell me about volcanoes');
    const call = await models.main.nextCall();
    call.say('Magma rises.');
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.search.messages({ words: ['magma'], limit: 5 }).found).toHaveLength(0);
    const again = await restart();
    expect(search(again.chat, 'magma', 5).map(show)).toEqual(['[Magma] rises.']);
  });

  test('of a long text shows what is around the word', async () => {
    const { exchange, hits } = await library();
    await exchange('Story', `${'before '.repeat(2000)}needle ${'after '.repeat(2000)}`);
    const [hit] = hits('needle');
    expect(hit).toMatch(/^….* \[needle\] after.*…$/);
    expect(hit?.length).toBeLessThan(200);
  });

  test('goes on from page to page without a hit twice or missing', async () => {
    const under = startChat();
    const { conversationId } = await under.exchange('First tide', 'Low tide.');
    for (let index = 0; index < 5; index += 1) {
      await under.exchange(`Is the tide ${index} high?`, `Tide ${index} is high.`, conversationId);
    }
    const all = search(under.chat, 'tide', 100).map(show);
    expect(all).toHaveLength(13);
    for (const limit of [1, 2, 3, 5, 13]) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = under.chat.search({ query: 'tide', limit, cursor: cursor ?? null, filter: anything });
        seen.push(...page.hits.map(show));
        cursor = page.next;
      }
      expect(seen).toEqual(all);
    }
  });

  test('goes on beyond the texts it compares at once', async () => {
    const under = startChat();
    const { conversationId, replyId } = await under.exchange('A needle', 'Yes.');
    under.store.transaction(() => {
      for (let index = 0; index < 13_000; index += 1) {
        under.store.messages.insert({
          id: `m${index}`,
          conversationId,
          parentId: replyId,
          role: 'user',
          text: index === 0 ? '%' : `hay ${index}`,
          state: 'done',
          createdAt: index,
          model: null,
          requestId: null,
        });
      }
    });
    expect(search(under.chat, 'needle').map(show)).toEqual(['title: A [needle]', 'A [needle]']);
    const first = under.chat.search({ query: '%', limit: 5, cursor: null, filter: anything });
    expect(first.hits).toEqual([]);
    const second = under.chat.search({ query: '%', limit: 5, cursor: first.next, filter: anything });
    expect(second).toMatchObject({ hits: [{ messageId: 'm0' }], next: null });
  });

  test('keeps to a model and to a time', async () => {
    const { chat, clock, exchange, models, finish } = startChat();
    const day = 24 * 60 * 60 * 1000;
    await exchange('Old tide', 'The tide of old.');
    const second = clock.nowMs + 10 * day;
    clock.nowMs = second;
    const { conversationId } = chat.send({
      requestId: 'r',
      conversationId: null,
      text: 'New tide',
      modelId: 'other',
    });
    const call = await models.other.nextCall();
    call.say('The tide of now.');
    await finish(call, conversationId);
    const find = (filter: Partial<typeof anything>): string[] =>
      chat
        .search({ query: 'tide', limit: 20, cursor: null, filter: { ...anything, ...filter } })
        .hits.map(show)
        .toSorted();
    const old = ['Old [tide]', 'The [tide] of old.', 'title: Old [tide]'];
    const recent = ['New [tide]', 'The [tide] of now.', 'title: New [tide]'];
    expect(find({})).toEqual([...old, ...recent].toSorted());
    expect(find({ fromMs: second })).toEqual(recent);
    expect(find({ untilMs: second })).toEqual(old);
    expect(find({ fromMs: 1, untilMs: 2 })).toEqual([]);
    expect(find({ fromMs: second + 1 })).toEqual([]);
    expect(find({ modelId: 'other' })).toEqual(['The [tide] of now.', 'title: New [tide]']);
    expect(find({ modelId: 'main', fromMs: second })).toEqual([]);
  });

  test('finds nothing of what was deleted', async () => {
    const under = startChat();
    const { conversationId, messageId } = await under.exchange('A glacier', 'Ice.');
    under.chat.removeMessage(messageId);
    expect(search(under.chat, 'glacier').map(show)).toEqual(['title: A [glacier]']);
    under.chat.restoreMessage(messageId);
    expect(search(under.chat, 'glacier')).toHaveLength(2);
    under.chat.remove(conversationId);
    expect(search(under.chat, 'glacier')).toEqual([]);
  });

  describe('of files', () => {
    async function withFiles() {
      const under = startChat();
      const lease = await under.exchange('How much is the deposit?', 'Two rents.');
      await under.exchange('And what is a deposit?', 'Money that comes back.');
      const report = await under.exchange('Summarise this', 'Sales rose.', lease.conversationId);
      const names = ['Lease 2024.pdf', '年度 报告.docx', 'Removed lease.pdf'];
      for (const [index, name] of names.entries()) {
        under.store.documents.insert({
          id: `d${index}`,
          name,
          sha256: name,
          sizeBytes: 1,
          format: 'text',
          language: 'en',
          report: '{}',
          createdAt: 1,
          passages: [],
        });
      }
      under.store.documents.attach(lease.messageId, ['d0', 'd2']);
      under.store.documents.attach(report.messageId, ['d1']);
      under.store.documents.remove('d2', 1);
      const hits = (query: string, file: string | null = null): string[] =>
        under.chat.search({ query, limit: 20, cursor: null, filter: { ...anything, file } }).hits.map(showFile);
      return { ...under, hits, lease };
    }
    const showFile = (hit: SearchHit): string => (hit.fileName === null ? show(hit) : `file: ${show(hit)}`);

    test('finds what was sent with one by its name, but not a removed one', async () => {
      const { hits } = await withFiles();
      expect(hits('lease')).toEqual(['file: [Lease] 2024.pdf']);
      expect(hits('报告')).toEqual(['file: 年度 [报告].docx']);
      expect(hits('file:LEASE')).toEqual(['file: [Lease] 2024.pdf']);
      expect(hits('文件：报告')).toEqual(['file: 年度 [报告].docx']);
      expect(hits('file:"年度 报告"')).toEqual(['file: [年度 报告].docx']);
      expect(hits('file:removed')).toEqual([]);
      expect(hits('', 'Lease 2024.pdf')).toEqual(['file: [Lease 2024.pdf]']);
    });

    test('limits words to conversations in which one was sent', async () => {
      const { hits } = await withFiles();
      const all = ['And what is a [deposit]?', 'How much is the [deposit]?'];
      expect(
        hits('deposit')
          .filter((hit) => !hit.startsWith('title'))
          .toSorted(),
      ).toEqual(all);
      const there = ['How much is the [deposit]?', 'title: How much is the [deposit]?'];
      expect(hits('file:lease deposit').toSorted()).toEqual(there);
      expect(hits('deposit', 'Lease 2024.pdf').toSorted()).toEqual(there);
      expect(hits('sales 文件:lease')).toEqual(['Sales rose.'.replace('Sales', '[Sales]')]);
      expect(hits('deposit file:nothing')).toEqual([]);
      expect(
        hits('deposit file:')
          .filter((hit) => !hit.startsWith('title'))
          .toSorted(),
      ).toEqual(all);
    });

    test('takes an address as words, and keeps to the other limits', async () => {
      const { hits, exchange, chat } = await withFiles();
      await exchange('Open file:///home/lease', 'Done.');
      expect(hits('file:///home')).toContain('Open [file:///home]/lease');
      const filter = { ...anything, modelId: 'other' };
      expect(chat.search({ query: 'file:lease', limit: 20, cursor: null, filter }).hits).toEqual([]);
    });

    test('finds nothing of deleted conversations', async () => {
      const { hits, chat, lease } = await withFiles();
      chat.remove(lease.conversationId);
      expect(hits('file:lease')).toEqual([]);
      expect(hits('file:lease deposit')).toEqual([]);
    });

    test('goes through every message of a long conversation once, and of many conversations', async () => {
      const under = await withFiles();
      const { store, chat, lease } = under;
      const add = (conversationId: string, prefix: string, count: number): void =>
        store.transaction(() => {
          for (let index = 0; index < count; index += 1) {
            store.messages.insert({
              id: `${prefix}${index}`,
              conversationId,
              parentId: null,
              role: 'user',
              text: index % 700 === 0 ? `needle ${prefix}${index}` : 'hay',
              state: 'done',
              createdAt: 1,
              model: null,
              requestId: null,
            });
          }
        });
      const findAll = (): string[] => {
        const found: string[] = [];
        for (let cursor: string | null = null, page = 0; page < 60; page += 1) {
          const next = chat.search({ query: 'needle file:lease', limit: 2, cursor, filter: anything });
          found.push(...next.hits.map(({ messageId }) => messageId ?? ''));
          cursor = next.next;
          if (cursor === null) return found;
        }
        throw new Error('The search did not come to an end.');
      };
      add(lease.conversationId, 'm', 3000);
      const other = chat.create('Elsewhere');
      add(other.id, 'x', 1500);
      expect(findAll().toSorted()).toEqual(['m0', 'm700', 'm1400', 'm2100', 'm2800'].toSorted());
      // More than are compared one by one.
      add(lease.conversationId, 'n', 8000);
      const most = Array.from({ length: 12 }, (_, index) => `n${index * 700}`);
      expect(findAll().toSorted()).toEqual([...most, 'm0', 'm700', 'm1400', 'm2100', 'm2800'].toSorted());
    });
  });
});
