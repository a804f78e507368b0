import { foldCase } from '../../../shared/model/search-snippet.ts';
import type { FoundPlace } from './find-store.ts';

const names = { all: 'find', current: 'find-current' } as const;
/** Words do not go on from one of these to the next. */
const blocks = 'p, li, td, th, pre, h1, h2, h3, h4, h5, h6, blockquote';

/**
 * Marks the words in the messages that are in the page, without touching their elements, and answers where the current
 * place is; undefined while its message is not in the page, or where the layout has taken the words apart.
 */
export function markPlaces(log: HTMLElement, query: string, current: FoundPlace | undefined): Range | undefined {
  const needle = foldCase(query);
  const all: Range[] = [];
  let found: Range | undefined;
  for (const article of log.querySelectorAll<HTMLElement>('[data-message]')) {
    const ranges = needle === '' ? [] : findRanges(article, needle);
    if (article.dataset['message'] === current?.messageId) found = ranges[current?.nth ?? 0] ?? ranges.at(-1);
    all.push(...ranges);
  }
  // Reads its ranges later, when it paints.
  CSS.highlights.set(names.all, new Highlight(...all.filter((range) => range !== found)));
  CSS.highlights.set(names.current, new Highlight(...(found ? [found] : [])));
  return found;
}

export function unmarkPlaces(): void {
  for (const name of Object.values(names)) CSS.highlights.delete(name);
}

function findRanges(article: HTMLElement, needle: string): Range[] {
  return [...article.querySelectorAll('.answer-text, .markdown')].flatMap((body) => {
    const { text, nodes } = readText(body);
    const folded = foldCase(text);
    const ranges: Range[] = [];
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
      const range = toRange(nodes, at, at + needle.length);
      if (range !== undefined) ranges.push(range);
    }
    return ranges;
  });
}

interface TextNode {
  readonly node: Text;
  /** Where it begins in the text of all. */
  readonly from: number;
}

function readText(body: Element): { text: string; nodes: TextNode[] } {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes: TextNode[] = [];
  let text = '';
  let block: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    const own = node.parentElement?.closest(blocks) ?? null;
    if (own !== block && text !== '') text += '\n';
    block = own;
    nodes.push({ node, from: text.length });
    text += node.data;
  }
  return { text, nodes };
}

function toRange(nodes: readonly TextNode[], from: number, to: number): Range | undefined {
  const first = nodes.findLast((each) => each.from <= from);
  const last = nodes.findLast((each) => each.from < to);
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [from - first.from, to - last.from];
  if (start > first.node.length || end > last.node.length) return undefined;
  const range = document.createRange();
  range.setStart(first.node, start);
  range.setEnd(last.node, end);
  return range;
}
