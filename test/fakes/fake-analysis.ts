import type { Analysis } from '../../electron/analysis/analysis.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** There is no document to look into. */
export function createFakeAnalysis(): Analysis {
  const missing = (): never => {
    throw new ClawdbotError('DOCUMENT_NOT_FOUND', 'There is no such document.', { documentId: '' });
  };
  return {
    findPersonalData: missing,
    redact: missing,
    deidentify: missing,
    tables: missing,
    saveTables: missing,
    compare: missing,
    describeChanges: missing,
    saveChanges: missing,
  };
}
