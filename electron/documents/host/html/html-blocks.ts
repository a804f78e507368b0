import { ElementType, parseDocument } from 'htmlparser2';

import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { splitHeader, tableBlock } from '../text/table-block.ts';

type Document = ReturnType<typeof parseDocument>;
type ChildNode = Document['children'][number];
type Element = Extract<ChildNode, { attribs: object }>;

export interface HtmlContent {
  readonly title: string | null;
  readonly blocks: readonly DocumentBlock[];
  readonly pictures: number;
}

/** Elements whose content nobody reads. */
const unread = new Set(
  'script style noscript template svg math head iframe object embed canvas select button audio video'.split(' '),
);
/** Elements that do not begin a block of their own. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr input'.split(
    ' ',
  ),
);
/** Around what a page is about; left out where the page says what that is. */
const surroundings = new Set(['nav', 'aside', 'footer', 'header']);
/** Nested deeper, a page is not read but meant to exhaust the stack. */
const mostDepth = 400;

export function htmlBlocks(html: string): HtmlContent {
  const document = parseDocument(html, { lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true });
  const titleElement = findFirst(document, (element) => element.name === 'title');
  const title = titleElement === undefined ? '' : collapse(textOf(titleElement));
  const main = findFirst(document, (element) => element.name === 'main' || element.attribs['role'] === 'main');
  const writer = createWriter(main !== undefined || findFirst(document, (one) => one.name === 'article') !== undefined);
  writer.walk(main ?? document, 0);
  writer.flush();
  return { title: title === '' ? null : title, blocks: writer.blocks, pictures: writer.pictures() };
}

function createWriter(knowsMain: boolean) {
  const blocks: DocumentBlock[] = [];
  let text = '';
  let pictures = 0;
  /** What the text being collected will be. */
  let kind: { level: number } | { depth: number; marker: string } | null = null;
  const lists: { ordered: boolean; next: number }[] = [];

  const flush = (): void => {
    const clean = tidy(text);
    text = '';
    if (clean === '') return;
    if (kind === null) blocks.push({ kind: 'paragraph', text: clean });
    else if ('level' in kind) blocks.push({ kind: 'heading', level: kind.level, text: clean.replaceAll('\n', ' ') });
    else {
      blocks.push({ kind: 'listItem', depth: kind.depth, marker: kind.marker, text: clean });
      kind = null;
    }
  };

  const children = (node: Document | Element, depth: number): void => {
    for (const child of node.children) visit(child, depth + 1);
  };

  const visit = (node: ChildNode, depth: number): void => {
    if (node.type === ElementType.Text) text += node.data.replaceAll(/\s+/g, ' ');
    else if ('children' in node && depth < mostDepth) {
      if ('attribs' in node) element(node, depth);
      else for (const child of node.children) visit(child, depth + 1);
    }
  };

  const element = (node: Element, depth: number): void => {
    const { name } = node;
    if (unread.has(name) || isHidden(node) || (knowsMain && surroundings.has(name))) return;
    if (name === 'br') text += '\n';
    else if (name === 'img' || name === 'picture') {
      pictures += 1;
      const alt = node.attribs['alt']?.trim() ?? '';
      if (alt !== '') text += ` ${alt} `;
    } else if (/^h[1-6]$/.test(name)) {
      flush();
      kind = { level: Number(name[1]) };
      children(node, depth);
      flush();
      kind = null;
    } else if (name === 'ul' || name === 'ol' || name === 'menu') {
      flush();
      lists.push({ ordered: name === 'ol', next: Number.parseInt(node.attribs['start'] ?? '', 10) || 1 });
      children(node, depth);
      flush();
      lists.pop();
    } else if (name === 'li') {
      flush();
      const list = lists.at(-1);
      kind = { depth: Math.max(0, lists.length - 1), marker: list?.ordered === true ? `${list.next}.` : '•' };
      if (list !== undefined) list.next += 1;
      children(node, depth);
      flush();
      kind = null;
    } else if (name === 'pre') {
      flush();
      const code = textOf(node).replace(/^\n/, '').trimEnd();
      if (code !== '') blocks.push({ kind: 'code', language: languageOf(node), text: code });
    } else if (name === 'table') table(node, depth);
    else if (inline.has(name)) children(node, depth);
    else {
      flush();
      children(node, depth);
      flush();
    }
  };

  const table = (node: Element, depth: number): void => {
    flush();
    const rows = tableRows(node);
    // What only lays out a page is no table.
    const isLayout =
      node.attribs['role'] === 'presentation' ||
      rows.every((row) => row.cells.length < 2) ||
      findFirst(node, (one) => one !== node && /^(?:table|h[1-6]|pre)$/.test(one.name)) !== undefined;
    if (isLayout) {
      children(node, depth);
      flush();
      return;
    }
    const caption = findFirst(node, (one) => one.name === 'caption');
    const captionText = caption === undefined ? '' : collapse(textOf(caption));
    if (captionText !== '') blocks.push({ kind: 'paragraph', text: captionText });
    const cells = rows.map((row) => row.cells);
    const [head, ...rest] = cells;
    blocks.push(
      tableBlock(rows[0]?.isHeader === true && head !== undefined ? { header: head, rows: rest } : splitHeader(cells)),
    );
  };

  return { blocks, walk: children, flush, pictures: () => pictures };
}

/** A page can hold text for programs that no reader sees; it is none of the document's. */
function isHidden({ attribs }: Element): boolean {
  if ('hidden' in attribs) return true;
  const style = attribs['style'] ?? '';
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style);
}

interface TableRow {
  readonly cells: readonly string[];
  readonly isHeader: boolean;
}

function tableRows(table: Element): TableRow[] {
  const rows: TableRow[] = [];
  const mostColumns = 200;
  const visit = (node: Element, inHead: boolean, depth: number): void => {
    if (node.name === 'tr') {
      const cells: string[] = [];
      let heads = 0;
      for (const cell of node.children) {
        if (!('attribs' in cell) || (cell.name !== 'td' && cell.name !== 'th')) continue;
        if (cell.name === 'th') heads += 1;
        cells.push(tidy(blockText(cell)).replaceAll('\n', ' '));
        const span = Math.min(Number.parseInt(cell.attribs['colspan'] ?? '1', 10) || 1, mostColumns);
        for (let more = 1; more < span && cells.length < mostColumns; more += 1) cells.push('');
      }
      if (cells.length > 0) rows.push({ cells, isHeader: inHead || heads === cells.length });
      return;
    }
    if (depth > mostDepth) return;
    for (const child of node.children) {
      if ('attribs' in child && child.name !== 'table') visit(child, inHead || child.name === 'thead', depth + 1);
    }
  };
  visit(table, false, 0);
  return rows;
}

/** The text of an element with a line break where a block ends. */
function blockText(element: Element, depth = 0): string {
  if (depth > mostDepth) return '';
  let text = '';
  for (const child of element.children) {
    if (child.type === ElementType.Text) text += child.data.replaceAll(/\s+/g, ' ');
    else if ('attribs' in child && !unread.has(child.name) && !isHidden(child)) {
      const inner = child.name === 'br' ? '\n' : blockText(child, depth + 1);
      text += inline.has(child.name) ? inner : `\n${inner}\n`;
    }
  }
  return text;
}

function textOf(element: Element, depth = 0): string {
  if (depth > mostDepth) return '';
  return element.children
    .map((child) => {
      if (child.type === ElementType.Text) return child.data;
      if (!('attribs' in child)) return '';
      return child.name === 'br' ? '\n' : textOf(child, depth + 1);
    })
    .join('');
}

function languageOf(pre: Element): string | null {
  const code = findFirst(pre, (one) => one.name === 'code');
  const names = `${pre.attribs['class'] ?? ''} ${code?.attribs['class'] ?? ''}`;
  return /\b(?:language|lang|highlight-source)-([\w+#-]+)/.exec(names)?.[1] ?? null;
}

/** Without recursion, and in the order of the document. */
function findFirst(root: Document | Element, fits: (element: Element) => boolean): Element | undefined {
  const stack: ChildNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('attribs' in node && fits(node)) return node;
    if (!('children' in node)) continue;
    for (const child of node.children.toReversed()) stack.push(child);
  }
  return undefined;
}

function collapse(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function tidy(text: string): string {
  return text
    .replaceAll('\u00AD', '')
    .replaceAll(/[ \t\u00A0]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}
