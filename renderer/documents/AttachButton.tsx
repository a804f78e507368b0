import { Paperclip } from 'lucide-react';
import { useRef, type ReactNode } from 'react';

import { IconButton } from '../ui/IconButton.tsx';
import { useTranslation } from '../ui/use-translation.ts';

/** Opens the system's dialog for files. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const { t } = useTranslation('documents');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('attach')} side="top" onClick={() => input.current?.click()}>
        <Paperclip aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
