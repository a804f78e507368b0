import type { BlockBox, DocumentBlock, DocumentPage } from '../../shared/model/documents/extracted-document.ts';

/** A stretch of a document that is found, quoted and shown as a whole. It never reaches over the end of a page. */
export interface Passage {
  /** From 1. */
  readonly page: number;
  /** Titles it stands under, outermost first. */
  readonly headings: readonly string[];
  /** Tables as Markdown, each with its header. */
  readonly text: string;
  /** Of the blocks it was made of, where the format knows places. */
  readonly boxes: readonly BlockBox[];
}

/** In letters; an ideograph counts for several, as it says more. About 250 tokens. */
const targetWeight = 1000;
const mostWeight = 1400;
/** A table smaller than this stays with the text around it. */
const smallTableWeight = 400;
const ideographWeight = 2.5;

/** Cuts a document into passages along its own structure: titles, paragraphs, rows, and sentences where those are long. */
export function planPassages(pages: readonly DocumentPage[]): Passage[] {
  return [...eachPassage(pages)];
}

/** The same one by one: whoever takes them decides when to rest, also in the middle of a very long table or paragraph. */
export function* eachPassage(pages: readonly DocumentPage[]): Generator<Passage> {
  const headings: { readonly level: number; readonly text: string }[] = [];
  for (const page of pages) {
    let found = 0;
    let ready: Passage[] = [];
    const take = (): Passage[] => {
      const taken = ready;
      found += taken.length;
      ready = [];
      return taken;
    };
    let open: { texts: string[]; boxes: BlockBox[]; weight: number; headings: string[] } | undefined;
    const close = (): void => {
      if (open !== undefined) {
        ready.push({ page: page.number, headings: open.headings, text: open.texts.join('\n'), boxes: open.boxes });
      }
      open = undefined;
    };
    const add = (text: string, box: BlockBox | undefined, apart = false): void => {
      const weight = weightOf(text);
      if (open !== undefined && (apart || open.weight + weight > targetWeight)) close();
      open ??= { texts: [], boxes: [], weight: 0, headings: headings.map((heading) => heading.text) };
      open.texts.push(text);
      open.weight += weight;
      if (box !== undefined && !open.boxes.includes(box)) open.boxes.push(box);
      if (apart) close();
    };
    for (const block of page.blocks) {
      if (block.kind === 'heading') {
        close();
        while ((headings.at(-1)?.level ?? 0) >= block.level) headings.pop();
        const text = oneLine(block.text);
        if (text !== '') headings.push({ level: block.level, text });
        continue;
      }
      const pieces = piecesOf(block);
      const first = pieces.next();
      if (first.done === true) continue;
      const second = pieces.next();
      const apart = block.kind === 'table' && (second.done !== true || weightOf(first.value) > smallTableWeight);
      add(first.value, block.box, apart);
      if (second.done !== true) add(second.value, block.box, apart);
      yield* take();
      for (const piece of pieces) {
        add(piece, block.box, apart);
        yield* take();
      }
    }
    close();
    yield* take();
    // A page that is nothing but a title is still to be found.
    if (found === 0 && page.blocks.length > 0) {
      const texts = page.blocks.flatMap((block) => (block.kind === 'heading' ? [oneLine(block.text)] : []));
      const boxes = page.blocks.flatMap(({ box }) => (box === undefined ? [] : [box]));
      const text = texts.join('\n').trim();
      if (text !== '') yield { page: page.number, headings: [], text, boxes };
    }
  }
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** Texts of at most `mostWeight` each, unless a single word is longer than that. */
function piecesOf(block: Exclude<DocumentBlock, { kind: 'heading' }>): Generator<string> {
  switch (block.kind) {
    case 'paragraph':
      return cut(block.text.trim());
    case 'listItem':
      return cut(`${'  '.repeat(block.depth)}${block.marker} ${block.text.trim()}`);
    case 'footnote':
      return cut(`[${block.marker}] ${block.text.trim()}`);
    case 'code':
      return gather(block.text.split('\n'), '\n');
    case 'table':
      return tablePieces(block.header, block.rows);
  }
}

function* cut(text: string): Generator<string> {
  if (text === '') return;
  if (weightOf(text) <= mostWeight) {
    yield text;
    return;
  }
  for (const piece of gather(sentencesOf(text), '')) yield piece.trim();
}

function* sentencesOf(text: string): Generator<string> {
  for (const { segment } of sentences.segment(text)) yield segment;
}

function* tablePieces(header: readonly string[] | null, rows: readonly (readonly string[])[]): Generator<string> {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), header?.length ?? 0);
  if (columns === 0) return;
  const head = [rowOf(header ?? Array.from({ length: columns }, () => '')), `|${' --- |'.repeat(columns)}`].join('\n');
  if (rows.length === 0) {
    yield head;
    return;
  }
  const room = Math.max(mostWeight - weightOf(head), mostWeight / 4);
  for (const body of gather(rowsOf(rows), '\n', room)) yield `${head}\n${body}`;
}

function* rowsOf(rows: readonly (readonly string[])[]): Generator<string> {
  for (const row of rows) yield rowOf(row);
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Puts parts together as long as they stay below the room. */
function* gather(parts: Iterable<string>, between: string, room = mostWeight): Generator<string> {
  let current = '';
  let weight = 0;
  for (const part of slicesOf(parts, room)) {
    const more = weightOf(part);
    if (current !== '' && weight + more > room) {
      yield current;
      [current, weight] = ['', 0];
    }
    current = current === '' ? part : `${current}${between}${part}`;
    weight += more;
  }
  if (current.trim() !== '') yield current;
}

/** Cuts text without sentences too, such as a long number or a page of base64. */
function* slicesOf(parts: Iterable<string>, room: number): Generator<string> {
  const size = Math.max(1, Math.floor(room / ideographWeight));
  for (const part of parts) {
    if (weightOf(part) <= room) {
      yield part;
      continue;
    }
    let slice = '';
    let characters = 0;
    for (const character of part) {
      slice += character;
      characters += 1;
      if (characters < size) continue;
      yield slice;
      [slice, characters] = ['', 0];
    }
    if (slice !== '') yield slice;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function weightOf(text: string): number {
  let weight = text.length;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) >= 0x2e80) weight += ideographWeight - 1;
  }
  return weight;
}
