import { createContext, useContext } from 'react';

/** A place in a document that a person wants to look at. */
export interface DocumentPlace {
  readonly documentId: string;
  /** From 1. */
  readonly page?: number;
  /** The passage to show, by its place in the document. */
  readonly seq?: number;
  /** Words to point out within the passage. */
  readonly quote?: string;
}

export type OpenDocument = (place: DocumentPlace) => void;

export const OpenDocumentContext = createContext<OpenDocument | undefined>(undefined);

/** Undefined where documents cannot be shown. */
export const useOpenDocument = (): OpenDocument | undefined => useContext(OpenDocumentContext);
