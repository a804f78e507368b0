import { createContext, useContext } from 'react';

/** Set inside a dialog, behind which the rest of the page is hidden from screen readers. */
export const InDialog = createContext(false);

/**
 * Where a menu or a tooltip is put: inside the page's main part, so that everything shown belongs to a landmark; at the
 * end of the page (undefined) when it opens from a dialog.
 */
export function useLayer(): HTMLElement | undefined {
  const inDialog = useContext(InDialog);
  return inDialog ? undefined : (document.querySelector('main') ?? undefined);
}
