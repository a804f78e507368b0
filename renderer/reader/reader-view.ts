import type { OpenedDocument, PassageBox } from '../../shared/contract/index.ts';
import type { DocumentPlace } from '../ui/open-document.ts';
import type { FindSource, FindState } from './find/reader-find.ts';

/** What the bar above a document can do with what is shown below it. */
export interface ReaderView {
  readonly find: FindSource;
  /** From 1. */
  goToPage(page: number): void;
  zoomBy?(by: 1 | -1): void;
  fitWidth?(): void;
}

/** Where the person is. */
export interface ReaderPosition {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Null where nothing can be zoomed. */
  readonly zoom: number | null;
}

/** A place with what is known of its passage. */
export interface Target extends DocumentPlace {
  readonly page: number;
  readonly boxes: readonly PassageBox[];
}

export interface ReaderViewProps {
  readonly opened: OpenedDocument;
  /** Another object each time the person asks for a place, also for the same one. */
  readonly target: Target | null;
  readonly find: FindState;
  readonly onView: (view: ReaderView | null) => void;
  readonly onPosition: (position: ReaderPosition) => void;
  /** It cannot be shown as it looks; its text can. */
  readonly onFailed: (reason: 'fileDamaged' | 'pictureDamaged' | 'missing') => void;
}
