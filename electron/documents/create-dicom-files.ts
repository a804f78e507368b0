import { hkdfSync } from 'node:crypto';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import type { ExtractionProduct } from '../../shared/model/documents/extraction-protocol.ts';
import type { DocumentProblem } from '../../shared/model/documents/document-problem.ts';
import type { DocumentStore } from '../store/document-store.ts';
import type { DicomFiles } from './dicom-files.ts';
import { documentNotFound } from './document-report.ts';
import type { Extractor } from './extractor.ts';
import type { Originals } from './originals.ts';

export interface DicomFilesServices {
  readonly store: Pick<DocumentStore, 'find'>;
  readonly originals: Pick<Originals, 'read'>;
  readonly extractor: Pick<Extractor, 'extract'>;
  /** The key of the database; the one for UIDs is derived from it. */
  readonly databaseKey: Uint8Array;
}

type Made = { readonly bytes: Uint8Array } | { readonly problem: DocumentProblem };

export function createDicomFiles({ store, originals, extractor, databaseKey }: DicomFilesServices): DicomFiles {
  const uidKey = new Uint8Array(
    hkdfSync('sha256', databaseKey, new Uint8Array(), 'clawdbot UIDs of de-identified copies', 32),
  );
  /** The one that is being looked at comes in many pieces. */
  let shown: { readonly sha256: string; readonly picture: Promise<Uint8Array | undefined> } | undefined;

  async function make(
    { sha256, sizeBytes }: { readonly sha256: string; readonly sizeBytes: number },
    product: ExtractionProduct,
    signal?: AbortSignal,
  ): Promise<Made> {
    const bytes = await originals.read(sha256, 0, sizeBytes);
    const pieces: Uint8Array[] = [];
    const { problems } = await extractor.extract(
      { bytes, name: 'a.dcm' },
      { make: product, onMade: (piece) => void pieces.push(piece), ...(signal === undefined ? {} : { signal }) },
    );
    const [problem] = problems;
    return problem === undefined ? { bytes: Buffer.concat(pieces) } : { problem };
  }

  async function draw(file: { readonly sha256: string; readonly sizeBytes: number }): Promise<Uint8Array | undefined> {
    const made = await make(file, { kind: 'picture' });
    return 'bytes' in made ? made.bytes : undefined;
  }

  return {
    picture(file) {
      if (shown?.sha256 !== file.sha256) {
        const picture = draw(file);
        const drawn = { sha256: file.sha256, picture };
        shown = drawn;
        // What failed is tried again.
        picture.catch(() => {
          if (shown === drawn) shown = undefined;
        });
      }
      return shown.picture;
    },

    async deidentified({ documentId, language }, signal) {
      const record = store.find(documentId);
      if (record === undefined) throw documentNotFound(documentId);
      const made = await make(record, { kind: 'deidentified', uidKey }, signal);
      if ('bytes' in made) return made.bytes;
      const reason = describeProblem(made.problem, language);
      throw new ClawdbotError(
        'DEIDENTIFICATION_FAILED',
        `No de-identified copy was made. ${reason} Nothing was saved.`,
        { reason },
      );
    },
  };
}
