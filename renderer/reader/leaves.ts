/** Elements that hold one text node each, and where each begins in the text of all. */
export interface Leaves {
  readonly elements: readonly Element[];
  readonly starts: readonly number[];
}

/** The range of the words between two places of the text; undefined where nothing of it is in the page. */
export function rangeOf({ elements, starts }: Leaves, start: number, end: number): Range | undefined {
  const first = starts.findLastIndex((at) => at <= start);
  const last = starts.findLastIndex((at) => at < end);
  const [from, to] = [textNodeOf(elements[first]), textNodeOf(elements[last])];
  if (from === undefined || to === undefined) return undefined;
  const range = document.createRange();
  range.setStart(from, Math.min(from.length, start - (starts[first] ?? 0)));
  range.setEnd(to, Math.min(to.length, end - (starts[last] ?? 0)));
  return range;
}

function textNodeOf(element: Element | undefined): Text | undefined {
  const node = element?.firstChild;
  return node instanceof Text ? node : undefined;
}

/** Paints words without touching their elements; the style is in reader.css. The answer takes the paint away. */
export function paint(name: 'reader-find' | 'reader-find-current' | 'reader-quote', range: Range): () => void {
  let highlight = CSS.highlights.get(name);
  if (highlight === undefined) {
    highlight = new Highlight();
    CSS.highlights.set(name, highlight);
  }
  highlight.add(range);
  return () => highlight.delete(range);
}

/** Scrolls so far that the words, or the element, are well in sight; not at all when they are. */
export function reveal(place: Range | Element): void {
  const start = place instanceof Range ? place.startContainer.parentElement : place;
  const scroller = start?.closest('[data-reader-scroller]');
  if (!scroller) return;
  const words = place.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  const margin = Math.min(64, view.height / 6);
  if (words.top < view.top + margin || words.bottom > view.bottom - margin) {
    scroller.scrollTop += words.top - (view.top + Math.max(margin, (view.height - words.height) / 3));
  }
  if (words.left < view.left || words.right > view.right) scroller.scrollLeft += words.left - view.left - margin;
}
