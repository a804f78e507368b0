import type { ExtractionLimits } from '../../../shared/model/documents/extraction-protocol.ts';

export interface ExtractorLimits extends ExtractionLimits {
  /** From the first word about a file to the last. */
  readonly fileMs: number;
  /** From one page to the next, and to the first. */
  readonly pageMs: number;
}

export const usualLimits: ExtractorLimits = {
  fileBytes: 1_000_000_000,
  unpackedBytes: 300_000_000,
  characters: 20_000_000,
  memoryBytes: 400 * 1024 * 1024,
  fileMs: 600_000,
  pageMs: 30_000,
};
