import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface VersionSwitchProps {
  readonly version: Message['version'];
  readonly onSelect: (index: number) => void;
}

/** ‹ 2 / 3 ›, for a message that has been edited or answered again. */
export function VersionSwitch({ version: { index, count }, onSelect }: VersionSwitchProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const words = { index: format.number(index + 1), total: format.number(count) };
  return (
    <>
      <IconButton label={t('actions.previousVersion')} disabled={index === 0} onClick={() => onSelect(index - 1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="text-sm text-muted tabular-nums">
        <span aria-hidden>{`${words.index} / ${words.total}`}</span>
        <span className="sr-only">{t('actions.version', words)}</span>
      </span>
      <IconButton label={t('actions.nextVersion')} disabled={index === count - 1} onClick={() => onSelect(index + 1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </>
  );
}
