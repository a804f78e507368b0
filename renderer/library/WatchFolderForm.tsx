import { useState, type ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface WatchFolderFormProps {
  readonly onWatch: (path: string) => void;
  readonly onClose: () => void;
}

/** Asks which folder is to be watched. */
export function WatchFolderForm({ onWatch, onClose }: WatchFolderFormProps): ReactNode {
  const { t } = useTranslation('library');
  const [path, setPath] = useState('');
  return (
    <Dialog open title={t('watchFolder')} onOpenChange={(open) => (open ? undefined : onClose())}>
      <form
        className="flex flex-col gap-3 px-4 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          onWatch(path.trim());
        }}
      >
        <p className="text-muted">{t('folderHint')}</p>
        <input
          autoFocus
          aria-label={t('folderPath')}
          placeholder={t('folderPath')}
          value={path}
          spellCheck={false}
          className="h-8 rounded-md border border-hairline bg-canvas px-2"
          onChange={(event) => setPath(event.target.value)}
        />
        <div className="flex justify-end">
          <Button type="submit" tone="primary" disabled={path.trim() === ''}>
            {t('watch')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
