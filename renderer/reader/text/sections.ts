import type { ReadPassage } from '../../../shared/contract/index.ts';
import { leavesOf, textBlocks, type TextBlock } from './text-blocks.ts';

/** A passage as it stands in the text of its document. */
export interface TextSection {
  readonly passage: ReadPassage;
  readonly beginsPage: boolean;
  /** Titles that begin with it; `level` from 0. */
  readonly titles: readonly { readonly level: number; readonly text: string }[];
  readonly blocks: readonly TextBlock[];
  /** Of titles and blocks, in the order in which they are shown. */
  readonly leaves: readonly string[];
}

export function toSections(passages: readonly ReadPassage[]): TextSection[] {
  return passages.map((passage, index) => {
    const before = passages[index - 1];
    const beginsPage = before?.page !== passage.page;
    const same = passage.headings.findIndex((text, level) => before?.headings[level] !== text);
    const titles = (same < 0 ? [] : passage.headings.slice(same)).map((text, at) => ({ level: same + at, text }));
    const blocks = textBlocks(passage.text);
    return {
      passage,
      beginsPage,
      titles,
      blocks,
      leaves: [...titles.map(({ text }) => text), ...blocks.flatMap(leavesOf)],
    };
  });
}

export function textOfSection({ leaves }: TextSection): string {
  return leaves.join('\n');
}

/** Where each leaf begins in that text. */
export function leafStarts(leaves: readonly string[]): number[] {
  let at = 0;
  return leaves.map((leaf) => {
    const start = at;
    at += leaf.length + 1;
    return start;
  });
}
