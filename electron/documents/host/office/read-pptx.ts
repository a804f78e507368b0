import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { corrupt } from '../failure.ts';
import type { Reading } from '../reading.ts';
import { splitHeader, tableBlock } from '../text/table-block.ts';
import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';
import { readCoreTitle, readRelations } from './relations.ts';

const pointsPerEmu = 72 / 914_400;

/** @throws DocumentFailure */
export async function readPptx(zip: ZipArchive, reading: Reading): Promise<void> {
  const main = 'ppt/presentation.xml';
  if (!zip.has(main)) throw corrupt('the part that lists its slides is missing');
  const order: string[] = [];
  let size: { widthPt: number; heightPt: number } | undefined;
  await readXml(zip.stream(main), {
    open(name, attributes) {
      if (name === 'p:sldId') order.push(attributes['r:id'] ?? '');
      if (name !== 'p:sldSz') return;
      const [widthPt, heightPt] = [Number(attributes['cx']) * pointsPerEmu, Number(attributes['cy']) * pointsPerEmu];
      if (widthPt > 0 && heightPt > 0) size = { widthPt, heightPt };
    },
  });
  const relations = new Map((await readRelations(zip, main)).map(({ id, target }) => [id, target]));
  const slides = order.flatMap((id) => relations.get(id) ?? []).filter((name) => zip.has(name));
  await reading.recognised('pptx', slides.length);
  reading.title(await readCoreTitle(zip));
  for (const slide of slides) {
    const content = await readSlide(zip, slide);
    const notes = (await readRelations(zip, slide)).find(({ type }) => type === 'notesSlide');
    const spoken = notes === undefined ? [] : (await readSlide(zip, notes.target)).blocks;
    const remarks = spoken.flatMap((block): DocumentBlock[] =>
      block.kind === 'paragraph' || block.kind === 'listItem'
        ? [{ kind: 'footnote', marker: 'notes', text: block.text }]
        : [],
    );
    await reading.page({
      unit: 'slide',
      ...(content.title === '' ? {} : { label: content.title.slice(0, 200) }),
      ...size,
      blocks: [...content.blocks, ...remarks],
      pictures: content.pictures,
    });
  }
}

interface Slide {
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
  readonly pictures: number;
}

/** Text, lists and tables of DrawingML (ECMA-376, part 1, 19 and 21). */
async function readSlide(zip: ZipArchive, part: string): Promise<Slide> {
  const shapes: { blocks: DocumentBlock[]; isTitle: boolean; y: number; x: number }[] = [];
  let shape = { blocks: [] as DocumentBlock[], isTitle: false, y: 0, x: 0 };
  let isFurniture = false;
  let text = '';
  let inText = false;
  let level = 0;
  let mark: string | null = null;
  let rows: string[][] | null = null;
  let cell: string[] = [];
  let pictures = 0;
  let title = '';
  let skipped = 0;
  await readXml(zip.stream(part), {
    open(name, attributes) {
      if (skipped > 0 || name === 'mc:Fallback') {
        skipped += 1;
        return;
      }
      switch (name) {
        case 'p:sp':
        case 'p:graphicFrame':
          shape = { blocks: [], isTitle: false, y: 0, x: 0 };
          isFurniture = false;
          break;
        case 'p:ph':
          shape.isTitle = /^(?:title|ctrTitle)$/.test(attributes['type'] ?? '');
          isFurniture = /^(?:sldNum|dt|ftr|hdr|sldImg)$/.test(attributes['type'] ?? '');
          break;
        case 'a:off':
          shape.x = Number(attributes['x']) || 0;
          shape.y = Number(attributes['y']) || 0;
          break;
        case 'p:pic':
          pictures += 1;
          break;
        case 'a:p':
          [text, level, mark] = ['', 0, null];
          break;
        case 'a:pPr':
          level = Math.min(8, Math.max(0, Number(attributes['lvl']) || 0));
          break;
        case 'a:buChar':
          mark = attributes['char'] ?? '•';
          break;
        case 'a:buAutoNum':
          mark = '•';
          break;
        case 'a:t':
          inText = true;
          break;
        case 'a:br':
          text += '\n';
          break;
        case 'a:tbl':
          rows = [];
          break;
        case 'a:tr':
          rows?.push([]);
          break;
        default:
          break;
      }
    },
    close(name) {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      switch (name) {
        case 'a:t':
          inText = false;
          break;
        case 'a:p': {
          const clean = text.trim();
          if (clean === '' || isFurniture) break;
          if (rows !== null) cell.push(clean);
          else if (shape.isTitle) {
            title ||= clean.replaceAll('\n', ' ');
            shape.blocks.push({ kind: 'heading', level: 1, text: clean.replaceAll('\n', ' ') });
          } else if (mark !== null || level > 0) {
            shape.blocks.push({ kind: 'listItem', depth: level, marker: mark ?? '•', text: clean });
          } else shape.blocks.push({ kind: 'paragraph', text: clean });
          break;
        }
        case 'a:tc':
          rows?.at(-1)?.push(cell.join('\n'));
          cell = [];
          break;
        case 'a:tbl':
          if (rows !== null && rows.length > 0) shape.blocks.push(tableBlock(splitHeader(rows)));
          rows = null;
          break;
        case 'p:sp':
        case 'p:graphicFrame':
          shapes.push(shape);
          break;
        default:
          break;
      }
    },
    text: (value) => void (inText && skipped === 0 && (text += value)),
  });
  // Written in the order in which they were made; read from top to bottom, the title first.
  const ordered = shapes.toSorted((a, b) => Number(b.isTitle) - Number(a.isTitle) || a.y - b.y || a.x - b.x);
  return { title, blocks: ordered.flatMap(({ blocks }) => blocks), pictures };
}
