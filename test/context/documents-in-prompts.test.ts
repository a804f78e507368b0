import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { createAssembler, type Assembler } from '../../electron/context/assemble-prompt.ts';
import { estimateTokens } from '../../electron/context/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { assistant, linesOf, openBranch, user, type BranchUnderTest } from './branch-under-test.ts';

const lease = 'The tenant pays a deposit of 1,250 euros.\n\nThe rent is 840 euros a month.';

/** A conversation whose first message came with a file. */
async function withDocument(text: string): Promise<{ branch: BranchUnderTest; assembler: Assembler }> {
  const store = createStore(openTempDatabase());
  const clock = { now: () => Date.now() };
  const documents = createDocuments({
    store: store.documents,
    extractor: createFakeExtractor(),
    estimateTokens,
    clock,
  });
  const branch = openBranch([user('What is the deposit?')], store);
  const file = path.join(tempFolder(), 'lease.txt');
  writeFileSync(file, text);
  for await (const event of documents.add({ path: file, name: 'lease.txt' }, AbortSignal.timeout(30_000))) {
    if (event.type === 'done') store.documents.attach(branch.ids[0] ?? '', [event.document.id]);
  }
  const assembler = createAssembler(store, {
    ofConversation: store.documents.ofConversation,
    collectionsOf: () => [],
    choose: documents.choose,
  });
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
