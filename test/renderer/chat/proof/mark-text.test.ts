import { expect, test } from 'vitest';

import { withMarks, withoutHalfCitation } from '../../../../renderer/chat/proof/mark-text.ts';
import { rehypeProof } from '../../../../renderer/chat/proof/rehype-proof.ts';

type Tree = Parameters<ReturnType<typeof rehypeProof>>[0];
type Node = Tree['children'][number];

const paragraph = (...children: Node[]): Node => ({ type: 'element', tagName: 'p', properties: {}, children });
const text = (value: string): Node => ({ type: 'text', value });
const inside = (tagName: string, value: string): Node => ({
  type: 'element',
  tagName,
  properties: {},
  children: [text(value)],
});

/** As a person would write it down. */
function drawn(...children: Node[]): string {
  const tree: Tree = { children: [paragraph(...children)] };
  rehypeProof()(tree);
  const draw = (node: Node): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return '';
    const { dataNumber, dataMark, dataEnd } = node.properties;
    const own = node.children.map(draw).join('');
    if (node.tagName === 'p') return own;
    return `<${[node.tagName, dataNumber ?? dataMark, dataEnd === undefined ? undefined : 'end'].filter((part) => part !== undefined).join(' ')}|${own}>`;
  };
  return tree.children.map(draw).join('');
}

test('numbers of sources become citations, whose words stay as they were written', () => {
  expect(drawn(text('a [1, 3] b【2】'))).toBe('a <cite 1|[1, 3]><cite 3|> b<cite 2|【2】>');
  expect(drawn(inside('strong', 'x [1]'), inside('code', '[2]'), inside('a', '[3]'))).toBe(
    '<strong|x <cite 1|[1]>><code|[2]><a|[3]>',
  );
});

test('marks go over the ends of elements, and a source that was found stands behind its sentence', () => {
  const answer = 'He said "so it is". Next.';
  const marked = withMarks(answer, [
    { type: 'wrongQuote', start: 8, end: 18 },
    { type: 'supported', start: 0, end: 19, number: 4 },
  ]);
  const at = marked.indexOf('it');
  expect(drawn(text(marked.slice(0, at)), inside('em', 'it'), text(marked.slice(at + 2)))).toBe(
    'He said <mark 0|"so ><em|<mark 0|it>><mark 0| is"><mark 0 end|>. <cite 1|> Next.',
  );
});

test('a model cannot write marks itself, and a mark that was not closed ends with its paragraph', () => {
  expect(withMarks('a\uE000\uE100b\uE001', [])).toBe('a\uFFFD\uE100b\uFFFD');
  expect(withMarks('plain', [])).toBe('plain');
});

test.each([
  ['The deposit [', 'The deposit'],
  ['The deposit [1, ', 'The deposit'],
  ['甲【2', '甲'],
  ['The deposit [1]', 'The deposit [1]'],
  ['a [link', 'a [link'],
])('of a growing text "%s" as much is shown as will stay', (growing, shown) => {
  expect(withoutHalfCitation(growing)).toBe(shown);
});
