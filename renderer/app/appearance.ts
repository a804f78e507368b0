import type { Settings } from '../../shared/contract/index.ts';

/**
 * Keeps `data-theme` on the root element true to the setting and, for `system`, to the system while it changes. The
 * returned function ends it.
 */
export function followTheme(theme: Settings['theme'], page: Window = window): () => void {
  const { documentElement } = page.document;
  if (theme !== 'system') {
    documentElement.dataset['theme'] = theme;
    return () => {};
  }
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light';
  };
  apply();
  dark.addEventListener('change', apply);
  return () => dark.removeEventListener('change', apply);
}
