import { Folder, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import { ChoiceButton } from '../ui/ChoiceButton.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useTranslation } from '../ui/use-translation.ts';
import type { PresetsStore } from './presets-store.ts';
import { RoleMenu } from './RoleMenu.tsx';
import { roleName } from './roles.ts';
import type { SetupStore } from './setup-store.ts';
import { useRoles } from './use-roles.ts';

interface NewChatSetupProps {
  readonly setup: SetupStore;
  readonly presets: PresetsStore;
  /** Name of the folder in which it begins. */
  readonly folderName: string | undefined;
  readonly onEdit: () => void;
}

/** As what, and where, a new conversation begins. */
export function NewChatSetup({ setup: store, presets, folderName, onEdit }: NewChatSetupProps): ReactNode {
  const { t } = useTranslation('setup');
  const { builtIn, own } = useRoles(presets);
  const setup = useStore(store, (state) => state.setup);
  const beginIn = useStore(store, (state) => state.beginIn);
  return (
    <div className="mt-5 flex max-w-full flex-wrap items-center justify-center gap-2">
      <RoleMenu setup={store} presets={presets} onEdit={onEdit}>
        <ChoiceButton
          label={t('role')}
          value={roleName(t, setup, [...builtIn, ...own]) ?? t('chooseRole')}
          className="max-w-72"
        />
      </RoleMenu>
      {folderName === undefined ? null : (
        <span className="inline-flex h-7 max-w-72 items-center gap-1.5 rounded-md bg-fill pl-2">
          <Folder aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="truncate">{t('inFolder', { name: folderName })}</span>
          <IconButton label={t('notInFolder')} onClick={() => beginIn(null)}>
            <X aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  );
}
