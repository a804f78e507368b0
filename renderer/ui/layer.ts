import { createContext, useContext, useLayoutEffect, useState } from 'react';

/** Set inside a dialog, behind which the rest of the page is hidden from screen readers. */
export const InDialog = createContext(false);

/**
 * Where a menu or a tooltip is put: inside the page's main part, so that everything shown belongs to a landmark; at the
 * end of the page (undefined) when it opens from a dialog.
 */
export function useLayer(): HTMLElement | undefined {
  const inDialog = useContext(InDialog);
  const [main, setMain] = useState(findMain);
  // What is drawn first is drawn before the main part is in the page. Found only later, an open menu would move there,
  // and close over it.
  useLayoutEffect(() => setMain(findMain), []);
  return inDialog ? undefined : main;
}

function findMain(): HTMLElement | undefined {
  return document.querySelector('main') ?? undefined;
}
