/** Where this page's host gives out an export of everything; the same over the web and in a desktop window. */
export function exportAddress(format: 'json' | 'markdown'): string {
  return `/export?format=${format}`;
}
