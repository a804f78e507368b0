import { z } from 'zod';

import type { DocumentProblem } from '../../../shared/model/documents/document-problem.ts';
import { documentFormats } from '../../../shared/model/documents/document-format.ts';
import { damages, unreadKinds } from '../../../shared/model/documents/problem-phrases.ts';
import type { DocumentBlock, DocumentPage } from '../../../shared/model/documents/extracted-document.ts';
import { madePieceBytes, type ExtractionReport } from '../../../shared/model/documents/extraction-protocol.ts';

const count = z.number().int().nonnegative();
const ordinal = z.number().int().positive();
const phrase = z.string().max(1000);
const none = z.record(z.string(), z.never());

const format = z.enum(documentFormats);

const problem: z.ZodType<DocumentProblem> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('FILE_UNREADABLE'), data: z.object({ reason: phrase }) }),
  z.object({ code: z.literal('EMPTY'), data: none }),
  z.object({ code: z.literal('TOO_LARGE'), data: z.object({ sizeBytes: count, limitBytes: count }) }),
  z.object({ code: z.literal('PASSWORD_PROTECTED'), data: none }),
  z.object({ code: z.literal('CORRUPT'), data: z.object({ detail: z.enum(damages) }) }),
  z.object({ code: z.literal('NOT_SUPPORTED'), data: z.object({ kind: z.enum(unreadKinds) }) }),
  z.object({ code: z.literal('HEIC_PICTURE'), data: none }),
  z.object({ code: z.literal('NO_TEXT'), data: none }),
  z.object({ code: z.literal('ZIP_BOMB'), data: z.object({ limitBytes: count }) }),
  z.object({ code: z.literal('TIME_LIMIT'), data: z.object({ limitMs: count, page: ordinal.nullable() }) }),
  z.object({ code: z.literal('MEMORY_LIMIT'), data: z.object({ limitBytes: count, page: ordinal.nullable() }) }),
  z.object({ code: z.literal('CRASHED'), data: z.object({ page: ordinal.nullable() }) }),
  z.object({ code: z.literal('TRUNCATED'), data: z.object({ limitCharacters: count }) }),
  z.object({ code: z.literal('WRONG_EXTENSION'), data: z.object({ extension: phrase, format }) }),
  z.object({ code: z.literal('HAS_MACROS'), data: none }),
  z.object({ code: z.literal('PAGES_WITHOUT_TEXT'), data: z.object({ pages: z.array(ordinal) }) }),
  z.object({ code: z.literal('PAGE_UNREADABLE'), data: z.object({ page: ordinal, detail: z.enum(damages) }) }),
  z.object({ code: z.literal('ENCODING_UNSURE'), data: z.object({ encoding: phrase }) }),
  z.object({ code: z.literal('ATTACHMENTS_NOT_READ'), data: z.object({ names: z.array(phrase) }) }),
  z.object({
    code: z.literal('RECOGNITION_UNSURE'),
    data: z.object({ pages: z.array(ordinal), confidence: z.number().min(0).max(1) }),
  }),
  z.object({ code: z.literal('PICTURE_NOT_SHOWN'), data: z.object({ kind: phrase }) }),
]);

const place = {
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).exactOptional(),
  line: ordinal.exactOptional(),
};
const row = z.array(z.string());

const block: z.ZodType<DocumentBlock> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.number().int().min(1).max(6), text: z.string(), ...place }),
  z.object({ kind: z.literal('paragraph'), text: z.string(), ...place }),
  z.object({ kind: z.literal('listItem'), depth: count, marker: z.string(), text: z.string(), ...place }),
  z.object({ kind: z.literal('table'), header: row.nullable(), rows: z.array(row), ...place }),
  z.object({ kind: z.literal('code'), language: z.string().nullable(), text: z.string(), ...place }),
  z.object({ kind: z.literal('footnote'), marker: z.string(), text: z.string(), ...place }),
]);

const page: z.ZodType<DocumentPage> = z.object({
  number: ordinal,
  unit: z.enum(['page', 'slide', 'sheet', 'chapter', 'message', 'part']),
  label: phrase.exactOptional(),
  bookmarks: z
    .array(z.object({ depth: count, title: phrase }))
    .max(2000)
    .exactOptional(),
  widthPt: z.number().positive().exactOptional(),
  heightPt: z.number().positive().exactOptional(),
  blocks: z.array(block),
  characters: count,
  pictures: count,
  recognised: z.number().min(0).max(1).exactOptional(),
});

const id = count;
const report: z.ZodType<ExtractionReport> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('recognised'), id, format, pages: count.nullable() }),
  z.object({ type: z.literal('page'), id, page }),
  z.object({
    type: z.literal('made'),
    id,
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= madePieceBytes),
  }),
  z.object({ type: z.literal('problem'), id, problem }),
  z.object({
    type: z.literal('finished'),
    id,
    title: phrase.nullable(),
    language: phrase.nullable(),
    residentBytes: count,
  }),
]);

/** Undefined for anything that is not a report: the process reads hostile files and may be theirs by now. */
export function tryExtractionReport(value: unknown): ExtractionReport | undefined {
  const parsed = report.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
