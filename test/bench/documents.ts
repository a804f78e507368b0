import { createExtractor } from '../../electron/documents/extract/create-extractor.ts';
import { forkExtractionHost } from '../../electron/documents/extract/fork-extraction-host.ts';
import { problemSeverities } from '../../shared/model/documents/document-problem.ts';
import type { ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';
import { pageText, squeeze } from '../documents/page-text.ts';
import { damagedFiles } from '../documents/files/damaged-files.ts';
import { textPage } from '../documents/files/good-files.ts';
import { makePdf } from '../documents/files/pdf-writer.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { runBench, type BenchContext } from './harness.ts';
import { residentBytes } from './resident-bytes.ts';

await runBench('documents', async (context) => {
  await measureLongPdf(context);
  await measureMalformed(context);
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
