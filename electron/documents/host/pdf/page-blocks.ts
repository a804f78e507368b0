import type { BlockBox, DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { splitColumns } from './columns.ts';
import type { PageText } from './fragments.ts';
import { findRows, isWideJoin, rowLeft, rowRight, rowText, type Row } from './rows.ts';
import { findTable } from './tables.ts';

const marker =
  /^([•●○▪■◦‣⁃·]|[-–*](?= )|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)](?=\s|$)|[（(]?[一二三四五六七八九十]{1,3}[、）)])\s*/;
const numberedHeading =
  /^(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+\p{L}|第\s*[一二三四五六七八九十百\d]{1,4}\s*[章节條条]|(?:Chapter|Section|Article)\s+[\dIVX]+)/u;
/** A line so much larger than most text is a heading. */
const headingRatio = 1.15;
const footnoteRatio = 0.9;

/** The blocks of a page in reading order. `bodySize` is the size of most letters of the document. */
export function pageBlocks(text: PageText, bodySize: number, pageHeight: number): DocumentBlock[] {
  const blocks = splitColumns(findRows(text.upright)).flatMap((region) => regionBlocks(region, bodySize, pageHeight));
  const turned = text.turned.join(' ').trim();
  return turned === '' ? blocks : [...blocks, { kind: 'paragraph', text: turned }];
}

function regionBlocks(rows: readonly Row[], bodySize: number, pageHeight: number): DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  const spacing = usualSpacing(rows);
  const left = Math.min(...rows.map(rowLeft));
  const right = Math.max(...rows.map(rowRight));
  let paragraph: Row[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push(textBlock(paragraph, bodySize, { left, right, spacing }, pageHeight));
    paragraph = [];
  };
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined) break;
    const found = findTable(rows, index);
    if (found !== undefined) {
      endParagraph();
      blocks.push({ ...found.table, box: boxOf(rows.slice(index, index + found.length)) });
      index += found.length - 1;
      continue;
    }
    const before = paragraph.at(-1);
    if (before !== undefined && beginsParagraph(row, before, paragraph, { spacing, left, right })) endParagraph();
    paragraph.push(row);
  }
  endParagraph();
  return blocks;
}

interface RegionShape {
  readonly spacing: number;
  readonly left: number;
  readonly right: number;
}

function beginsParagraph(row: Row, before: Row, paragraph: readonly Row[], shape: RegionShape): boolean {
  const gap = row.baseline - before.baseline;
  if (gap > 1.3 * Math.max(shape.spacing, 1.05 * row.size) || gap < 0) return true;
  if (Math.abs(row.size - before.size) > 0.08 * Math.max(row.size, before.size)) return true;
  if (beginsItem(row, before, shape.right)) return true;
  const first = paragraph[0];
  const startsInside = rowLeft(row) - shape.left > 0.8 * row.size;
  const beforeInside = rowLeft(before) - shape.left > 0.8 * row.size;
  // The rest of a list item stands where its text began.
  if (first !== undefined && marker.test(rowText(first))) {
    if (rowLeft(row) < rowLeft(first) - 0.3 * row.size) return true;
    return rowLeft(row) < rowLeft(first) + 0.3 * row.size && startsAnew(row, before, shape);
  }
  if (startsInside && !beforeInside) return true;
  return startsAnew(row, before, shape);
}

/** A letter and a full stop also end sentences, in the middle of a paragraph at the beginning of a line. */
function beginsItem(row: Row, before: Row, right: number): boolean {
  const mark = marker.exec(rowText(row))?.[1];
  if (mark === undefined) return false;
  return !/^[\p{L}\d]/u.test(mark) || hadRoom(before, row, right) || /[.;:!?。；：！？]$/.test(rowText(before));
}

/** The line before ended early, and with the end of a sentence. */
function startsAnew(row: Row, before: Row, { left, right }: RegionShape): boolean {
  const isShort = rowRight(before) < right - 0.25 * (right - left);
  return isShort && /[.!?:。！？：][”"’')）]?$/.test(rowText(before)) && !/^\p{Ll}/u.test(rowText(row));
}

function textBlock(rows: readonly Row[], bodySize: number, shape: RegionShape, pageHeight: number): DocumentBlock {
  const { left, right } = shape;
  const text = joinRows(rows, right);
  const box = boxOf(rows);
  const size = Math.max(...rows.map((row) => row.size));
  const isShort = rows.length <= 3 && text.length <= 200;
  if (size >= headingRatio * bodySize && isShort) {
    const ratio = size / bodySize;
    return { kind: 'heading', level: ratio >= 1.7 ? 1 : ratio >= 1.35 ? 2 : 3, text, box };
  }
  if (rows.length === 1 && text.length <= 80 && numberedHeading.test(text) && !/[.,;。，；]$/.test(text)) {
    const dots = /^\d+((?:\.\d+)*)/.exec(text)?.[1]?.match(/\./g)?.length ?? 0;
    return { kind: 'heading', level: Math.min(6, 2 + dots), text, box };
  }
  const mark = marker.exec(text);
  const isNote = size <= footnoteRatio * bodySize && box.y > pageHeight / 2;
  // `1 / 4` at the foot of a page is its number, not a note.
  const note = isNote && !/^\d+\s*\/\s*\d+$/.test(text) ? /^(\d{1,3}|[*†‡])\s*(?=\S)/.exec(text) : null;
  if (note !== null) return { kind: 'footnote', marker: note[1] ?? '', text: text.slice(note[0].length), box };
  if (mark !== null) {
    const depth = Math.max(0, Math.min(5, Math.round((box.x - left) / (2 * size)) - 1));
    return { kind: 'listItem', depth, marker: mark[1] ?? '', text: text.slice(mark[0].length), box };
  }
  return { kind: 'paragraph', text, box };
}

/**
 * Words that were parted at the end of a line are put together again. A line that ended although the next word had room
 * was ended on purpose, as in a poem, an address or a program; such an end is kept.
 */
function joinRows(rows: readonly Row[], right: number): string {
  let text = '';
  for (const [index, row] of rows.entries()) {
    const line = rowText(row);
    const before = rows[index - 1];
    if (before === undefined) text = line;
    else if (/\p{Ll}[-\u00AD\u2010]$/u.test(text) && /^\p{Ll}/u.test(line)) text = text.slice(0, -1) + line;
    else if (hadRoom(before, row, right)) text += `\n${line}`;
    else text += isWideJoin(text, line) ? line : ` ${line}`;
  }
  return text;
}

function hadRoom(before: Row, row: Row, right: number): boolean {
  const line = rowText(row);
  const word = isWideJoin(line, line) ? line.slice(0, 1) : (/^\S+/.exec(line)?.[0] ?? '');
  const letterWidth = (rowRight(row) - rowLeft(row)) / Math.max(1, line.length);
  return rowRight(before) + (word.length + 1) * letterWidth + 2 * row.size < right;
}

/** The distance between most lines. */
function usualSpacing(rows: readonly Row[]): number {
  const gaps = rows
    .slice(1)
    .map((row, index) => row.baseline - (rows[index]?.baseline ?? 0))
    .filter((gap) => gap > 0)
    .toSorted((a, b) => a - b);
  // Lines stand closer than paragraphs: the lower third is the distance between lines.
  return gaps[Math.floor(gaps.length / 3)] ?? Infinity;
}

function boxOf(rows: readonly Row[]): BlockBox {
  const x = Math.min(...rows.map(rowLeft));
  const y = Math.min(...rows.map((row) => row.baseline - 0.85 * row.size));
  const bottom = Math.max(...rows.map((row) => row.baseline + 0.25 * row.size));
  return {
    x: round(x),
    y: round(y),
    width: round(Math.max(...rows.map(rowRight)) - x),
    height: round(bottom - y),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
