import { newHeadings, type DocumentPart, type DocumentText } from '../document-text.ts';

/** A stretch of a document that is looked through at once. */
export interface TextChunk {
  readonly text: string;
  /** Where in `text` each part begins, in order. */
  readonly parts: readonly { readonly at: number; readonly part: DocumentPart }[];
}

const chunkChars = 6_000;

/** The document as Markdown or plain text, in chunks that end between passages. */
export function textChunks(document: DocumentText, format: 'markdown' | 'text'): TextChunk[] {
  const chunks: { text: string; parts: { at: number; part: DocumentPart }[] }[] = [];
  for (const [index, part] of document.parts.entries()) {
    const titles = newHeadings(document.parts[index - 1], part).map(({ level, text }) =>
      format === 'markdown' ? `${'#'.repeat(Math.min(level, 6))} ${text}` : text,
    );
    const block = `${[...titles, part.text].join('\n\n')}\n\n`;
    let open = chunks.at(-1);
    if (open === undefined || open.text.length > chunkChars) {
      open = { text: '', parts: [] };
      chunks.push(open);
    }
    open.parts.push({ at: open.text.length, part });
    open.text += block;
  }
  return chunks;
}

export function partAt({ parts }: TextChunk, at: number): DocumentPart | undefined {
  return parts.findLast((each) => each.at <= at)?.part;
}
