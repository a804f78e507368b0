import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import { adaptationSentence, isRestriction } from '../../shared/model/adaptation.ts';
import type { ModelsStore } from './models-store.ts';

/** Why answers come more slowly at the moment; nothing when they do not. */
export function AdaptationNote({ store }: { store: ModelsStore }): ReactNode {
  const { i18n } = useTranslation('models');
  const latest = useStore(store, (state) => state.adaptations.at(-1));
  if (!latest || !isRestriction(latest.cause)) return null;
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <p role="status" className="shrink-0 border-t border-hairline px-3 py-2 text-sm text-muted">
      {adaptationSentence(latest.cause, language)}
    </p>
  );
}
