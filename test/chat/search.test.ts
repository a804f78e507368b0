import { describe, expect, test } from 'vitest';

import type { SearchHit } from '../../shared/contract/index.ts';
import { startChat } from './chat-under-test.ts';

function show({ messageId, snippet }: SearchHit): string {
  const text = snippet.map((part) => (part.match ? `[${part.text}]` : part.text)).join('');
  return messageId === null ? `title: ${text}` : text;
}

async function library() {
  const under = startChat();
  await under.exchange('Where do rivers begin?', 'In glaciers, springs and lakes, for example the Rhône glacier.');
  await under.exchange('今天天气怎么样？', '今天上海的天气很好，适合去公园散步。');
  await under.exchange('What is 100% of "nothing" in C:\\temp_dir?', 'Nothing — at all.');
  const hits = (query: string, limit = 20) => under.chat.search(query, limit).map(show);
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
    expect(again.chat.search('magma', 5).map(show)).toEqual(['[Magma] rises.']);
  });

  test('of a long text shows what is around the word', async () => {
    const { exchange, hits } = await library();
    await exchange('Story', `${'before '.repeat(2000)}needle ${'after '.repeat(2000)}`);
    const [hit] = hits('needle');
    expect(hit).toMatch(/^….* \[needle\] after.*…$/);
    expect(hit?.length).toBeLessThan(200);
  });
});
