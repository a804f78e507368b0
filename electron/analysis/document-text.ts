import type { DocumentPageReport } from '../../shared/contract/index.ts';
import type { Documents } from '../documents/documents.ts';
import type { DocumentStore } from '../store/document-store.ts';

/** What is known of a document, as the analysis reads it. */
export interface DocumentText {
  readonly id: string;
  readonly name: string;
  readonly language: string | null;
  readonly parts: readonly DocumentPart[];
}

/** A passage: what stands under the same titles on one page. */
export interface DocumentPart {
  readonly page: number;
  readonly unit: DocumentPageReport['unit'];
  /** Outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
}

export interface DocumentSource {
  readonly documents: Pick<Documents, 'report'>;
  readonly store: Pick<DocumentStore, 'passages'>;
}

/** @throws DOCUMENT_NOT_FOUND */
export function readDocument({ documents, store }: DocumentSource, documentId: string): DocumentText {
  const { document, pages } = documents.report(documentId);
  const parts = store.passages(documentId).map(({ page, heading, text }) => ({
    page,
    unit: pages[page - 1]?.unit ?? 'part',
    headings: heading === '' ? [] : heading.split('\n'),
    text,
  }));
  return { id: document.id, name: document.name, language: document.language, parts };
}

/** The titles a part adds to those of the one before, with their levels from 1. */
export function newHeadings(
  before: DocumentPart | undefined,
  part: DocumentPart,
): { readonly level: number; readonly text: string }[] {
  const shared = part.headings.findIndex((heading, index) => before?.headings[index] !== heading);
  if (shared < 0) return [];
  return part.headings.slice(shared).map((text, index) => ({ level: shared + index + 1, text }));
}
