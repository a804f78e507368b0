import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import type { PageDraft } from '../reading.ts';
import { createNestedTables } from '../text/nested-tables.ts';
import type { XmlListener } from '../xml-events.ts';

export interface OdfWriter {
  readonly listener: XmlListener;
  /** Pages that have ended since the last call. */
  takePages(): readonly PageDraft[];
  end(): void;
}

interface Paragraph {
  text: string;
  readonly headingLevel: number | null;
}

/** Not part of the text: what was deleted, remarks, forms, and the rulers of tables. */
const unread = new Set([
  'text:tracked-changes',
  'office:annotation',
  'office:forms',
  'text:note-citation',
  'presentation:notes-placeholder',
]);

/** Turns the body of an OpenDocument text or presentation into blocks. */
export function createOdfWriter(unit: 'page' | 'slide'): OdfWriter {
  let pages: PageDraft[] = [];
  let blocks: DocumentBlock[] = [];
  let footnotes: DocumentBlock[] = [];
  let pictures = 0;
  let label: string | undefined;
  let skipped = 0;
  let noteCount = 0;
  const breaking = new Set<string>();
  const bulleted = new Map<string, boolean>();
  let styleName = '';
  const paragraphs: Paragraph[] = [];
  const notes: { parts: string[] }[] = [];
  const lists: { numbered: boolean; next: number; isFirst: boolean }[] = [];
  const tables = createNestedTables();

  const endPage = (): void => {
    if (blocks.length === 0 && footnotes.length === 0 && pictures === 0 && unit === 'page') return;
    pages.push({ unit, ...(label === undefined ? {} : { label }), blocks: [...blocks, ...footnotes], pictures });
    [blocks, footnotes, pictures, label] = [[], [], 0, undefined];
  };

  const endParagraph = (): void => {
    const paragraph = paragraphs.pop();
    const text = paragraph?.text.trim() ?? '';
    if (paragraph === undefined || text === '') return;
    const note = notes.at(-1);
    const list = lists.at(-1);
    if (note !== undefined) note.parts.push(text);
    else if (tables.isOpen) tables.write(text);
    else if (paragraph.headingLevel !== null) blocks.push({ kind: 'heading', level: paragraph.headingLevel, text });
    else if (list?.isFirst === true) {
      list.isFirst = false;
      const marker = list.numbered ? `${list.next}.` : '•';
      list.next += 1;
      blocks.push({ kind: 'listItem', depth: Math.min(lists.length - 1, 9), marker, text });
    } else blocks.push({ kind: 'paragraph', text });
  };

  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (skipped > 0 || unread.has(name)) {
      skipped += 1;
      return;
    }
    switch (name) {
      case 'style:style':
      case 'text:list-style':
        styleName = attributes['style:name'] ?? '';
        break;
      case 'style:paragraph-properties':
        if (attributes['fo:break-before'] === 'page') breaking.add(styleName);
        break;
      case 'text:list-level-style-number':
        if (attributes['text:level'] === '1') bulleted.set(styleName, false);
        break;
      case 'draw:page':
        label = attributes['draw:name'];
        break;
      case 'text:h':
      case 'text:p': {
        if (breaking.has(attributes['text:style-name'] ?? '') && !tables.isOpen) endPage();
        const level = Math.trunc(Number(attributes['text:outline-level'])) || 1;
        paragraphs.push({ text: '', headingLevel: name === 'text:h' ? Math.min(6, Math.max(1, level)) : null });
        break;
      }
      case 'text:s':
        append(' '.repeat(Math.min(Math.max(1, Math.trunc(Number(attributes['text:c'])) || 1), 100)));
        break;
      case 'text:tab':
        append('\t');
        break;
      case 'text:line-break':
        append('\n');
        break;
      case 'text:soft-page-break':
        if (paragraphs.length === 0 && !tables.isOpen) endPage();
        break;
      case 'text:list': {
        const style = attributes['text:style-name'] ?? '';
        const outer = lists.at(-1);
        const numbered = bulleted.has(style) || (style === '' && outer?.numbered === true);
        lists.push({ numbered, next: 1, isFirst: false });
        break;
      }
      case 'text:list-item': {
        const list = lists.at(-1);
        if (list !== undefined) list.isFirst = true;
        break;
      }
      case 'text:note':
        noteCount += 1;
        append(`[${noteCount}]`);
        notes.push({ parts: [] });
        break;
      case 'draw:image':
        pictures += 1;
        break;
      case 'table:table':
        tables.begin();
        break;
      case 'table:table-header-rows':
        if (tables.rowsBegun === 0) tables.markHeader();
        break;
      case 'table:table-row':
        tables.beginRow();
        break;
      default:
        break;
    }
  };

  const close = (name: string): void => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    switch (name) {
      case 'text:h':
      case 'text:p':
        endParagraph();
        break;
      case 'text:list':
        lists.pop();
        break;
      case 'text:note': {
        const text = notes.pop()?.parts.join('\n') ?? '';
        if (text !== '') footnotes.push({ kind: 'footnote', marker: String(noteCount), text });
        break;
      }
      case 'table:table-cell':
      case 'table:covered-table-cell':
        tables.endCell();
        break;
      case 'table:table':
        endTable();
        break;
      case 'draw:page':
        endPage();
        break;
      default:
        break;
    }
  };

  const endTable = (): void => {
    const table = tables.end();
    if (table !== undefined) blocks.push(table);
  };

  function append(text: string): void {
    const paragraph = paragraphs.at(-1);
    if (paragraph !== undefined && skipped === 0) paragraph.text += text;
  }

  return {
    // Line breaks in the file mean as much as a space.
    listener: { open, close, text: (text) => append(text.replaceAll(/\s+/g, ' ')) },
    takePages() {
      const taken = pages;
      pages = [];
      return taken;
    },
    end() {
      while (paragraphs.length > 0) endParagraph();
      while (tables.isOpen) endTable();
      if (unit === 'page' || blocks.length > 0) endPage();
    },
  };
}
