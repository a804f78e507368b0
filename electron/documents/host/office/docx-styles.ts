import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';

/** What a style of a paragraph stands for. */
export interface ParagraphStyle {
  /** 1 to 6; absent for what is no heading. */
  readonly headingLevel?: number;
  /** Numbering the style brings. */
  readonly numbering?: { readonly id: string; readonly level: number };
}

/** Styles by id, with what they inherit. */
export async function readStyles(zip: ZipArchive): Promise<(id: string) => ParagraphStyle> {
  const found = new Map<string, { name: string; base: string; outline: number; numId: string; level: number }>();
  let current: { name: string; base: string; outline: number; numId: string; level: number } | undefined;
  await readXml(zip.stream('word/styles.xml'), {
    open(name, attributes) {
      const value = attributes['w:val'] ?? '';
      if (name === 'w:style') {
        current = { name: '', base: '', outline: Number.NaN, numId: '', level: 0 };
        found.set(attributes['w:styleId'] ?? '', current);
      } else if (current === undefined) return;
      else if (name === 'w:name') current.name = value;
      else if (name === 'w:basedOn') current.base = value;
      else if (name === 'w:outlineLvl') current.outline = Number(value);
      else if (name === 'w:numId') current.numId = value;
      else if (name === 'w:ilvl') current.level = Number(value) || 0;
    },
    close: (name) => void (name === 'w:style' && (current = undefined)),
  });
  return (id) => {
    const style: { headingLevel?: number; numbering?: { id: string; level: number } } = {};
    let at = id;
    // Styles that inherit from each other in a circle are met at most once.
    for (let steps = 0; steps < 20; steps += 1) {
      const own = found.get(at);
      if (own === undefined) break;
      const named = /^(?:heading|标题|überschrift|titre|título|titolo) ?([1-6])$/i.exec(own.name)?.[1];
      const level = named === undefined ? own.outline + 1 : Number(named);
      if (style.headingLevel === undefined && level >= 1 && level <= 6) style.headingLevel = level;
      if (style.headingLevel === undefined && /^title$/i.test(own.name)) style.headingLevel = 1;
      if (style.numbering === undefined && own.numId !== '') style.numbering = { id: own.numId, level: own.level };
      at = own.base;
    }
    return style;
  };
}

/** How the items of a list are marked, by number and level. */
export interface ListMarks {
  /** The mark of the next item; `null` where the numbering is switched off. */
  next(numberingId: string, level: number): string | null;
}

export async function readNumbering(zip: ZipArchive): Promise<ListMarks> {
  const abstracts = new Map<string, Map<number, { format: string; text: string; start: number }>>();
  const numbers = new Map<string, string>();
  let abstractId = '';
  let numId: string | null = null;
  let level: { format: string; text: string; start: number } | undefined;
  await readXml(zip.stream('word/numbering.xml'), {
    open(name, attributes) {
      const value = attributes['w:val'] ?? '';
      switch (name) {
        case 'w:abstractNum':
          abstractId = attributes['w:abstractNumId'] ?? '';
          abstracts.set(abstractId, new Map());
          break;
        case 'w:lvl':
          level = { format: 'decimal', text: '', start: 1 };
          if (numId === null) abstracts.get(abstractId)?.set(Number(attributes['w:ilvl']) || 0, level);
          break;
        case 'w:numFmt':
          if (level !== undefined) level.format = value;
          break;
        case 'w:lvlText':
          if (level !== undefined) level.text = value;
          break;
        case 'w:start':
          if (level !== undefined) level.start = Number(value) || 0;
          break;
        case 'w:num':
          numId = attributes['w:numId'] ?? '';
          break;
        case 'w:abstractNumId':
          if (numId !== null) numbers.set(numId, value);
          break;
        default:
          break;
      }
    },
    close: (name) => void (name === 'w:num' && (numId = null)),
  });
  const counts = new Map<string, number[]>();
  return {
    next(id, depth) {
      const abstract = numbers.get(id);
      if (abstract === undefined) return id === '0' ? null : '•';
      const levels = abstracts.get(abstract);
      const own = levels?.get(depth);
      const counted = counts.get(abstract) ?? [];
      counted.length = Math.min(counted.length, depth + 1);
      for (let at = 0; at <= depth; at += 1) counted[at] ??= (levels?.get(at)?.start ?? 1) - 1;
      counted[depth] = (counted[depth] ?? 0) + 1;
      counts.set(abstract, counted);
      if (own === undefined || own.format === 'bullet' || own.format === 'none') return '•';
      return own.text.replaceAll(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        return formatCount(counted[at] ?? 1, levels?.get(at)?.format ?? 'decimal');
      });
    },
  };
}

function formatCount(count: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return String.fromCharCode(97 + ((count - 1) % 26));
    case 'upperLetter':
      return String.fromCharCode(65 + ((count - 1) % 26));
    case 'lowerRoman':
      return roman(count).toLowerCase();
    case 'upperRoman':
      return roman(count);
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
      return chinese(count);
    default:
      return String(count);
  }
}

function roman(count: number): string {
  const steps = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ] as const;
  let left = Math.min(Math.max(count, 0), 399);
  let text = '';
  for (const [value, letters] of steps) for (; left >= value; left -= value) text += letters;
  return text;
}

function chinese(count: number): string {
  const digits = '零一二三四五六七八九';
  if (count < 0 || count > 99) return String(count);
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (digits[tens] ?? '')}十`;
  return `${head}${ones === 0 && tens > 0 ? '' : (digits[ones] ?? '')}`;
}
