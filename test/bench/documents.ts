import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createExtractor } from '../../electron/documents/extract/create-extractor.ts';
import { forkExtractionHost } from '../../electron/documents/extract/fork-extraction-host.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import { problemSeverities } from '../../shared/model/documents/document-problem.ts';
import type { ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';
import { pageText, squeeze } from '../documents/page-text.ts';
import { damagedFiles } from '../documents/files/damaged-files.ts';
import { textPage } from '../documents/files/good-files.ts';
import { makePdf } from '../documents/files/pdf-writer.ts';
import { measureNegatives } from '../documents/proof/measure-negatives.ts';
import { measureProof, type ProofMeasure } from '../documents/proof/measure-proof.ts';
import { indexDocuments, measureRecall } from '../documents/retrieval/measure-recall.ts';
import { readQuestionSet } from '../documents/retrieval/read-question-set.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { measureScans } from './document-scans.ts';
import { measureEmbedding } from './embedding.ts';
import { runBench, type BenchContext } from './harness.ts';
import { residentBytes } from './resident-bytes.ts';
import { measureVectorScans } from './vector-scans.ts';

await runBench('documents', async (context) => {
  await measureLongPdf(context);
  await measureIndex(context);
  await measureRetrieval(context);
  measureVectors(context);
  await measureMalformed(context);
  const { extractor } = openExtractor();
  await measureScans(context, extractor);
  await extractor[Symbol.asyncDispose]();
});

/** From the file to its last page, with the start of the process, and what the process holds at most. */
async function measureLongPdf(context: BenchContext): Promise<void> {
  const pages = Array.from({ length: 200 }, (_, index) => textPage(index + 1));
  const bytes = makePdf(pages.map(({ page }) => page));
  const [seconds, sizes, right]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < (context.quick ? 1 : 5); round += 1) {
    const { extractor, processId } = openExtractor();
    await using _ = extractor;
    let most = 0;
    const looks: Promise<void>[] = [];
    const look = async (): Promise<void> => {
      most = Math.max(most, await residentBytes(processId()));
    };
    const startedMs = performance.now();
    const document = await extractor.extract(
      { bytes, name: 'long.pdf' },
      { onPage: ({ number }) => void (number % 10 === 0 && looks.push(look())) },
    );
    seconds.push((performance.now() - startedMs) / 1000);
    await Promise.all([...looks, look()]);
    sizes.push(most / 2 ** 20);
    right.push(
      shareRight(
        document,
        pages.map(({ text }) => squeeze(text)),
      ),
    );
  }
  context.measured({ metric: 'pdf200_extract', unit: 's', goal: '<= 10', samples: seconds });
  context.measured({ metric: 'worker_rss', unit: 'MiB', goal: '<= 400', samples: sizes });
  context.measured({ metric: 'chars_text_pdf', unit: '%', goal: '>= 99.5', samples: right });
}

/** From the file to passages that can be found, and the first question's passages. */
async function measureIndex(context: BenchContext): Promise<void> {
  using folder = tempFolder();
  const file = { path: path.join(folder.path, 'long.pdf'), name: 'long.pdf' };
  writeFileSync(file.path, makePdf(Array.from({ length: 200 }, (_, index) => textPage(index + 1).page)));
  const [indexSeconds, passagesMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < (context.quick ? 1 : 5); round += 1) {
    using database = openDatabase({
      path: path.join(folder.path, `${round}.db`),
      key: new Uint8Array(32),
      log: silentLog,
    });
    const { extractor } = openExtractor();
    await using documents = createDocuments({
      store: createStoredDocuments(database),
      extractor,
      estimateTokens,
      clock: { now: () => Date.now() },
    });
    const startedMs = performance.now();
    let id = '';
    for await (const event of documents.add(file, new AbortController().signal)) {
      if (event.type === 'done') id = event.document.id;
    }
    indexSeconds.push((performance.now() - startedMs) / 1000);
    const askedMs = performance.now();
    const question = 'What does page 117 say about the river?';
    const { passages } = documents.choose({ documentIds: [id], question, before: '', budgetTokens: 2000 });
    passagesMs.push(performance.now() - askedMs);
    if (passages.length === 0) throw new Error('Nothing was found.');
  }
  context.measured({ metric: 'pdf200_index', unit: 's', goal: '<= 10', samples: indexSeconds });
  context.measured({ metric: 'first_passages', unit: 'ms', goal: '<= 100', samples: passagesMs });
}

async function measureRetrieval(context: BenchContext): Promise<void> {
  using folder = tempFolder();
  using database = openDatabase({ path: path.join(folder.path, 'set.db'), key: new Uint8Array(32), log: silentLog });
  const store = createStoredDocuments(database);
  const set = readQuestionSet();
  indexDocuments(store, set);
  const { asked, inFive, first } = measureRecall(store, set);
  context.note(`${asked} questions`);
  context.measured({ metric: 'top5_recall_bm25', unit: '%', goal: '>= 95', samples: [(inFive / asked) * 100] });
  context.measured({ metric: 'top1_recall_bm25', unit: '%', goal: '', samples: [(first / asked) * 100] });
  measureCitations(context, measureProof(store, set));
  const negatives = measureNegatives(store, set);
  const shareOf = (part: number): number[] => [(part / negatives.asked) * 100];
  context.note(`${negatives.asked} questions that nothing answers`);
  context.measured({
    metric: 'negatives_uncited',
    unit: '%',
    goal: '>= 90',
    samples: shareOf(negatives.nothing + negatives.uncited),
  });
  context.measured({ metric: 'negatives_nothing', unit: '%', goal: '', samples: shareOf(negatives.nothing) });
  await measureEmbedding(context, store, set);
}

/** Of answers without a source, how many of those that got one got the right page, and how well wrong ones are seen. */
function measureCitations(context: BenchContext, proof: ProofMeasure): void {
  const share = (part: number, whole: number): number[] => [(part / whole) * 100];
  const [cited, asked] = [proof.found + proof.bareFound, proof.asked + proof.bareAsked];
  context.note(`${asked} answers without a source, ${proof.rightAnswers} right ones with one`);
  context.measured({
    metric: 'citation_page_accuracy',
    unit: '%',
    goal: '>= 99',
    samples: share(proof.rightPage + proof.bareRightPage, cited),
  });
  context.measured({ metric: 'citation_coverage', unit: '%', goal: '', samples: share(cited, asked) });
  context.measured({ metric: 'citation_astray', unit: '%', goal: '', samples: share(proof.absentFound, proof.absent) });
  const unmarked = proof.rightAnswers - proof.wrongMarks.length;
  context.measured({ metric: 'right_unmarked', unit: '%', goal: '', samples: share(unmarked, proof.rightAnswers) });
  context.measured({
    metric: 'changed_numbers_seen',
    unit: '%',
    goal: '',
    samples: share(proof.seenNumbers, proof.changedNumbers),
  });
  context.measured({
    metric: 'changed_quotes_seen',
    unit: '%',
    goal: '',
    samples: share(proof.seenQuotes, proof.changedQuotes),
  });
}

function measureVectors(context: BenchContext): void {
  using folder = tempFolder();
  using database = openDatabase({
    path: path.join(folder.path, 'vectors.db'),
    key: new Uint8Array(32),
    log: silentLog,
  });
  if (database.vectorProblem === null) measureVectorScans(context, database);
  else context.leftOut('vectors_100k_top10', database.vectorProblem);
}

function tempFolder(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-documents-'));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

async function measureMalformed(context: BenchContext): Promise<void> {
  const { extractor } = openExtractor();
  await using _ = extractor;
  const damaged = damagedFiles();
  let survived = 0;
  for (const { name, bytes } of damaged) {
    const { problems, characters } = await extractor.extract({ bytes, name });
    const isBad = problems.some(({ code }) => code === 'CRASHED' || code === 'TIME_LIMIT' || code === 'MEMORY_LIMIT');
    const isSaid = characters > 0 || problems.some(({ code }) => problemSeverities[code] !== 'note');
    if (!isBad && isSaid) survived += 1;
  }
  const total = damaged.length;
  context.note(`${total} damaged files`);
  context.measured({ metric: 'malformed_survived', unit: '%', goal: '>= 100', samples: [(survived / total) * 100] });
}

function openExtractor() {
  let last = 0;
  const extractor = createExtractor({
    spawnExtractionHost() {
      const modulePath = new URL('../../dist/documents/host.js', import.meta.url).pathname;
      const child = forkExtractionHost({ modulePath, log: silentLog });
      last = child.processId ?? 0;
      return child;
    },
    log: silentLog,
  });
  return { extractor, processId: () => last };
}

/** Characters in the right place of the right page, from the beginning and from the end of each. */
function shareRight(document: ExtractedDocument, expected: readonly string[]): number {
  let right = 0;
  for (const [index, text] of expected.entries()) {
    const page = document.pages[index];
    const read = page === undefined ? '' : pageText(page);
    const most = Math.min(read.length, text.length);
    let head = 0;
    while (head < most && read[head] === text[head]) head += 1;
    let tail = 0;
    while (tail < most - head && read.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    right += head + tail;
  }
  return (right / expected.reduce((sum, text) => sum + text.length, 0)) * 100;
}
