import type { DocumentBlock, DocumentPage } from '../../shared/model/documents/extracted-document.ts';

/** What was read of a page, without white space. */
export function pageText(page: DocumentPage): string {
  return squeeze(page.blocks.map(blockText).join(''));
}

export function blockText(block: DocumentBlock): string {
  return block.kind === 'table' ? [block.header ?? [], ...block.rows].flat().join('') : block.text;
}

export function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
