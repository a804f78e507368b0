import { expect, it } from 'vitest';

import { findDeadLinks, headingAnchors } from '../../build/scripts/checks/links.mjs';
import { smallTree } from './small-tree.ts';

function deadLinks(contents: Readonly<Record<string, string>>): string[] {
  using tree = smallTree(contents);
  return findDeadLinks(tree.root, tree.files).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

it('links to files, folders, headings and lines that exist are fine', () => {
  const text = [
    '# Top of `it`',
    '[file](docs/guide.md) [folder](docs) [here](#top-of-it) [heading](docs/guide.md#第一步-start)',
    '![picture](docs/a%20picture.png "title") [line](docs/code.ts#L2) <a href="docs/guide.md">x</a>',
    '[by name][guide] and [elsewhere](https://example.org/nothing) and [mail](mailto:a@example.org)',
    '[guide]: docs/guide.md',
  ].join('\n');
  expect(
    deadLinks({
      'README.md': text,
      'docs/guide.md': '## 第一步: Start\n[back](../README.md#top-of-it)',
      'docs/a picture.png': '',
      'docs/code.ts': 'one\ntwo\n',
    }),
  ).toEqual([]);
});

it.each([
  ['[x](gone.md)', 'leads to no file'],
  ['[x](docs/Guide.md)', 'leads to no file'],
  ['![x](picture.png)', 'leads to no file'],
  ['[x]: gone.md', 'leads to no file'],
  ['<img src="gone.png">', 'leads to no file'],
  ['[x](<gone file.md>)', 'leads to no file'],
  ['[x](#nowhere)', 'names no heading'],
  ['[x](docs/guide.md#nowhere)', 'names no heading'],
  ['[x](docs/code.ts#L99)', 'does not have'],
  ['[x](/docs/guide.md)', 'relative'],
  ['[x](../outside.md)', 'leaves the repository'],
  ['[x]()', 'without a target'],
  ['[x](%zz.md)', 'per cent'],
])('%s is dead', (link, expected) => {
  const found = deadLinks({ 'README.md': `\n${link}`, 'docs/guide.md': '# Guide', 'docs/code.ts': 'one\n' });
  expect(found).toEqual([expect.stringContaining(expected)]);
  expect(found[0]).toMatch(/^README\.md:2 /);
});

it('links in code are examples', () => {
  const text = '```md\n[x](gone.md)\n```\nand `[x](gone.md)` and\n~~~\n[x](gone.md)\n~~~';
  expect(deadLinks({ 'README.md': text })).toEqual([]);
});

it('a fence ends where it ends', () => {
  expect(deadLinks({ 'README.md': '```\ncode\n```\n[x](gone.md)' })).toEqual([expect.stringMatching(/^README\.md:4 /)]);
});

it('headings get the anchors GitHub gives them', () => {
  const text =
    '# A & B!\n## Twice\n## Twice\n### [Linked](x.md) `code_name`\nUnderlined\n---\n```\n# not one\n```\n<a id="own"></a>';
  expect([...headingAnchors(text)]).toEqual(['a--b', 'twice', 'twice-1', 'linked-code_name', 'underlined', 'own']);
});
