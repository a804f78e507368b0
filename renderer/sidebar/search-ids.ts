/** Ids that join the search field with its results, for `aria-controls` and `aria-activedescendant`. */
export const resultsId = 'sidebar-search-results';

export function resultId(index: number): string {
  return `${resultsId}-${index}`;
}
