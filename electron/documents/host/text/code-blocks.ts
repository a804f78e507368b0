import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { linesOf } from './plain-blocks.ts';

/** A block ends at the next empty line before something at the left margin once it has so many lines, ... */
const goodLines = 20;
/** ... and anywhere once it has so many lines or characters. */
const mostLines = 80;
const mostChars = 4000;

/** Pieces of code, cut where definitions end as far as that can be told without knowing the language. */
export function* codeBlocks(text: string, language: string | null): Generator<DocumentBlock> {
  let lines: string[] = [];
  let size = 0;
  let firstLine = 1;
  let number = 0;
  const piece = (): DocumentBlock | undefined => {
    const code = lines
      .join('\n')
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
    const skipped = lines.findIndex((line) => line.trim() !== '');
    const line = firstLine + Math.max(0, skipped);
    [lines, size] = [[], 0];
    firstLine = number;
    return code === '' ? undefined : { kind: 'code', language, text: code, line };
  };
  for (const line of linesOf(text)) {
    number += 1;
    const atMargin = /^\S/.test(line) && !/^[)\]}]/.test(line) && lines.at(-1)?.trim() === '';
    if (lines.length >= mostLines || size + line.length > mostChars || (lines.length >= goodLines && atMargin)) {
      const block = piece();
      if (block !== undefined) yield block;
    }
    lines.push(line);
    size += line.length + 1;
  }
  const last = piece();
  if (last !== undefined) yield last;
}
