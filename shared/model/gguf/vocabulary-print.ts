import type { MetadataLookup } from './metadata-lookup.ts';
import { paddingWords, type TokenSurvey } from './token-survey.ts';
import { defaultBoundary } from './tokenizer.ts';

/** What tells a vocabulary from another. */
export interface VocabularyPrint {
  readonly words: number;
  /** How texts are split. */
  readonly splitting: string;
  readonly begin: number | null;
  readonly end: number | null;
  /** See `TokenSurvey`. Made to find mistakes: somebody who wants two vocabularies to look alike can have it so. */
  readonly prints: readonly string[];
}

export function readVocabularyPrint(metadata: MetadataLookup, tokens: TokenSurvey | null): VocabularyPrint {
  const model = metadata.text('tokenizer.ggml.model');
  const boundary = (which: 'bos' | 'eos'): number | null =>
    metadata.tryCount(`tokenizer.ggml.${which}_token_id`) ?? defaultBoundary(model, which);
  return {
    words: tokens?.count ?? 0,
    splitting: model,
    begin: boundary('bos'),
    end: boundary('eos'),
    prints: tokens?.prints ?? [],
  };
}

/**
 * Why one model cannot guess ahead for another, as an English sentence; undefined when it can. A token must mean the
 * same to both; only words without meaning at the end, up to 128, may differ.
 */
export function findVocabularyMismatch(model: VocabularyPrint, draft: VocabularyPrint): string | undefined {
  if (model.splitting !== draft.splitting) {
    return `It splits texts in another way ("${draft.splitting.slice(0, 40)}", not "${model.splitting.slice(0, 40)}").`;
  }
  const fewer = Math.min(model.words, draft.words);
  if (Math.max(model.words, draft.words) - fewer > paddingWords) {
    return `Its vocabulary has ${draft.words} words, not ${model.words}.`;
  }
  const printOf = ({ words, prints }: VocabularyPrint): string | undefined => prints[words - fewer];
  if (fewer === 0 || printOf(model) !== printOf(draft)) return 'Its vocabulary has other words.';
  if (model.begin !== draft.begin) return 'It begins its texts with another token.';
  if (model.end !== draft.end) return 'It ends its answers with another token.';
  return undefined;
}
