/** The canvas of the pages' theme, so that a window has its colour before its page does. */
export function backgroundColour(dark: boolean): string {
  return dark ? '#1d1d1f' : '#ffffff';
}
