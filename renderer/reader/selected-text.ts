const wide = '[\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF]';
const parted = /(\p{Ll})[-\u00AD\u2010]\s*\n\s*(?=\p{Ll})/gu;
const betweenWide = new RegExp(`(?<=${wide})\\s+(?=${wide})`, 'g');

/** Text of a page without the ends of its lines: words that were parted are whole, and Chinese has no spaces. */
export function withoutLineEnds(selected: string): string {
  return selected.replaceAll(parted, '$1').replaceAll(/\s+/g, ' ').replaceAll(betweenWide, '').trim();
}
