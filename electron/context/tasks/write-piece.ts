import type { PassageInfo } from '../../../shared/contract/index.ts';
import { pageMark, type TaskLanguage } from './page-words.ts';

interface PieceStyle {
  readonly language: TaskLanguage;
  /** Several documents are gone through. */
  readonly named: boolean;
  /** What stands right before the piece, whose titles need not be said again. */
  readonly before?: PassageInfo | undefined;
  /** Default: yes. */
  readonly pages?: boolean;
}

/** What a model is given to read of a piece, as Markdown: each page and each title once, where it begins. */
export function writePiece(
  passages: readonly PassageInfo[],
  { language, named, before, pages = true }: PieceStyle,
): string {
  let last = before;
  const parts: string[] = [];
  for (const [index, passage] of passages.entries()) {
    const otherDocument = last?.documentId !== passage.documentId;
    if (named && (index === 0 || otherDocument)) parts.push(`--- ${passage.documentName} ---`);
    if (pages && (index === 0 || otherDocument || last?.page !== passage.page)) {
      parts.push(`[${pageMark(passage, language)}]`);
    }
    parts.push(...freshHeadings(otherDocument ? [] : (last?.headings ?? []), passage.headings), passage.text);
    last = passage;
  }
  return parts.join('\n\n');
}

function freshHeadings(above: readonly string[], headings: readonly string[]): string[] {
  const from = headings.findIndex((heading, depth) => above[depth] !== heading);
  if (from < 0) return [];
  return headings.slice(from).map((heading, index) => `${'#'.repeat(Math.min(6, from + index + 1))} ${heading}`);
}
