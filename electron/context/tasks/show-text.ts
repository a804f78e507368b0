import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

/** Shows an answer stretch by stretch, but for what it holds already from before it was cut off. */
export interface Shown {
  /** One of `ways` is shown; where one of them stands already, it stays, so that nothing comes twice. */
  add(...ways: readonly string[]): Iterable<LanguageModelV4StreamPart>;
}

export const textId = 'task';

/** Between what was written before and what does not fit to it. */
const rule = '\n\n---\n\n';

export function createShown(written: string): Shown {
  let left = written;
  return {
    *add(...ways) {
      const there = ways.find((way) => left.startsWith(way) && way !== '');
      if (there !== undefined) {
        left = left.slice(there.length);
        return;
      }
      const [way = ''] = ways;
      if (way === '') return;
      const begun = ways.find((each) => left !== '' && each.startsWith(left));
      const delta = begun === undefined ? `${left === '' ? '' : rule}${way}` : begun.slice(left.length);
      left = '';
      yield { type: 'text-delta', id: textId, delta };
    },
  };
}
