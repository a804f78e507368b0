import { z } from 'zod';

import { documentPageReportSchema, documentProblemSchema, type DocumentInfo } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import { problemSeverities } from '../../shared/model/documents/document-problem.ts';
import type { ExtractedDocument } from '../../shared/model/documents/extracted-document.ts';
import { tryJson } from '../lib/try-json.ts';
import type { DocumentRecord, PassageRecord } from '../store/document-store.ts';

/** What is kept of the reading of a file beside its passages. */
const storedReportSchema = z.object({
  characters: z.number(),
  passages: z.number(),
  readMs: z.number(),
  problems: z.array(documentProblemSchema),
  pages: z.array(documentPageReportSchema),
});
export type StoredReport = z.infer<typeof storedReportSchema>;

export function writeReport(document: ExtractedDocument, passages: number): StoredReport {
  return {
    characters: document.characters,
    passages,
    readMs: document.elapsedMs,
    problems: document.problems.map((problem) => ({
      code: problem.code,
      severity: problemSeverities[problem.code],
      text: { en: describeProblem(problem, 'en'), zh: describeProblem(problem, 'zh') },
    })),
    pages: document.pages.map(({ number, unit, label, bookmarks, characters, blocks, pictures, recognised }) => ({
      number,
      unit,
      label: label ?? null,
      ...(bookmarks === undefined ? {} : { bookmarks: [...bookmarks] }),
      characters,
      tables: blocks.filter(({ kind }) => kind === 'table').length,
      pictures,
      recognised: recognised ?? null,
    })),
  };
}

/** Undefined when it cannot be read. */
export function tryReport(json: string): StoredReport | undefined {
  return storedReportSchema.safeParse(tryJson(json)).data;
}

export function toInfo(record: DocumentRecord, report: StoredReport | undefined): DocumentInfo {
  return {
    id: record.id,
    name: record.name,
    sizeBytes: record.sizeBytes,
    format: record.format,
    language: record.language,
    characters: report?.characters ?? 0,
    pages: report?.pages.length ?? 0,
    passages: report?.passages ?? 0,
    usable: (report?.passages ?? 0) > 0,
    readMs: report?.readMs ?? 0,
    createdAt: record.createdAt,
    problems: report?.problems ?? [],
  };
}

/** Titles of a passage in the store; no title holds it, as white space is one space there. */
export const headingSeparator = '\n';

export function headingsOf({ heading }: Pick<PassageRecord, 'heading'>): string[] {
  return heading === '' ? [] : heading.split(headingSeparator);
}

export function documentNotFound(documentId: string): ClawdbotError {
  return new ClawdbotError(
    'DOCUMENT_NOT_FOUND',
    'This document is not there any more. It may have been deleted; drop the file again to ask about it.',
    { documentId },
  );
}
