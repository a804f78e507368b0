/** "1, 2, 3, ..., `last`.": a script of any length that says how far it has come. One token a number. */
export function countingScript(last: number): string {
  return `${Array.from({ length: last }, (_, index) => index + 1).join(', ')}.`;
}
