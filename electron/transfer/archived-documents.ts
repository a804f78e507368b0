import { archivedDocumentSchema, type ArchivedDocument } from '../../shared/contract/archive.ts';
import { tryJson } from '../lib/try-json.ts';
import type { DocumentRecord, NewDocument, PassageRecord } from '../store/document-store.ts';

/** Between the titles of a passage in the store. */
const headingSeparator = '\n';

const archivedJson = archivedDocumentSchema.shape.report;

/** A document on its way out, with all of its passages. */
export function toArchivedDocument(document: DocumentRecord, passages: readonly PassageRecord[]): ArchivedDocument {
  const { id, name, sha256, sizeBytes, format, language, report, createdAt } = document;
  return {
    id,
    name,
    sha256,
    sizeBytes,
    format,
    language,
    report: readJson(report),
    createdAt,
    passages: passages.map(({ page, heading, text, places }) => ({
      page,
      headings: heading === '' ? [] : heading.split(headingSeparator),
      text,
      places: readJson(places),
    })),
  };
}

/** A document on its way in; what its passages are found by does not travel and is made again. */
export function toNewDocument(
  { report, passages, ...document }: ArchivedDocument,
  termsOf: (text: string) => readonly string[],
): NewDocument {
  return {
    ...document,
    report: JSON.stringify(report),
    passages: passages.map(({ page, headings, text, places }) => ({
      page,
      heading: headings.join(headingSeparator),
      text,
      places: JSON.stringify(places),
      words: termsOf([document.name, ...headings, text].join('\n')),
    })),
  };
}

function readJson(text: string): ArchivedDocument['report'] {
  const value: unknown = tryJson(text);
  return archivedJson.safeParse(value).data ?? null;
}
