import { Eye, FolderDown } from 'lucide-react';
import { useId, type ReactNode } from 'react';

import { Dialog } from '../../ui/Dialog.tsx';
import { useTranslation } from '../../ui/use-translation.ts';
import type { DroppedFolder } from './dropped-folder.ts';

interface AskHowToAddProps {
  readonly folders: readonly DroppedFolder[];
  readonly onOnce: () => void;
  readonly onKeep: () => void;
  readonly onClose: () => void;
}

/** Whether what was dropped is read once or followed from now on. */
export function AskHowToAdd({ folders, onOnce, onKeep, onClose }: AskHowToAddProps): ReactNode {
  const { t } = useTranslation('documents');
  const [first] = folders;
  const title =
    folders.length === 1 ? t('folderTitle', { name: first?.name ?? '' }) : t('foldersTitle', { count: folders.length });
  return (
    <Dialog open title={title} onOpenChange={(open) => (open ? undefined : onClose())}>
      <div className="flex flex-col gap-2 px-4 pb-4">
        <Choice icon={<FolderDown />} label={t('folderOnce')} hint={t('folderOnceHint')} onChoose={onOnce} />
        <Choice icon={<Eye />} label={t('folderKeep')} hint={t('folderKeepHint')} onChoose={onKeep} />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly hint: string;
  readonly onChoose: () => void;
}

function Choice({ icon, label, hint, onChoose }: ChoiceProps): ReactNode {
  const hintId = useId();
  return (
    <button
      type="button"
      aria-label={label}
      aria-describedby={hintId}
      onClick={onChoose}
      className="flex items-start gap-3 rounded-md border border-hairline p-3 text-left hover:bg-fill"
    >
      <span aria-hidden className="mt-0.5 text-accent [&>svg]:size-5">
        {icon}
      </span>
      <span className="flex min-w-0 flex-col gap-0.5">
        <span className="font-medium">{label}</span>
        <span id={hintId} className="text-sm text-muted">
          {hint}
        </span>
      </span>
    </button>
  );
}
