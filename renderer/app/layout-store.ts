import { createStore, type StoreApi } from 'zustand/vanilla';

import {
  clampReaderWidth,
  clampSidebarWidth,
  readRemembered,
  writeRemembered,
  type RememberedStorage,
} from './remembered.ts';

export interface LayoutState {
  readonly sidebarShown: boolean;
  readonly sidebarWidthPx: number;
  readonly readerWidthPx: number;
  /** The sidebar lies over the conversation where the window is narrow; there it is opened for one choice. */
  readonly overlayShown: boolean;
  toggleSidebar(narrow: boolean): void;
  closeOverlay(): void;
  resize(widthPx: number): void;
  resizeReader(widthPx: number): void;
}

export type LayoutStore = StoreApi<LayoutState>;

export function createLayoutStore(storage: RememberedStorage | undefined): LayoutStore {
  const { sidebarShown, sidebarWidthPx, readerWidthPx } = readRemembered(storage);
  return createStore<LayoutState>()((set, get) => ({
    sidebarShown,
    sidebarWidthPx,
    readerWidthPx,
    overlayShown: false,
    toggleSidebar(narrow) {
      if (narrow) {
        set({ overlayShown: !get().overlayShown });
        return;
      }
      set({ sidebarShown: !get().sidebarShown });
      writeRemembered(storage, { sidebarShown: get().sidebarShown });
    },
    closeOverlay: () => set({ overlayShown: false }),
    resize(widthPx) {
      set({ sidebarWidthPx: clampSidebarWidth(widthPx) });
      writeRemembered(storage, { sidebarWidthPx: get().sidebarWidthPx });
    },
    resizeReader(widthPx) {
      set({ readerWidthPx: clampReaderWidth(widthPx) });
      writeRemembered(storage, { readerWidthPx: get().readerWidthPx });
    },
  }));
}
