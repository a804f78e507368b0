import type { DocumentFormat } from './document-format.ts';
import type { DocumentProblem } from './document-problem.ts';

/** Everything that was found in one file. A file that gave nothing has no pages and at least one problem. */
export interface ExtractedDocument {
  /** Null when nobody could tell. */
  readonly format: DocumentFormat | null;
  /** As the file itself says; null when it does not. */
  readonly title: string | null;
  /** A BCP 47 tag such as `en`, `zh-Hans`, `ja`, of most of the text; null when there is too little of it. */
  readonly language: string | null;
  readonly pages: readonly DocumentPage[];
  /** Sum over the pages. */
  readonly characters: number;
  readonly problems: readonly DocumentProblem[];
  /** Time spent on this file, without waiting for others. */
  readonly elapsedMs: number;
}

/**
 * What a person would call a page of it: a page, a slide, a sheet of a workbook, a chapter of an e-book, a message of a
 * mailbox. `part` is a stretch of a format that knows no pages.
 */
export type PageUnit = 'page' | 'slide' | 'sheet' | 'chapter' | 'message' | 'part';

/** An entry of a table of contents that a file brings along. */
export interface Bookmark {
  /** From 0. */
  readonly depth: number;
  readonly title: string;
}

export interface DocumentPage {
  /** From 1, without gaps. */
  readonly number: number;
  readonly unit: PageUnit;
  /** Name of the sheet, heading of the chapter, subject of the message; what is printed on a page where that is not its number. */
  readonly label?: string;
  /** Those that lead to this page. */
  readonly bookmarks?: readonly Bookmark[];
  /** Absent where the format has no page size. A point is 1/72 inch. */
  readonly widthPt?: number;
  readonly heightPt?: number;
  /** In reading order. */
  readonly blocks: readonly DocumentBlock[];
  /** Characters of all blocks, in UTF-16 units. */
  readonly characters: number;
  /** Pictures that are not read. */
  readonly pictures: number;
  /** Confidence of text recognition from 0 to 1; absent where the text was there as text. */
  readonly recognised?: number;
}

/** Where a block is on its page: points from the upper left corner. */
export interface BlockBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface BlockPlace {
  readonly box?: BlockBox;
  /** First line of it in a text file, from 1. */
  readonly line?: number;
}

export type DocumentBlock = BlockPlace &
  (
    | { readonly kind: 'heading'; readonly level: number; readonly text: string }
    | { readonly kind: 'paragraph'; readonly text: string }
    /** `depth` from 0; `marker` as it is shown, such as `•` or `2.`. */
    | { readonly kind: 'listItem'; readonly depth: number; readonly marker: string; readonly text: string }
    /** Every row has as many cells as the header, where there is one. */
    | {
        readonly kind: 'table';
        readonly header: readonly string[] | null;
        readonly rows: readonly (readonly string[])[];
      }
    | { readonly kind: 'code'; readonly language: string | null; readonly text: string }
    | { readonly kind: 'footnote'; readonly marker: string; readonly text: string }
  );

/** Characters a block holds, in UTF-16 units; those of a table are its cells'. */
export function countCharacters(block: DocumentBlock): number {
  if (block.kind !== 'table') return block.text.length;
  return [block.header ?? [], ...block.rows].reduce(
    (sum, row) => row.reduce((cells, cell) => cells + cell.length, sum),
    0,
  );
}
