import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

import { Menu } from '../ui/Menu.tsx';
import { useTranslation } from '../ui/use-translation.ts';
import { useTaskItems, type ChosenTask, type TaskDocument } from './document-tasks.ts';

interface TaskButtonsProps {
  readonly documents: readonly TaskDocument[];
  readonly onTask: (chosen: ChosenTask) => void;
}

const button =
  'inline-flex h-7 shrink-0 items-center gap-1 rounded-full border border-hairline bg-raised px-3 text-sm whitespace-nowrap ' +
  'text-ink transition-colors duration-100 select-none hover:bg-fill';

/** The same as the menu beside a document, for all of them, in sight. */
export function TaskButtons({ documents, onTask }: TaskButtonsProps): ReactNode {
  const { t } = useTranslation('documents');
  const items = useTaskItems(documents, onTask);
  if (items.length === 0) return null;
  return (
    <div role="group" aria-label={t('tasks')} className="flex flex-wrap gap-1.5">
      {items.map((item) => {
        if (item.kind === 'submenu') {
          return (
            <Menu key={item.label} items={item.items}>
              <button type="button" className={button}>
                {item.label}
                <ChevronDown aria-hidden className="size-3.5 text-muted" />
              </button>
            </Menu>
          );
        }
        if (item.kind === 'separator' || item.kind === 'choice') return null;
        return (
          <button key={item.label} type="button" className={button} onClick={item.onSelect}>
            {item.label}
          </button>
        );
      })}
    </div>
  );
}
