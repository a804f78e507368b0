import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { createNestedTables } from '../text/nested-tables.ts';
import type { XmlListener } from '../xml-events.ts';
import type { ListMarks, ParagraphStyle } from './docx-styles.ts';

export interface WrittenPage {
  readonly blocks: readonly DocumentBlock[];
  readonly pictures: number;
}

export interface DocxWriter {
  readonly listener: XmlListener;
  /** Pages that have ended since the last call. */
  takePages(): readonly WrittenPage[];
  end(): void;
}

/** Text that stands twice in a file for older programs, was deleted, or is no text. */
const unread = new Set([
  'mc:Fallback',
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'w:rPrChange',
  'w:pPrChange',
]);

/** Turns WordprocessingML (ECMA-376, part 1, 17) into blocks. */
export function createDocxWriter(
  styleOf: (id: string) => ParagraphStyle,
  marks: ListMarks,
  notes: ReadonlyMap<string, DocumentBlock>,
): DocxWriter {
  let pages: WrittenPage[] = [];
  let blocks: DocumentBlock[] = [];
  let footnotes: DocumentBlock[] = [];
  let pictures = 0;
  let skipped = 0;
  let text = '';
  let inText = 0;
  let style: ParagraphStyle = {};
  let numbering: { id: string; level: number } | undefined;
  const tables = createNestedTables();

  const endPage = (): void => {
    if (blocks.length === 0 && footnotes.length === 0) return;
    pages.push({ blocks: [...blocks, ...footnotes], pictures });
    [blocks, footnotes, pictures] = [[], [], 0];
  };

  const endParagraph = (): void => {
    const clean = text.replaceAll(/[ \t]*\n[ \t]*/g, '\n').trim();
    text = '';
    if (clean === '') return;
    if (tables.isOpen) {
      tables.write(clean);
      return;
    }
    const list = numbering ?? style.numbering;
    const mark = list === undefined ? null : marks.next(list.id, list.level);
    if (style.headingLevel !== undefined) {
      const shown = mark === null || mark === '•' ? clean : `${mark} ${clean}`;
      blocks.push({ kind: 'heading', level: style.headingLevel, text: shown });
    } else if (mark !== null) blocks.push({ kind: 'listItem', depth: list?.level ?? 0, marker: mark, text: clean });
    else blocks.push({ kind: 'paragraph', text: clean });
  };

  /** A page break in the middle of a paragraph ends the page after it, so that no sentence is cut. */
  let breakPending = false;

  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (skipped > 0 || unread.has(name)) {
      skipped += 1;
      return;
    }
    const value = attributes['w:val'] ?? '';
    switch (name) {
      case 'w:p':
        [text, style, numbering] = ['', {}, undefined];
        break;
      case 'w:pStyle':
        style = styleOf(value);
        break;
      case 'w:outlineLvl':
        if (Number(value) < 6) style = { ...style, headingLevel: Number(value) + 1 };
        break;
      case 'w:ilvl':
        numbering = { id: numbering?.id ?? '', level: Math.min(8, Math.max(0, Math.trunc(Number(value)) || 0)) };
        break;
      case 'w:numId':
        numbering = { id: value, level: numbering?.level ?? 0 };
        break;
      case 'w:t':
      case 'm:t':
        inText += 1;
        break;
      case 'w:tab':
        // The same name stands for a tab stop, which has a place.
        if (attributes['w:pos'] === undefined) text += '\t';
        break;
      case 'w:noBreakHyphen':
        text += '-';
        break;
      case 'w:br':
      case 'w:cr':
        if (attributes['w:type'] === 'page') markBreak();
        else text += '\n';
        break;
      case 'w:lastRenderedPageBreak':
      case 'w:pageBreakBefore':
        if (value !== '0' && value !== 'false') markBreak();
        break;
      case 'w:footnoteReference':
      case 'w:endnoteReference': {
        const note = notes.get((name === 'w:footnoteReference' ? 'f' : 'e') + (attributes['w:id'] ?? ''));
        if (note?.kind === 'footnote') {
          text += `[${note.marker}]`;
          footnotes.push(note);
        }
        break;
      }
      case 'w:drawing':
      case 'w:pict':
        pictures += 1;
        break;
      case 'w:tbl':
        tables.begin();
        break;
      case 'w:tr':
        tables.beginRow();
        break;
      case 'w:tc':
        tables.clearCell();
        break;
      case 'w:tblHeader':
        if (tables.rowsBegun === 1 && value !== '0' && value !== 'false') tables.markHeader();
        break;
      case 'w:gridSpan':
        span = Math.min(Number(value) || 1, 200);
        break;
      default:
        break;
    }
  };
  let span = 1;

  const markBreak = (): void => {
    if (text.trim() === '' && !tables.isOpen) endPage();
    else breakPending = true;
  };

  const close = (name: string): void => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    switch (name) {
      case 'w:t':
      case 'm:t':
        inText -= 1;
        break;
      case 'w:p':
        endParagraph();
        if (breakPending && !tables.isOpen) {
          breakPending = false;
          endPage();
        }
        break;
      case 'w:tc':
        tables.endCell(span);
        span = 1;
        break;
      case 'w:tbl':
        endTable();
        break;
      default:
        break;
    }
  };

  const endTable = (): void => {
    const table = tables.end();
    if (table !== undefined) blocks.push(table);
  };

  return {
    listener: { open, close, text: (value) => void (inText > 0 && skipped === 0 && (text += value)) },
    takePages() {
      const taken = pages;
      pages = [];
      return taken;
    },
    end() {
      endParagraph();
      while (tables.isOpen) endTable();
      endPage();
    },
  };
}
