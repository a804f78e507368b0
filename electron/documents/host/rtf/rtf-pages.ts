import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { splitHeader, tableBlock } from '../text/table-block.ts';

/** Groups whose text is not part of the document. */
const unread = new Set(
  'fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep xmlnstbl themedata colorschememapping datastore latentstyles filetbl bkmkstart bkmkend fldinst pntext listtext nonshppict shppict'.split(
    ' ',
  ),
);
/** Groups that may be skipped by older readers, and that hold text all the same. */
const starred = new Set(['shptxt', 'footnote', 'fldrslt', 'shpinst', 'shppict']);

const symbols: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  '~': '\u00A0',
  _: '-',
};

const codePages: Readonly<Record<string, string>> = {
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
  '10000': 'macintosh',
  '65001': 'utf-8',
};
/** Of \fcharset, for the fonts that bring an encoding of their own. */
const fontSets: Readonly<Record<string, string>> = {
  '128': 'shift_jis',
  '129': 'euc-kr',
  '134': 'gbk',
  '136': 'big5',
  '161': 'windows-1253',
  '162': 'windows-1254',
  '177': 'windows-1255',
  '178': 'windows-1256',
  '186': 'windows-1257',
  '204': 'windows-1251',
  '238': 'windows-1250',
};

interface Group {
  isUnread: boolean;
  /** Characters that stand after \u for readers without Unicode. */
  fallback: number;
  encoding: string;
  destination: string;
}

const mostDepth = 10_000;

/** The text of RTF 1.9.1. `source` is text of one byte a character. */
export function rtfPages(source: string): { pages: { blocks: DocumentBlock[] }[]; title: string } {
  const pages: { blocks: DocumentBlock[] }[] = [];
  let blocks: DocumentBlock[] = [];
  let footnotes: DocumentBlock[] = [];
  let text = '';
  /** Notes that are being read; one inside another belongs to it. */
  const notes: string[] = [];
  let title = '';
  let bytes: number[] = [];
  let outline: number | null = null;
  let listMark: string | null = null;
  let row: string[] = [];
  let rows: string[][] = [];
  let inTable = false;
  let skip = 0;
  let defaultEncoding = 'windows-1252';
  let fontNumber = '0';
  const fonts = new Map<string, string>();
  let group: Group = { isUnread: false, fallback: 1, encoding: '', destination: '' };
  const outer: Group[] = [];

  const put = (value: string): void => {
    if (group.destination === 'title') title += value;
    else if (group.destination === 'listtext' || group.destination === 'pntext') listMark = (listMark ?? '') + value;
    else if (group.isUnread) return;
    else if (notes.length > 0) notes.push((notes.pop() ?? '') + value);
    else text += value;
  };
  const flushBytes = (): void => {
    if (bytes.length === 0) return;
    const taken = Uint8Array.from(bytes);
    bytes = [];
    put(new TextDecoder(group.encoding || defaultEncoding).decode(taken));
  };
  const isDoubleByte = (): boolean => /^(?:gbk|big5|euc-kr)$/.test(group.encoding || defaultEncoding);
  const endTable = (): void => {
    const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
    rows = [];
    if (filled.length > 0) blocks.push(tableBlock(splitHeader(filled)));
  };
  const endParagraph = (): void => {
    if (notes.length > 0) {
      put('\n');
      return;
    }
    const clean = text.trim();
    const mark = listMark?.trim() ?? '';
    if (inTable) {
      text += '\n';
      return;
    }
    [text, listMark] = ['', null];
    if (clean === '') return;
    endTable();
    if (outline !== null) blocks.push({ kind: 'heading', level: Math.min(6, outline + 1), text: clean });
    else if (mark !== '') {
      const marker = /^[\p{L}\p{N}(]/u.test(mark) ? mark : '•';
      blocks.push({ kind: 'listItem', depth: 0, marker, text: clean });
    } else blocks.push({ kind: 'paragraph', text: clean });
  };
  const endPage = (): void => {
    endTable();
    if (blocks.length + footnotes.length > 0) pages.push({ blocks: [...blocks, ...footnotes] });
    [blocks, footnotes] = [[], []];
  };

  const control = (word: string, argument: string): void => {
    flushBytes();
    const number = Number.parseInt(argument, 10);
    if (unread.has(word)) [group.isUnread, group.destination] = [true, word];
    else if (Object.hasOwn(symbols, word)) put(symbols[word] ?? '');
    else {
      switch (word) {
        case 'par':
        case 'sect':
          endParagraph();
          break;
        case 'page':
          endParagraph();
          endPage();
          break;
        case 'pard':
          [outline, inTable] = [null, false];
          break;
        case 'intbl':
          inTable = true;
          break;
        case 'outlinelevel':
          outline = number;
          break;
        case 'cell':
          row.push(text.trim());
          [text, listMark] = ['', null];
          break;
        case 'row':
          rows.push(row);
          [row, text] = [[], ''];
          break;
        case 'title':
          group.destination = 'title';
          break;
        case 'footnote':
          group.destination = 'footnote';
          notes.push('');
          break;
        case 'ansicpg':
          defaultEncoding =
            codePages[argument] ?? (/^(?:125\d|874)$/.test(argument) ? `windows-${argument}` : 'windows-1252');
          break;
        case 'f':
          fontNumber = argument;
          group.encoding = fonts.get(argument) ?? '';
          break;
        case 'fcharset':
          fonts.set(fontNumber, fontSets[argument] ?? '');
          break;
        case 'uc':
          group.fallback = Math.max(0, Math.min(number || 0, 10));
          break;
        case 'u':
          put(String.fromCharCode(number < 0 ? number + 65_536 : number & 0xffff));
          skip = group.fallback;
          break;
        case 'bin':
          break;
        default:
          break;
      }
    }
  };

  const token = /[^\\{}\r\n]+|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|[{}]|[\r\n]+|\\/g;
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    const [whole, word, argument = '', hex, symbol] = match;
    if (whole === '{') {
      flushBytes();
      if (outer.length >= mostDepth) break;
      outer.push(group);
      group = { ...group, destination: group.isUnread ? group.destination : '' };
    } else if (whole === '}') {
      flushBytes();
      if (group.destination === 'footnote' && outer.at(-1)?.destination !== 'footnote') {
        const note = notes.pop()?.trim() ?? '';
        if (note !== '') footnotes.push({ kind: 'footnote', marker: String(footnotes.length + 1), text: note });
      }
      group = outer.pop() ?? group;
      skip = 0;
    } else if (word !== undefined) {
      skip = 0;
      control(word, argument);
      if (word === 'bin') token.lastIndex += Math.max(0, Number(argument) || 0);
    } else if (hex !== undefined) {
      if (skip > 0) skip -= 1;
      else bytes.push(Number.parseInt(hex, 16));
    } else if (symbol !== undefined) {
      flushBytes();
      if (symbol === '*') {
        const next = /^\\([a-zA-Z]+)/.exec(source.slice(token.lastIndex, token.lastIndex + 40))?.[1] ?? '';
        if (!starred.has(next)) group.isUnread = true;
      } else if (symbol === '\n' || symbol === '\r') endParagraph();
      else if (symbol === '~' || symbol === '_') put(symbols[symbol] ?? '');
      else if (symbol === '\\' || symbol === '{' || symbol === '}') put(symbol);
    } else if (!/^[\r\n\\]/.test(whole)) {
      const rest = whole.slice(Math.min(skip, whole.length));
      skip = 0;
      // Some programs write bytes as they are.
      for (const character of rest) {
        const code = character.charCodeAt(0);
        if (code >= 0x80 || (bytes.length % 2 === 1 && isDoubleByte())) bytes.push(code);
        else {
          flushBytes();
          put(character);
        }
      }
    }
  }
  flushBytes();
  inTable = false;
  endParagraph();
  endPage();
  return { pages, title: title.trim() };
}
