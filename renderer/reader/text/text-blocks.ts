/** A part of a passage as it is shown. Each string is one element with this text and no other. */
export type TextBlock =
  | { readonly kind: 'paragraph' | 'note'; readonly text: string }
  | { readonly kind: 'item'; readonly depth: number; readonly marker: string; readonly text: string }
  | {
      readonly kind: 'table';
      readonly header: readonly string[] | null;
      readonly rows: readonly (readonly string[])[];
    };

const divider = /^\|(?: ?:?-{3,}:? ?\|)+$/;
const item =
  /^((?: {2})*)([•●○▪■◦‣⁃·*–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|[（(]?[一二三四五六七八九十]{1,3}[、）)]) +(\S.*)$/u;
const note = /^\[(?:\d{1,3}|[*†‡])\] /u;

/** Takes a passage apart the way its parts were put together when it was read. */
export function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('|') && divider.test(lines[at + 1] ?? '')) {
      const rows: string[][] = [];
      let next = at + 2;
      while (lines[next]?.startsWith('|') === true) {
        rows.push(cellsOf(lines[next] ?? ''));
        next += 1;
      }
      const header = cellsOf(line);
      blocks.push({ kind: 'table', header: header.some((cell) => cell !== '') ? header : null, rows });
      at = next - 1;
      continue;
    }
    if (line.trim() === '') continue;
    const listed = item.exec(line);
    if (listed !== null) {
      const [, indent = '', marker = '', words = ''] = listed;
      blocks.push({ kind: 'item', depth: indent.length / 2, marker, text: words });
      continue;
    }
    blocks.push({ kind: note.test(line) ? 'note' : 'paragraph', text: line });
  }
  return blocks;
}

function cellsOf(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

/** The strings of a block in the order in which they are shown. */
export function leavesOf(block: TextBlock): readonly string[] {
  if (block.kind === 'table') return [...(block.header ?? []), ...block.rows.flat()];
  return block.kind === 'item' ? [block.marker, block.text] : [block.text];
}
