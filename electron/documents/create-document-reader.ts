import { z } from 'zod';

import { boxSchema, type OpenedDocument } from '../../shared/contract/index.ts';
import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { tryJson } from '../lib/try-json.ts';
import type { DocumentRecord, DocumentStore } from '../store/document-store.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DicomFiles } from './dicom-files.ts';
import { documentNotFound, headingsOf, toInfo, tryReport } from './document-report.ts';
import type { Originals } from './originals.ts';
import { hasLooks } from './originals/has-looks.ts';
import { tryMediaType } from './originals/media-type.ts';

export interface DocumentReaderServices {
  readonly store: DocumentStore;
  readonly originals: Originals;
  /** Files beyond it are not kept. */
  readonly originalLimitBytes: number;
  readonly dicomFiles: Pick<DicomFiles, 'picture'>;
}

type Look = Pick<OpenedDocument, 'shown' | 'mediaType' | 'shownBytes' | 'original'>;

const boxesSchema = z.array(boxSchema);

export function createDocumentReader(services: DocumentReaderServices): DocumentReader {
  const { store, originals, originalLimitBytes, dicomFiles } = services;

  function find(documentId: string): DocumentRecord {
    const record = store.find(documentId);
    if (record === undefined) throw documentNotFound(documentId);
    return record;
  }

  async function look(record: DocumentRecord): Promise<Look> {
    const asText = { shown: 'text', mediaType: null, shownBytes: 0 } as const;
    if (!hasLooks(record.format)) return { ...asText, original: 'unneeded' };
    if (!originals.has(record.sha256)) {
      return { ...asText, original: record.sizeBytes > originalLimitBytes ? 'tooLarge' : 'missing' };
    }
    try {
      if (record.format === 'dicom') {
        const picture = await dicomFiles.picture(record);
        if (picture === undefined) return { ...asText, original: 'unknown' };
        return { shown: 'picture', mediaType: 'image/png', shownBytes: picture.length, original: 'kept' };
      }
      const mediaType = tryMediaType(await originals.read(record.sha256, 0, 1024));
      if (mediaType === undefined) return { ...asText, original: 'unknown' };
      const shown = mediaType === 'application/pdf' ? 'pdf' : 'picture';
      return { shown, mediaType, shownBytes: record.sizeBytes, original: 'kept' };
    } catch (error) {
      if (isClawdbotError(error)) return { ...asText, original: 'missing' };
      throw error;
    }
  }

  return {
    async open(documentId) {
      const record = find(documentId);
      const report = tryReport(record.report);
      return { document: toInfo(record, report), pages: report?.pages ?? [], ...(await look(record)) };
    },
    async piece(documentId, offset, lengthBytes) {
      const record = find(documentId);
      if (record.format !== 'dicom') return originals.read(record.sha256, offset, lengthBytes);
      const picture = await dicomFiles.picture(record);
      return picture?.subarray(offset, offset + lengthBytes) ?? new Uint8Array();
    },
    passages(documentId, from, limit) {
      find(documentId);
      const seqs = Array.from({ length: limit }, (_, index) => from + index);
      return store.passagesAt(documentId, seqs).map((passage) => ({
        seq: passage.seq,
        page: passage.page,
        headings: headingsOf(passage),
        text: passage.text,
        boxes: boxesSchema.safeParse(tryJson(passage.places)).data ?? [],
      }));
    },
  };
}
