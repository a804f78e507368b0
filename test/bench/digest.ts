import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { throughTask } from '../../electron/context/tasks/task-answer.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { addDocument, answerAll, goodNotes, isNoting, longReport } from '../chat/long-report.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { createScriptedLanguageModel } from '../fakes/scripted-language-model.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { runBench } from './harness.ts';

/** What a summary of 200 pages costs beside the model, which here answers at once. */
await runBench('digest', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-digest-'));
  try {
    using database = openDatabase({ path: path.join(folder, 'a.db'), key: new Uint8Array(32).fill(7), log: silentLog });
    const store = createStore(database);
    const documents = createDocuments({
      store: store.documents,
      extractor: createFakeExtractor(),
      estimateTokens,
      clock: { now: Date.now },
    });
    const id = await addDocument(documents, folder, 'report.txt', longReport(200));
    const [perPiece, first, requests, again]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round < (context.quick ? 2 : 10); round += 1) {
      // Another name for each round: what was kept of the one before is not found.
      const model = createScriptedLanguageModel(`model ${round}`);
      answerAll(model, (call) => (isNoting(call) ? goodNotes(call) : '- The report is about harbours (p. 1).'));
      const run = async (): Promise<{ cpuMs: number; firstMs: number }> => {
        const startedMs = performance.now();
        const before = process.cpuUsage();
        const work = {
          task: { kind: 'summary' as const },
          words: 'Summary of report.txt',
          language: 'en' as const,
          passages: documents.whole([id]),
          written: '',
          fresh: false,
          systemPrompt: '',
          contextTokens: 1536,
          tokenScale: 1,
          plainReader: false,
          results: store.taskResults,
          now: Date.now,
        };
        const { stream } = await throughTask(model, work).doStream({ prompt: [] });
        let firstMs = 0;
        for await (const part of stream) {
          if (firstMs === 0 && part.type === 'raw') firstMs = performance.now() - startedMs;
        }
        const { user, system } = process.cpuUsage(before);
        return { cpuMs: (user + system) / 1000, firstMs };
      };
      const { cpuMs, firstMs } = await run();
      perPiece.push(cpuMs / model.calls.length);
      first.push(firstMs);
      requests.push(model.calls.length);
      await run();
      again.push(model.calls.length - (requests.at(-1) ?? 0));
    }
    context.measured({ metric: 'mapreduce_overhead', unit: 'ms', goal: '<= 20', samples: perPiece });
    context.measured({ metric: 'mapreduce_first_progress', unit: 'ms', goal: '<= 150', samples: first });
    context.measured({ metric: 'mapreduce_requests', unit: 'requests', goal: '>= 1', samples: requests });
    context.measured({ metric: 'mapreduce_requests_again', unit: 'requests', goal: '0', samples: again });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
