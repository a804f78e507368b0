import { expect, test } from 'vitest';

import type { ExportRequest } from '../../electron/transfer/transfer.ts';
import { ask, startWebHost } from './web-host-under-test.ts';

async function* pieces() {
  for (let index = 0; index < 3; index += 1) yield `piece ${index}\n`;
}

async function open() {
  const asked: ExportRequest[] = [];
  const web = await startWebHost({
    exportFile(request) {
      asked.push(request);
      if (request.format === 'prepared' ? request.ticket.startsWith('0') : request.conversationId === 'gone') {
        return undefined;
      }
      return { name: 'Glaciers "冰川".md', type: 'text/markdown', content: pieces() };
    },
  });
  const cookie = await web.signIn();
  const get = (query: string, headers: Record<string, string> = { cookie, 'sec-fetch-site': 'same-origin' }) =>
    ask(web.host.url, { path: `/export${query}`, headers });
  return { web, cookie, get, asked };
}

test('a page can download a prepared file by its ticket', async () => {
  const { web, get, asked } = await open();
  await using _web = web;
  expect((await get(`?ticket=${'a1'.repeat(16)}`)).status).toBe(200);
  expect((await get(`?ticket=${'00'.repeat(16)}`)).status).toBe(404);
  expect((await get('?ticket=../secret')).status).toBe(400);
  expect(asked).toEqual([
    { format: 'prepared', ticket: 'a1'.repeat(16) },
    { format: 'prepared', ticket: '00'.repeat(16) },
  ]);
});

test('a page can download an export, under its name', async () => {
  const { web, get, asked } = await open();
  await using _web = web;
  const answer = await get('?format=markdown&conversation=c1');
  expect(answer).toMatchObject({ status: 200, body: 'piece 0\npiece 1\npiece 2\n' });
  expect(answer.headers['content-type']).toContain('text/markdown');
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="Glaciers ____.md"; filename*=UTF-8''Glaciers%20%22%E5%86%B0%E5%B7%9D%22.md`,
  );
  await get('?format=json');
  expect(asked).toEqual([
    { format: 'markdown', conversationId: 'c1' },
    { format: 'json', conversationId: null },
  ]);
});

test('nobody else can, and nothing else', async () => {
  const { web, cookie, get, asked } = await open();
  await using _web = web;
  expect((await get('?format=json', {})).status).toBe(401);
  expect(
    (await get('?format=json', { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })).status,
  ).toBe(403);
  expect(
    (await get('?format=json', { cookie, 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' })).status,
  ).toBe(403);
  expect((await get('?format=exe')).status).toBe(400);
  expect((await get('')).status).toBe(400);
  expect(asked).toEqual([]);
  expect((await get('?format=json&conversation=gone')).status).toBe(404);
});
