import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { presetNameLimitChars, type ConversationSetup, type TurnSetup } from '../../shared/model/turn-setup.ts';
import { Button } from '../ui/Button.tsx';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { PresetsStore } from './presets-store.ts';
import { isSameSetup } from './roles.ts';

interface SaveRoleProps {
  readonly presets: PresetsStore;
  readonly setup: ConversationSetup;
  readonly onChange: (setup: ConversationSetup) => void;
}

/** Keeps what is set as a role of one's own, changes the one it was taken from, or deletes that. */
export function SaveRole({ presets, setup, onChange }: SaveRoleProps): ReactNode {
  const { t } = useTranslation('setup');
  const { t: tUi } = useTranslation('ui');
  const attempt = useAttempt();
  const toast = useToast();
  const { presets: own, create, update, remove, restore } = useStore(presets);
  const [name, setName] = useState<string | null>(null);
  const role = own.find(({ id }) => id === setup.presetId);
  const { presetId: _, ...kept }: ConversationSetup = setup;

  if (name !== null) {
    const save = (): void => {
      const written = name.trim();
      if (written === '') return;
      attempt(async () => {
        const made = await create(written, kept satisfies TurnSetup);
        onChange({ ...kept, presetId: made.id });
        setName(null);
      });
    };
    return (
      <div className="flex flex-1 items-center gap-2">
        <input
          autoFocus
          aria-label={t('roleName')}
          placeholder={t('roleName')}
          value={name}
          maxLength={presetNameLimitChars}
          className="h-7 min-w-0 flex-1 rounded-md border border-hairline bg-canvas px-2 placeholder:text-muted"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') save();
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setName(null);
          }}
        />
        <Button tone="primary" disabled={name.trim() === ''} onClick={save}>
          {t('save')}
        </Button>
        <Button tone="quiet" onClick={() => setName(null)}>
          {t('cancel')}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-1 flex-wrap items-center gap-2">
      <Button onClick={() => setName('')}>{t('saveAs')}</Button>
      {role && !isSameSetup(role.setup, setup) ? (
        <Button onClick={() => attempt(() => update(role.id, role.name, kept))}>
          {t('updateRole', { name: role.name })}
        </Button>
      ) : null}
      {role ? (
        <Button
          tone="danger"
          className="ml-auto"
          onClick={() =>
            attempt(async () => {
              await remove(role.id);
              toast({
                text: t('roleRemoved', { name: role.name }),
                action: { label: tUi('undo'), run: () => attempt(() => restore(role.id)) },
              });
            })
          }
        >
          {t('removeRole')}
        </Button>
      ) : null}
    </div>
  );
}
