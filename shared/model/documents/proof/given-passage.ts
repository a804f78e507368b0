/** A passage as an answer was given it. */
export interface GivenPassage {
  readonly number: number;
  readonly documentId: string;
  readonly documentName: string;
  readonly seq: number;
  readonly page: number;
  readonly headings: readonly string[];
  readonly text: string;
}

/** Everything a model could read of it. */
export function wordsOf({ documentName, headings, page, text }: GivenPassage): string {
  return [documentName, String(page), ...headings, text].join('\n');
}
