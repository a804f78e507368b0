import { createAnalysis } from '../../electron/analysis/create-analysis.ts';
import { planPassages } from '../../electron/documents/plan-passages.ts';
import { findPersonalData } from '../../electron/privacy/recognise/find-personal-data.ts';
import { createValueFinder, squeeze } from '../../electron/privacy/recognise/value-finder.ts';
import { createOutgoingFiles } from '../../electron/transfer/create-outgoing-files.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { DocumentBlock } from '../../shared/model/documents/extracted-document.ts';

export const noSignal = new AbortController().signal;

/** The analysis of documents that are given page by page, as blocks. */
export function startAnalysis(documents: Readonly<Record<string, readonly (readonly DocumentBlock[])[]>>) {
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs };
  const outgoing = createOutgoingFiles({ clock });
  const pagesOf = (documentId: string): readonly (readonly DocumentBlock[])[] => {
    const pages = documents[documentId];
    if (pages === undefined) {
      throw new ClawdbotError('DOCUMENT_NOT_FOUND', 'There is no such document.', { documentId });
    }
    return pages;
  };
  const analysis = createAnalysis({
    documents: {
      report(documentId) {
        const pages = pagesOf(documentId);
        return {
          document: {
            id: documentId,
            name: `${documentId}.pdf`,
            sizeBytes: 1,
            format: 'pdf',
            language: 'en',
            characters: 1,
            pages: pages.length,
            passages: 1,
            usable: true,
            readMs: 1,
            createdAt: 1,
            problems: [],
          },
          pages: pages.map((_, index) => ({
            number: index + 1,
            unit: 'page',
            label: null,
            characters: 1,
            tables: 0,
            pictures: 0,
            recognised: null,
          })),
        };
      },
    },
    store: {
      passages: (documentId) =>
        planPassages(
          pagesOf(documentId).map((blocks, index) => ({
            number: index + 1,
            unit: 'page',
            blocks,
            characters: 1,
            pictures: 0,
          })),
        ).map(({ page, headings, text }, seq) => ({
          documentId,
          seq,
          page,
          heading: headings.join('\n'),
          text,
          places: '[]',
        })),
    },
    dicomFiles: { deidentified: () => Promise.resolve(Buffer.from('DICM')) },
    personalData: { find: findPersonalData, squeeze, createValueFinder },
    outgoing,
  });
  /** What a page downloads for a ticket. */
  const fetched = async (ticket: string): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for await (const piece of outgoing.find(ticket)?.content ?? []) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  };
  return { analysis, fetched, outgoing, clock };
}

export function paragraph(text: string): DocumentBlock {
  return { kind: 'paragraph', text };
}
