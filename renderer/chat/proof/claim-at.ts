import { proseSentences } from '../../../shared/model/documents/proof/prose-sentences.ts';

const blocks = 'tr, p, li, td, th, h3, blockquote';

/** The sentence that a citation stands in or behind, or the row of its table. */
export function claimAt(citation: Element): string {
  const block = citation.closest(blocks);
  if (block === null) return '';
  if (block.closest('tr') !== null) return block.closest('tr')?.textContent ?? '';
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(citation);
  const before = range.toString();
  const last = proseSentences(before).at(-1);
  if (last !== undefined) return before.slice(last.start, last.wordsEnd);
  return block.textContent;
}
