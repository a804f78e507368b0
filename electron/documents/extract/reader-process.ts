import { cancelled } from '../../../shared/errors/clawdbot-error.ts';
import type { DocumentProblem } from '../../../shared/model/documents/document-problem.ts';
import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import type { DocumentPage, ExtractedDocument } from '../../../shared/model/documents/extracted-document.ts';
import {
  memoryLimitLine,
  type ExtractionReport,
  type ExtractionSource,
} from '../../../shared/model/documents/extraction-protocol.ts';
import type { EngineExit, ExtractionHostProcess, Log } from '../../ports.ts';
import type { ExtractOptions } from '../extractor.ts';
import type { ExtractorLimits } from './extraction-limits.ts';
import { tryExtractionReport } from './extraction-report.ts';

export interface ReaderProcess {
  /** One file at a time. @throws CANCELLED */
  read(source: ExtractionSource, options: ExtractOptions): Promise<ExtractedDocument>;
  /** Ends the process; what it was reading rejects with CANCELLED. */
  end(): void;
}

export interface ReaderProcessOptions {
  readonly spawnExtractionHost: () => ExtractionHostProcess;
  readonly limits: ExtractorLimits;
  /** A process that has nothing to do for so long ends. */
  readonly idleTimeoutMs: number;
  readonly log: Log;
}

/** A process that starts slowly is no fault of the file. */
const startLimitMs = 60_000;

/** Memory that was taken is rarely given back; a process that holds so much of what it may is not used again. */
const retireShare = 0.5;

/** What is known of the file being read. */
interface Work {
  readonly id: number;
  readonly startedMs: number;
  readonly options: ExtractOptions;
  readonly pages: DocumentPage[];
  readonly problems: DocumentProblem[];
  readonly done: PromiseWithResolvers<ExtractedDocument>;
  format: DocumentFormat | null;
  pagesTotal: number | null;
  characters: number;
  /** Until the process is ready, the time it may take to start; afterwards that of a page. */
  pageTimer: NodeJS.Timeout | undefined;
  fileTimer: NodeJS.Timeout | undefined;
}

/** A process that reads, started when there is something to read and again after it has ended for whatever reason. */
export function createReaderProcess({
  spawnExtractionHost,
  limits,
  idleTimeoutMs,
  log,
}: ReaderProcessOptions): ReaderProcess {
  let running: ExtractionHostProcess | undefined;
  let isReady = false;
  let work: Work | undefined;
  let lastId = 0;
  let idleTimer: NodeJS.Timeout | undefined;

  const retire = (): void => {
    clearTimeout(idleTimer);
    const old = running;
    [running, isReady] = [undefined, false];
    old?.kill();
  };

  const start = (): ExtractionHostProcess => {
    const child = spawnExtractionHost();
    child.onReport((value) => {
      if (running === child) receive(value);
    });
    child.onExit((exit) => {
      if (running !== child) return;
      [running, isReady] = [undefined, false];
      if (work !== undefined) settle(work, reasonOf(exit, work));
    });
    return child;
  };

  const settle = (
    ending: Work,
    problem?: DocumentProblem,
    said?: { title: string | null; language: string | null },
  ): void => {
    work = undefined;
    clearTimeout(ending.pageTimer);
    clearTimeout(ending.fileTimer);
    if (problem !== undefined) {
      log.warn({ code: problem.code, format: ending.format }, 'A document could not be read to its end.');
      ending.problems.push(problem);
    }
    ending.done.resolve({
      format: ending.format,
      title: said?.title ?? null,
      language: said?.language ?? null,
      pages: ending.pages,
      characters: ending.characters,
      problems: ending.problems,
      elapsedMs: Math.round(performance.now() - ending.startedMs),
    });
    if (running !== undefined) idleTimer = setTimeout(retire, idleTimeoutMs).unref();
  };

  const receive = (value: unknown): void => {
    const report = tryExtractionReport(value);
    if (report === undefined) {
      log.warn({}, 'The document reader sent something that is no report, and was ended.');
      retire();
      if (work !== undefined) settle(work, crashed(work));
      return;
    }
    if (report.type === 'ready') {
      isReady = true;
      if (work !== undefined) startClock(work);
    } else if (report.id === work?.id) note(work, report);
  };

  const note = (current: Work, report: Exclude<ExtractionReport, { type: 'ready' }>): void => {
    current.pageTimer?.refresh();
    switch (report.type) {
      case 'recognised':
        current.format = report.format;
        current.pagesTotal = report.pages;
        break;
      case 'page':
        current.pages.push(report.page);
        current.characters += report.page.characters;
        current.options.onPage?.(report.page);
        break;
      case 'made':
        current.options.onMade?.(report.bytes);
        return;
      case 'problem':
        current.problems.push(report.problem);
        return;
      case 'finished':
        if (report.residentBytes > limits.memoryBytes * retireShare) retire();
        settle(current, undefined, report);
        return;
    }
    current.options.onProgress?.({
      format: current.format,
      pagesRead: current.pages.length,
      pagesTotal: current.pagesTotal,
      characters: current.characters,
    });
  };

  const tooSlow = (current: Work, limitMs: number): NodeJS.Timeout =>
    setTimeout(() => {
      retire();
      settle(current, { code: 'TIME_LIMIT', data: { limitMs, page: nextPage(current) } });
    }, limitMs);

  const startClock = (current: Work): void => {
    clearTimeout(current.pageTimer);
    current.pageTimer = tooSlow(current, limits.pageMs);
    current.fileTimer = tooSlow(current, limits.fileMs);
  };

  const reasonOf = ({ lastLines = [] }: EngineExit, current: Work): DocumentProblem => {
    const page = nextPage(current);
    const isMemory = lastLines.some((line) => line.includes(memoryLimitLine) || line.includes('heap out of memory'));
    return isMemory
      ? { code: 'MEMORY_LIMIT', data: { limitBytes: limits.memoryBytes, page } }
      : { code: 'CRASHED', data: { page } };
  };

  return {
    async read(source, options) {
      if (options.signal?.aborted) throw cancelled();
      clearTimeout(idleTimer);
      const current: Work = {
        id: (lastId += 1),
        startedMs: performance.now(),
        options,
        pages: [],
        problems: [],
        done: Promise.withResolvers(),
        format: null,
        pagesTotal: null,
        characters: 0,
        pageTimer: undefined,
        fileTimer: undefined,
      };
      work = current;
      const abort = (): void => {
        if (work !== current) return;
        retire();
        settle(current);
        current.done.reject(cancelled());
      };
      options.signal?.addEventListener('abort', abort, { once: true });
      try {
        running ??= start();
        if (isReady) startClock(current);
        else current.pageTimer = tooSlow(current, startLimitMs);
        const { fileBytes, unpackedBytes, characters, memoryBytes } = limits;
        const { make } = options;
        running.send({
          type: 'extract',
          id: current.id,
          source,
          limits: { fileBytes, unpackedBytes, characters, memoryBytes },
          ...(make === undefined ? {} : { make }),
        });
        const read = await current.done.promise;
        if (options.signal?.aborted) throw cancelled();
        return read;
      } finally {
        options.signal?.removeEventListener('abort', abort);
      }
    },
    end() {
      retire();
      const current = work;
      if (current === undefined) return;
      current.done.reject(cancelled());
      settle(current);
    },
  };
}

/** The page it was at; null before anything was known of the file. */
function nextPage({ format, pages }: Work): number | null {
  return format === null ? null : pages.length + 1;
}

function crashed(work: Work): DocumentProblem {
  return { code: 'CRASHED', data: { page: nextPage(work) } };
}
