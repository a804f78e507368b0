/** Constants of BM25 (Robertson and Zaragoza 2009), with their usual values. */
const saturation = 1.2;
const lengthShare = 0.75;

/**
 * The `count` sentences of a text that fit a question best, in the order of the text: BM25 over the sentences, Chinese by
 * pairs of characters. Very small models answer from a few sentences better than from whole passages, and the starter
 * model is trained on exactly what this finds.
 */
export function findSentences(document: string, question: string, count: number): string[] {
  const sentences = splitSentences(document);
  const parts = sentences.map(termsOf);
  const average = parts.reduce((sum, terms) => sum + terms.length, 0) / Math.max(1, parts.length);
  const asked = new Set(termsOf(question));
  const scores = parts.map((terms) => {
    let score = 0;
    for (const term of asked) {
      const occurs = terms.filter((each) => each === term).length;
      if (occurs === 0) continue;
      const spread = parts.filter((each) => each.includes(term)).length;
      const rarity = Math.log(1 + (parts.length - spread + 0.5) / (spread + 0.5));
      const length = 1 - lengthShare + (lengthShare * terms.length) / average;
      score += (rarity * occurs * (saturation + 1)) / (occurs + saturation * length);
    }
    return score;
  });
  const best = scores
    .map((score, index) => ({ score, index }))
    .toSorted((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count);
  return best.toSorted((a, b) => a.index - b.index).map(({ index }) => sentences[index] ?? '');
}

/** Sentences and lines. What stands under a short heading line keeps it: `Weight: 40 kg` says nothing alone. */
export function splitSentences(document: string): string[] {
  const sentences: string[] = [];
  for (const block of document.split(/\n{2,}/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const [first = ''] = lines;
    const isForm = lines.length > 1 && !/[:：=|-]\s|[.。!?！？]/.test(first) && first.length < 80;
    for (const line of isForm ? lines.slice(1) : lines) {
      const found = line.match(/.+?(?:[.!?](?=\s+[\p{Lu}\p{N}"'$€£])|[。！？]|$)/gu) ?? [];
      for (const sentence of found.map((each) => each.trim())) {
        if (sentence !== '') sentences.push(isForm ? `${first}\n${sentence}` : sentence);
      }
    }
  }
  return sentences;
}

function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{Script=Latin}\p{N}]+/gu) ?? [];
  const pairs = (text.match(/\p{Script=Han}+/gu) ?? []).flatMap((run) =>
    Array.from({ length: Math.max(1, run.length - 1) }, (_, at) => run.slice(at, at + 2)),
  );
  return [...words.map((word) => word.replace(/(?:ing|ed|es|s)$/, '')), ...pairs];
}
