/** What is made of the originals of DICOM files, in the process that reads documents. */
export interface DicomFiles {
  /** The first frame as PNG; undefined where the file holds none that can be shown. @throws ORIGINAL_MISSING, ORIGINAL_DAMAGED */
  picture(file: { readonly sha256: string; readonly sizeBytes: number }): Promise<Uint8Array | undefined>;
  /**
   * A copy after the Basic Application Level Confidentiality Profile of DICOM PS3.15; what is drawn into the picture stays.
   *
   * @throws DOCUMENT_NOT_FOUND, ORIGINAL_MISSING, ORIGINAL_DAMAGED, DEIDENTIFICATION_FAILED, CANCELLED
   */
  deidentified(
    request: { readonly documentId: string; readonly language: 'en' | 'zh' },
    signal: AbortSignal,
  ): Promise<Uint8Array>;
}
