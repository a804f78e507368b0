import { deflateRawSync } from 'node:zlib';

import type { Comparison, PersonalValue } from '../../shared/contract/index.ts';
import type { DicomFiles } from '../documents/dicom-files.ts';
import type { PersonalDataFinder } from '../privacy/personal-data.ts';
import type { OutgoingFiles } from '../transfer/outgoing-files.ts';
import type { Analysis, DocumentPair } from './analysis.ts';
import { compareDocuments } from './compare/compare-documents.ts';
import { describeChanges } from './compare/describe-changes.ts';
import { readDocument, type DocumentSource, type DocumentText } from './document-text.ts';
import { inSteps, type Steps } from './in-steps.ts';
import { findValues, type FoundPersonalValue } from './personal/find-values.ts';
import { redactCopy, type RedactedCopy } from './personal/redact-copy.ts';
import { partAt, textChunks, type TextChunk } from './personal/text-chunks.ts';
import { readTables } from './tables/markdown-tables.ts';
import { writeCsv } from './tables/write-csv.ts';

export interface AnalysisServices extends DocumentSource {
  readonly personalData: PersonalDataFinder;
  readonly dicomFiles: Pick<DicomFiles, 'deidentified'>;
  readonly outgoing: Pick<OutgoingFiles, 'offer' | 'offerZip'>;
}

/** More than these are counted, not listed; they are taken out of a copy all the same. */
const mostValues = 2000;
const mostPlaces = 30;
const aroundChars = 48;
const previewRows = 4;
const previewChars = 120;
const wholeList = 10_000_000;

export function createAnalysis(services: AnalysisServices): Analysis {
  const { personalData, dicomFiles, outgoing } = services;
  const read = (documentId: string): DocumentText => readDocument(services, documentId);

  const compare = ({ beforeId, afterId }: DocumentPair, signal: AbortSignal): Promise<Comparison> =>
    inSteps(compareDocuments(read(beforeId), read(afterId)), signal);

  return {
    async findPersonalData({ documentId, ownWords }, signal) {
      const chunks = textChunks(read(documentId), 'text');
      const values = await inSteps(findValues(personalData, chunks, ownWords), signal);
      return {
        values: values.slice(0, mostValues).map((value) => describeValue(chunks, value)),
        more: Math.max(0, values.length - mostValues),
      };
    },

    async redact({ documentId, ownWords, keep, format, language }, signal) {
      const document = read(documentId);
      const kept = new Set(keep);
      function* work(): Steps<RedactedCopy> {
        // What is found must be what was shown, so the same text is looked through.
        const found = yield* findValues(personalData, textChunks(document, 'text'), ownWords);
        const chosen = found.filter(({ id }) => !kept.has(id));
        const name = stem(document.name);
        return yield* redactCopy(personalData, textChunks(document, format), chosen, { name, language });
      }
      const { text, name, replaced } = await inSteps(work(), signal);
      const file = {
        name: `${name}${language === 'zh' ? '（已隐去）' : ' (redacted)'}.${format === 'markdown' ? 'md' : 'txt'}`,
        type: format === 'markdown' ? 'text/markdown' : 'text/plain',
        content: Buffer.from(text),
      } as const;
      return { ...outgoing.offer(file), replaced };
    },

    async deidentify(request, signal) {
      const content = Buffer.from(await dicomFiles.deidentified(request, signal));
      // The file's own name is often the patient's.
      const name = request.language === 'zh' ? 'DICOM（已去标识）.dcm' : 'DICOM (de-identified).dcm';
      return outgoing.offer({ name, type: 'application/dicom', content });
    },

    tables: (documentId) =>
      readTables(read(documentId).parts).map(({ page, unit, title, header, rows }, index) => ({
        index,
        page,
        unit,
        title,
        rows: rows.length,
        columns: header?.length ?? rows[0]?.length ?? 0,
        header: header && header.map(cut),
        preview: rows.slice(0, previewRows).map((row) => row.map(cut)),
      })),

    saveTables({ documentId, tables: wanted, guardFormulas }) {
      const document = read(documentId);
      const all = readTables(document.parts);
      const files = [...new Set(wanted)].flatMap((index) => {
        const table = all[index];
        if (table === undefined) return [];
        const rows = table.header === null ? table.rows : [table.header, ...table.rows];
        const name = `${stem(document.name)} ${index + 1}.csv`;
        return [{ name, type: 'text/csv', content: Buffer.from(writeCsv(rows, { guardFormulas })) } as const];
      });
      const [only] = files;
      return only !== undefined && files.length === 1
        ? outgoing.offer(only)
        : outgoing.offerZip(
            `${stem(document.name)}.zip`,
            files.map((file) => ({ ...file, compressed: deflateRawSync(file.content) })),
          );
    },

    compare,

    async describeChanges({ language, limitChars, ...pair }, signal) {
      return describeChanges(await compare(pair, signal), { language, limitChars });
    },

    async saveChanges({ language, ...pair }, signal) {
      const comparison = await compare(pair, signal);
      const { markdown } = describeChanges(comparison, { language, limitChars: wholeList });
      const name = `${stem(comparison.before.name)} - ${stem(comparison.after.name)}.md`;
      return outgoing.offer({ name, type: 'text/markdown', content: Buffer.from(markdown) });
    },
  };
}

function describeValue(chunks: readonly TextChunk[], { places, ...value }: FoundPersonalValue): PersonalValue {
  return {
    ...value,
    occurrences: places.length,
    places: places.slice(0, mostPlaces).flatMap(({ chunk, start, end }) => {
      const held = chunks[chunk];
      const part = held && partAt(held, start);
      if (held === undefined || part === undefined) return [];
      const { text } = held;
      return [
        {
          page: part.page,
          unit: part.unit,
          before: oneLine(text.slice(Math.max(0, start - aroundChars), start)),
          text: text.slice(start, end),
          after: oneLine(text.slice(end, end + aroundChars)),
        },
      ];
    }),
  };
}

function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(/\s+/g, ' ');
}

function cut(cell: string): string {
  return cell.length > previewChars ? `${cell.slice(0, previewChars).toWellFormed()}…` : cell;
}

function stem(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,8}$/, '');
}
