import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { LanguageModelV4 } from '@ai-sdk/provider';

import { createAssembler, type Assembler } from '../../electron/context/assemble-prompt.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { foldConversation } from '../../electron/context/fold-conversation.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { openKeptStates } from '../../electron/engine/kept-states.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import type { Store } from '../../electron/store/store.ts';
import { fillBranch, type FilledBranch } from '../context/fill-branch.ts';
import { plantedConversation, plantedFacts } from '../context/planted-conversation.ts';
import { textPage } from '../documents/files/good-files.ts';
import { checkModel, openRealEngine } from '../engine/real-models.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { shapes, writeShapeModel } from '../model/shape-model.ts';
import { percentile, runBench, type BenchContext } from './harness.ts';

const contextTokens = 4096;
const longChars = 100_000;
const clock = { now: () => Date.now() };
const foldContextTokens = 2048;
/** The model's vocabulary has letters only, about four for each token of an ordinary one. */
const tokenScale = 4.5;

await runBench('context', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-bench-'));
  const database = openDatabase({
    path: path.join(folder, 'clawdbot.db'),
    key: new Uint8Array(32).fill(7),
    log: silentLog,
  });
  try {
    const store = createStore(database);
    await measurePlanning(context, store);
    measurePaste(context, store);
    await measureDocument(context, store, folder);
    await measureFirstWord(context, store, folder);
  } finally {
    database[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  }
});

/** A conversation of 100,000 characters: before it is folded, and afterwards. */
async function measurePlanning(context: BenchContext, store: Store): Promise<void> {
  const branch = fillBranch(store, 'long', plantedConversation(longChars));
  const questions = context.quick ? plantedFacts.slice(0, 10) : [...plantedFacts, ...plantedFacts, ...plantedFacts];
  const assembler = createAssembler(store);
  const cold = ask(branch, createAssembler(store), questions[0]?.asked ?? '').elapsedMs;
  context.measured({ metric: 'assemble_100k_chars_cold', unit: 'ms', samples: [cold] });
  const unfolded = questions.map(({ asked }) => ask(branch, assembler, asked).elapsedMs);
  context.measured({ metric: 'assemble_100k_chars_unfolded_p95', unit: 'ms', samples: [percentile(unfolded, 95)] });

  await foldConversation(
    { store, assembler, clock, log: silentLog },
    {
      ...requestOf(branch),
      model: undefined,
      readableTokens: contextTokens,
      writes: false,
      signal: new AbortController().signal,
      onChange: () => {},
    },
  );
  const summaries = store.summaries.of(branch.conversationId);
  store.summaries.markReady(summaries.map(({ id }) => id));
  const top = summaries.filter(
    ({ level, firstMessageId, lastMessageId }) =>
      !summaries.some(
        (other) =>
          other.level > level &&
          branch.ids.indexOf(other.firstMessageId) <= branch.ids.indexOf(firstMessageId) &&
          branch.ids.indexOf(other.lastMessageId) >= branch.ids.indexOf(lastMessageId),
      ),
  );
  const source = top.reduce((sum, { sourceTokens }) => sum + sourceTokens, 0);
  const kept = top.reduce(
    (sum, { text, facts }) => sum + estimateTokens([text, ...facts.map((fact) => fact.text)].join('\n')),
    0,
  );
  context.measured({ metric: 'fold_reduction', unit: '%', goal: '>= 80', samples: [100 * (1 - kept / source)] });

  const folded = questions.map(({ asked }) => ask(branch, assembler, asked));
  context.measured({
    metric: 'assemble_100k_chars_p95',
    unit: 'ms',
    goal: '<= 20',
    samples: [
      percentile(
        folded.map(({ elapsedMs }) => elapsedMs),
        95,
      ),
    ],
  });
  context.measured({
    metric: 'assemble_100k_chars_cpu_p95',
    unit: 'ms of processor time',
    samples: [
      percentile(
        folded.map(({ cpuMs }) => cpuMs),
        95,
      ),
    ],
  });
  const found = plantedFacts.filter(({ asked, answer }) => ask(branch, assembler, asked).prompt.includes(answer));
  for (const { asked } of plantedFacts.filter((fact) => !found.includes(fact))) context.note(`not recalled: ${asked}`);
  context.measured({
    metric: 'recall_planted_facts',
    unit: '%',
    goal: '>= 95',
    samples: [(100 * found.length) / plantedFacts.length],
  });
}

/** The longest message that can be sent, until its prompt is ready for the engine. */
function measurePaste(context: BenchContext, store: Store): void {
  const line = 'The committee met again to speak about the harbour wall, its cost and the winter storms. ';
  const samples = Array.from({ length: context.quick ? 3 : 7 }, (_, round) => {
    const text = `What does it say about the lighthouse?\n${line.repeat(2240).slice(0, 199_900 - round)}`;
    const branch = fillBranch(store, `paste-${round}`, []);
    return ask(branch, createAssembler(store), text).elapsedMs;
  });
  context.measured({ metric: 'paste_200k_chars', unit: 'ms', samples });
}

/** A document of 200 pages that was read before, from the question about it until its prompt is ready for the engine. */
async function measureDocument(context: BenchContext, store: Store, folder: string): Promise<void> {
  const documents = createDocuments({
    store: store.documents,
    extractor: createFakeExtractor(),
    estimateTokens,
    clock,
  });
  const file = { path: path.join(folder, 'long.txt'), name: 'long.txt' };
  await writeFile(file.path, Array.from({ length: 200 }, (_, index) => textPage(index + 1).text).join('\f'));
  let documentId = '';
  for await (const event of documents.add(file, AbortSignal.timeout(60_000))) {
    if (event.type === 'done') documentId = event.document.id;
  }
  const samples = Array.from({ length: context.quick ? 5 : 21 }, (_, round) => {
    const branch = fillBranch(store, `document-${round}`, [{ role: 'user', text: 'Here it is.' }]);
    store.documents.attach(branch.ids[0] ?? '', [documentId]);
    const assembler = createAssembler(store, {
      ofConversation: store.documents.ofConversation,
      collectionsOf: () => [],
      choose: documents.choose,
    });
    const { prompt, elapsedMs } = ask(branch, assembler, `What does chapter ${round + 90} say about the harbour?`);
    if (!prompt.includes('long.txt')) throw new Error('Nothing of the document is in the prompt.');
    return elapsedMs;
  });
  context.measured({ metric: 'attach_200_pages', unit: 'ms', goal: '<= 800', samples });
}

/** What a model with real layers takes to its first word: in the turn before a fold, and in the one after it. */
async function measureFirstWord(context: BenchContext, store: Store, folder: string): Promise<void> {
  const file = path.join(folder, 'shape.gguf');
  await writeShapeModel(file, { ...shapes['shape-0.5b'], layers: context.quick ? 4 : 8 }, { vocabularySize: 4096 });
  const keptStates = openKeptStates({
    directory: path.join(folder, 'kept-states'),
    databaseKey: new Uint8Array(32).fill(7),
    budgetBytes: () => 2e9,
    totalMemoryBytes: () => 8e9,
    log: silentLog,
  });
  await using engine = openRealEngine({ keptStates });
  const model = engine.languageModel({ ...(await checkModel('shape', file)), contextTokens: foldContextTokens });
  const before: number[] = [];
  const after: number[] = [];
  const unread: number[] = [];
  for (let round = 0; round < (context.quick ? 2 : 6); round += 1) {
    const times = await foldRound(store, model, round);
    before.push(times.beforeMs);
    after.push(times.afterMs);
    unread.push(times.unreadMs);
  }
  const added = after.map((value, index) => value - (before[index] ?? 0));
  context.measured({ metric: 'fold_added_latency_p95', unit: 'ms', goal: '<= 0', samples: [percentile(added, 95)] });
  context.measured({ metric: 'first_word_before_fold', unit: 'ms', samples: before });
  context.measured({ metric: 'first_word_after_fold', unit: 'ms', samples: after });
  context.measured({ metric: 'first_word_not_read_ahead', unit: 'ms', samples: unread });
}

async function foldRound(
  store: Store,
  model: LanguageModelV4,
  round: number,
): Promise<{ beforeMs: number; afterMs: number; unreadMs: number }> {
  const assembler = createAssembler(store);
  const turns = plantedConversation(3200 + round, plantedFacts.slice(0, 2));
  const branch = fillBranch(store, `fold-${round}`, turns);
  const request = () => ({ ...requestOf(branch), contextTokens: foldContextTokens, tokenScale });
  const answer = 'That depends on the season.';
  const firstWord = async (question: string, conversation = branch.conversationId): Promise<number> => {
    branch.add({ role: 'user', text: question });
    const { prompt } = assembler.assemble(request());
    const elapsedMs = await msToFirstWord(model, prompt, conversation);
    branch.add({ role: 'assistant', text: answer });
    return elapsedMs;
  };
  // The first turn reads everything; the second one only what is new, which is the usual case.
  await firstWord('And the winter?');
  const beforeMs = await firstWord('And the spring?');
  await foldConversation(
    { store, assembler, clock, log: silentLog },
    {
      ...request(),
      model,
      readableTokens: contextTokens,
      writes: false,
      signal: new AbortController().signal,
      onChange: () => {},
    },
  );
  if (!store.summaries.of(branch.conversationId).some(({ ready }) => ready)) throw new Error('Nothing was folded.');
  const afterMs = await firstWord('And the autumn?');
  // The same beginning under a name that nothing is kept for, with one word changed in front.
  branch.add({ role: 'user', text: 'And the summer?' });
  const { prompt } = assembler.assemble({ ...request(), systemPrompt: `Round ${round}.` });
  return { beforeMs, afterMs, unreadMs: await msToFirstWord(model, prompt, `unread ${round}`) };
}

async function msToFirstWord(
  model: LanguageModelV4,
  prompt: Parameters<LanguageModelV4['doStream']>[0]['prompt'],
  conversation: string,
): Promise<number> {
  const startedAt = performance.now();
  const { stream } = await model.doStream({
    prompt,
    maxOutputTokens: 4,
    temperature: 0,
    providerOptions: { clawdbot: { conversation } },
  });
  let elapsedMs: number | undefined;
  for await (const part of stream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta' || part.type === 'finish') elapsedMs ??= performance.now() - startedAt;
  }
  if (elapsedMs === undefined) throw new Error('The model said nothing.');
  return elapsedMs;
}

function requestOf(branch: FilledBranch) {
  return {
    conversationId: branch.conversationId,
    headId: branch.ids.at(-1) ?? '',
    systemPrompt: 'Be brief.',
    contextTokens,
    tokenScale: 1,
  };
}

/** Asks without leaving the question in the conversation. What else runs on the machine changes only the first time. */
function ask(
  branch: FilledBranch,
  assembler: Assembler,
  question: string,
): { prompt: string; elapsedMs: number; cpuMs: number } {
  const headId = branch.aside({ role: 'user', text: question });
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { prompt } = assembler.assemble({ ...requestOf(branch), headId });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    elapsedMs: performance.now() - startedAt,
    cpuMs: (user + system) / 1000,
    prompt: JSON.stringify(prompt.slice(0, -1)) + lastWithout(prompt, question),
  };
}

/** What comes with the question counts, its own words do not. */
function lastWithout(prompt: ReturnType<Assembler['assemble']>['prompt'], question: string): string {
  return JSON.stringify(prompt.at(-1)).replace(JSON.stringify(question).slice(1, -1), '');
}
