/** A whole sentence or line: its end is followed by a space or is Chinese, so that `3.14` and `example.com` are not cut. */
const sentenceEnd = /[.!?…]["'”’)\]]*(?=\s)|[。！？][”’）」』]*|\n/g;

/**
 * What of a growing text can be read out since `from`: whole sentences only, without the marks of markdown. `to` is
 * where the next call goes on.
 */
export function finishedSentences(text: string, from: number): { readonly spoken: string; readonly to: number } {
  let to = from;
  sentenceEnd.lastIndex = from;
  for (let match = sentenceEnd.exec(text); match !== null; match = sentenceEnd.exec(text)) to = sentenceEnd.lastIndex;
  return { spoken: plainWords(text.slice(from, to)), to };
}

/** Markdown as it would be read out: no stars, bars and addresses. */
export function plainWords(markdown: string): string {
  return markdown
    .replaceAll(/^\s*(?:```|~~~).*$/gm, ' ')
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replaceAll(/^\s*\|?(?:\s*:?-{3,}:?\s*\|?)+\s*$/gm, '')
    .replaceAll(/[*`|]|__|~~/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
