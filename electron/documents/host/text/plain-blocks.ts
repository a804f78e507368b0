import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';

/** Longer paragraphs are cut at the end of a line, so that a log file does not become one block. */
const paragraphChars = 4000;

/** Paragraphs are what empty lines part. */
export function* plainBlocks(text: string): Generator<DocumentBlock> {
  let lines: string[] = [];
  let size = 0;
  let firstLine = 1;
  const paragraph = (): DocumentBlock | undefined => {
    const joined = lines.join('\n').trimEnd();
    [lines, size] = [[], 0];
    return joined.trim() === '' ? undefined : { kind: 'paragraph', text: joined, line: firstLine };
  };
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    const isEmpty = line.trim() === '';
    if (lines.length > 0 && (isEmpty || size + line.length > paragraphChars)) {
      const block = paragraph();
      if (block !== undefined) yield block;
    }
    if (isEmpty) continue;
    if (lines.length === 0) firstLine = number;
    lines.push(line);
    size += line.length + 1;
  }
  const last = paragraph();
  if (last !== undefined) yield last;
}

/** Without an array of all of them. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (;;) {
    const to = text.indexOf('\n', from);
    if (to < 0) break;
    yield text.slice(from, to);
    from = to + 1;
  }
  yield text.slice(from);
}
