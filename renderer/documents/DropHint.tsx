import type { ReactNode } from 'react';

import { useTranslation } from '../ui/use-translation.ts';

/** Over everything while files are held above it. */
export function DropHint(): ReactNode {
  const { t } = useTranslation('documents');
  return (
    <div className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-canvas/85">
      <p className="text-lg font-semibold text-accent">{t('drop')}</p>
    </div>
  );
}
