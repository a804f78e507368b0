import { problemSeverities, type DocumentProblem } from '../../../shared/model/documents/document-problem.ts';
import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import {
  countCharacters,
  type Bookmark,
  type DocumentBlock,
  type DocumentPage,
  type PageUnit,
} from '../../../shared/model/documents/extracted-document.ts';
import type { ExtractionLimits, ExtractionReport } from '../../../shared/model/documents/extraction-protocol.ts';
import { DocumentFailure } from './failure.ts';
import { createLanguageSample } from './text/language.ts';

/** What a reader of a format found on one page. */
export interface PageDraft {
  readonly unit: PageUnit;
  readonly label?: string;
  readonly bookmarks?: readonly Bookmark[];
  readonly widthPt?: number;
  readonly heightPt?: number;
  readonly blocks: readonly DocumentBlock[];
  readonly pictures?: number;
  readonly recognised?: number;
}

/** Where the readers of formats put what they find in one file. */
export interface Reading {
  readonly limits: ExtractionLimits;
  recognised(format: DocumentFormat, pages: number | null): Promise<void>;
  /** @throws DocumentFailure TRUNCATED when the file has given as much as it may */
  page(draft: PageDraft): Promise<void>;
  problem(problem: DocumentProblem): void;
  title(title: string): void;
}

export interface FinishedReading {
  readonly title: string | null;
  readonly language: string | null;
}

const titleLimitChars = 300;

export function createReading(
  id: number,
  limits: ExtractionLimits,
  send: (report: ExtractionReport) => Promise<void>,
): Reading & { finish(): Promise<FinishedReading> } {
  const language = createLanguageSample();
  const withoutText: number[] = [];
  let title: string | null = null;
  let pages = 0;
  let characters = 0;
  let isPaged = false;
  /** Whether it was said why there may be nothing. */
  let isExplained = false;
  const problem = (found: DocumentProblem): void => {
    if (problemSeverities[found.code] !== 'note') isExplained = true;
    void send({ type: 'problem', id, problem: found });
  };

  return {
    limits,
    recognised: (format, total) => send({ type: 'recognised', id, format, pages: total }),
    async page({ blocks, pictures = 0, ...rest }) {
      const found = blocks.filter((block) => countCharacters(block) > 0).map(wellFormed);
      const { kept, used } = cutBlocks(found, limits.characters - characters);
      pages += 1;
      characters += used;
      for (const block of kept) language.add(block);
      if (used === 0) withoutText.push(pages);
      if (rest.unit === 'page' || rest.unit === 'slide') isPaged = true;
      const page: DocumentPage = { number: pages, ...rest, blocks: kept, characters: used, pictures };
      await send({ type: 'page', id, page });
      if (kept.length < found.length || characters >= limits.characters) {
        throw new DocumentFailure({ code: 'TRUNCATED', data: { limitCharacters: limits.characters } });
      }
    },
    problem,
    title(text) {
      const clean = text.replaceAll(/\s+/g, ' ').trim().slice(0, titleLimitChars);
      if (clean !== '') title ??= clean.toWellFormed();
    },
    async finish() {
      if (characters === 0 && !isExplained) problem({ code: 'NO_TEXT', data: {} });
      else if (isPaged && withoutText.length > 0) problem({ code: 'PAGES_WITHOUT_TEXT', data: { pages: withoutText } });
      return { title, language: language.guess() };
    },
  };
}

/** As many whole blocks as fit; the first that does not is cut where it is mere text. */
function cutBlocks(blocks: readonly DocumentBlock[], room: number): { kept: readonly DocumentBlock[]; used: number } {
  let used = 0;
  for (const [index, block] of blocks.entries()) {
    const size = countCharacters(block);
    if (used + size <= room) {
      used += size;
      continue;
    }
    const kept = blocks.slice(0, index);
    if (block.kind === 'table') return { kept, used };
    const text = block.text.slice(0, room - used);
    return { kept: text === '' ? kept : [...kept, { ...block, text }], used: used + text.length };
  }
  return { kept: blocks, used };
}

/** Half of a surrogate pair cannot be stored or sent as UTF-8. */
function wellFormed(block: DocumentBlock): DocumentBlock {
  if (block.kind === 'table') {
    const clean = (row: readonly string[]): string[] => row.map((cell) => cell.toWellFormed());
    return { ...block, header: block.header && clean(block.header), rows: block.rows.map(clean) };
  }
  return { ...block, text: block.text.toWellFormed() };
}
