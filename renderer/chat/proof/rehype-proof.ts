import type { ExtraProps } from 'streamdown';

import { citationsIn } from '../../../shared/model/documents/proof/find-citations.ts';
import { closeSign, indexOfSign, openSign, pointSign } from './mark-text.ts';

type Element = NonNullable<ExtraProps['node']>;
type Node = Element['children'][number];
interface Parent {
  children: Node[];
}

const signs = new RegExp(`${openSign}(.)|${closeSign}|${pointSign}(.)`, 'g');
/** Words in them are shown as they are, or belong to a link. */
const untouched = new Set(['code', 'pre', 'a']);

/** Makes elements of the citations in an answer and of its marks; `Citation.tsx` and `ProofMark.tsx` draw them. */
export function rehypeProof() {
  return (tree: Parent): void => {
    walk(tree, { open: undefined });
  };
}

interface Walk {
  /** The mark that is open, by its place among the marks. */
  open: number | undefined;
}

function walk(parent: Parent, state: Walk): void {
  parent.children = parent.children.flatMap((child): Node[] => {
    if (child.type === 'text') return piecesOf(child.value, state);
    if (child.type === 'element') {
      if (untouched.has(child.tagName)) removeSigns(child);
      else walk(child, state);
    }
    return [child];
  });
}

function piecesOf(text: string, state: Walk): Node[] {
  const pieces: Node[] = [];
  let from = 0;
  const words = (to: number): void => {
    const { open } = state;
    const cited = citedPieces(text.slice(from, to));
    pieces.push(...(open === undefined ? cited : cited.map((piece) => marked(piece, open))));
  };
  for (const match of text.matchAll(signs)) {
    words(match.index);
    from = match.index + match[0].length;
    const [, opened, point] = match;
    if (opened !== undefined) state.open = indexOfSign(opened);
    else if (point !== undefined) pieces.push(element('cite', { dataMark: String(indexOfSign(point)) }, []));
    else if (state.open !== undefined) {
      pieces.push(element('mark', { dataMark: String(state.open), dataEnd: '' }, []));
      state.open = undefined;
    }
  }
  words(text.length);
  return pieces;
}

function citedPieces(text: string): Node[] {
  const pieces: Node[] = [];
  let from = 0;
  for (const { start, end, numbers } of citationsIn(text)) {
    if (start > from) pieces.push(textNode(text.slice(from, start)));
    // The words of all stand in the first, so that they are copied and found as they were written.
    for (const [index, number] of numbers.entries()) {
      const own = index === 0 ? [textNode(text.slice(start, end))] : [];
      pieces.push(element('cite', { dataNumber: String(number) }, own));
    }
    from = end;
  }
  if (from < text.length) pieces.push(textNode(text.slice(from)));
  return pieces;
}

function marked(piece: Node, index: number): Node {
  return element('mark', { dataMark: String(index) }, [piece]);
}

function removeSigns(parent: Parent): void {
  for (const child of parent.children) {
    if (child.type === 'text') child.value = child.value.replaceAll(signs, '');
    else if (child.type === 'element') removeSigns(child);
  }
}

function textNode(value: string): Node {
  return { type: 'text', value };
}

function element(tagName: string, properties: Record<string, string>, children: Node[]): Node {
  return { type: 'element', tagName, properties, children };
}
