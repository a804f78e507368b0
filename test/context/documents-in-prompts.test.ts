import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { createAssembler, type Assembler } from '../../electron/context/assemble-prompt.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import type { Documents } from '../../electron/documents/documents.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { assistant, linesOf, openBranch, user, type BranchUnderTest } from './branch-under-test.ts';

const lease = 'The tenant pays a deposit of 1,250 euros.\n\nThe rent is 840 euros a month.';

/** A conversation whose first message came with a file. */
async function withDocument(
  text: string,
  { asked = 'What is the deposit?', rank }: { asked?: string; rank?: Documents['rank'] } = {},
): Promise<{ branch: BranchUnderTest; assembler: Assembler }> {
  const store = createStore(openTempDatabase());
  const clock = { now: () => Date.now() };
  const documents = createDocuments({
    store: store.documents,
    extractor: createFakeExtractor(),
    estimateTokens,
    clock,
  });
  const branch = openBranch([user(asked)], store);
  const file = path.join(tempFolder(), 'lease.txt');
  writeFileSync(file, text);
  for await (const event of documents.add({ path: file, name: 'lease.txt' }, AbortSignal.timeout(30_000))) {
    if (event.type === 'done') store.documents.attach(branch.ids[0] ?? '', [event.document.id]);
  }
  const { ofConversation } = store.documents;
  const assembler = createAssembler(
    store,
    { ofConversation, collectionsOf: () => [], choose: documents.choose, ...(rank ? { rank } : {}) },
    {
      messages: store.messages,
      ofConversation,
      whole: documents.whole,
      report: documents.report,
      results: store.taskResults,
      now: clock.now,
    },
  );
  return { branch, assembler };
}

test('a small document stands in front, the same in every turn, so that it is read once', async () => {
  const { branch, assembler } = await withDocument(lease);
  const first = linesOf(assembler.assemble(branch.request({ systemPrompt: 'Be brief.' })));
  expect(first[0]).toMatch(/^system: Be brief\.\n\n.*1,250 euros.*840 euros/s);
  expect(first[1]).toBe('user: What is the deposit?');
  branch.add(assistant('1,250 euros.'), user('And the rent?'));
  const second = linesOf(assembler.assemble(branch.request({ systemPrompt: 'Be brief.' })));
  expect(second[0]).toBe(first[0]);
  expect(second.at(-1)).toBe('user: And the rent?');
  branch.add(assistant('840 euros.'));
  expect(linesOf(assembler.ahead(branch.request({ systemPrompt: 'Be brief.' })))[0]).toBe(first[0]);
});

test('of a large document what fits the question stands in front of it, and the prompt keeps to the context', async () => {
  const filler = Array.from({ length: 800 }, (_, index) => `# Part ${index}\n\nThe ${index}th part is about moss.`);
  const { branch, assembler } = await withDocument([...filler, lease].join('\n\n'));
  const prompt = assembler.assemble(branch.request({ contextTokens: 2048 }));
  expect(linesOf(prompt)).toEqual([
    expect.stringMatching(/^user: .*\[1\] lease\.txt.*1,250 euros.*What is the deposit\?$/s),
  ]);
  expect(prompt.estimatedTokens).toBeLessThan(2048);
});

test('a very small model reads sentences and the question, and nothing of what was said before', async () => {
  const { branch, assembler } = await withDocument(lease);
  branch.add(assistant('1,250 euros.'), user('And the rent?'));
  expect(linesOf(assembler.assemble(branch.request({ plainReader: true })))).toEqual([
    'user: The tenant pays a deposit of 1,250 euros.\nThe rent is 840 euros a month.\n\nAnd the rent?',
  ]);
});

test('a task, which reads its document whole, waits for no ranking of passages', async () => {
  const long = Array.from({ length: 800 }, (_, index) => `# Part ${index}\n\nThe ${index}th part is about moss.`);
  const ranked: string[] = [];
  const rank: Documents['rank'] = async ({ question }) => {
    ranked.push(question);
    return [];
  };
  const signal = AbortSignal.timeout(30_000);
  const task = await withDocument(long.join('\n\n'), { asked: 'Summarise this document', rank });
  expect(await task.assembler.prepare(task.branch.request({ contextTokens: 2048 }), signal)).toBeUndefined();
  expect(ranked).toEqual([]);
  const question = await withDocument(long.join('\n\n'), { rank });
  expect(await question.assembler.prepare(question.branch.request({ contextTokens: 2048 }), signal)).toEqual([]);
  expect(ranked).toEqual(['What is the deposit?']);
});
