import { useMemo } from 'react';

import type { BinItem, BinKind, BinPage } from '../../shared/contract/index.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';

export interface BinWords {
  titleOf(item: BinItem): string;
  /** What it is, and what comes back with it. */
  about(item: BinItem): string[];
  /** `2 conversations, 1 folder and 3 roles`. */
  contents(counts: BinPage['counts']): string;
}

const order: readonly BinKind[] = ['conversation', 'message', 'folder', 'preset', 'document', 'collection'];

export function useBinWords(): BinWords {
  const { t } = useTranslation('data');
  const language = useLanguage();
  return useMemo(
    () => ({
      titleOf: (item) => (item.kind === 'message' ? item.text : item.title) || t('untitled'),
      about(item) {
        switch (item.kind) {
          case 'conversation':
            return [t('binMessages', { count: item.messages })];
          case 'message':
            return [t('binMessages', { count: item.messages }), t('binIn', { title: item.title || t('untitled') })];
          case 'folder':
            return [
              t('binKind.folder'),
              ...(item.conversations > 0 ? [t('binConversations', { count: item.conversations })] : []),
            ];
          case 'collection':
            return [t('binKind.collection'), t('binDocuments', { count: item.documents })];
          case 'preset':
          case 'document':
            return [t(`binKind.${item.kind}`)];
        }
      },
      contents(counts) {
        const parts = order
          .filter((kind) => counts[kind] > 0)
          .map((kind) => t(`binCount.${kind}`, { count: counts[kind] }));
        return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
      },
    }),
    [t, language],
  );
}
