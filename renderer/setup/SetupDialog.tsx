import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';

import type { ModelInfo } from '../../shared/contract/index.ts';
import type { ConversationSetup, TurnParameters } from '../../shared/model/turn-setup.ts';
import { ChoiceButton } from '../ui/ChoiceButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { SegmentedChoice } from '../ui/SegmentedChoice.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { InstructionsField } from './InstructionsField.tsx';
import { ParameterField, type NumberParameter } from './ParameterField.tsx';
import type { PresetsStore } from './presets-store.ts';
import { RoleMenu } from './RoleMenu.tsx';
import { roleName } from './roles.ts';
import { SaveRole } from './SaveRole.tsx';
import type { SetupStore } from './setup-store.ts';
import { useRoles } from './use-roles.ts';

interface SetupDialogProps {
  readonly setup: SetupStore;
  readonly presets: PresetsStore;
  readonly models: readonly ModelInfo[];
  readonly onClose: () => void;
}

const usual: readonly NumberParameter[] = ['temperature', 'maxTokens'];
const rare: readonly NumberParameter[] = ['topP', 'topK', 'minP', 'repeatPenalty', 'seed'];

/** What one conversation sets for its answers. Every change counts from the next answer on. */
export function SetupDialog({ setup: store, presets, models, onClose }: SetupDialogProps): ReactNode {
  const { t } = useTranslation('setup');
  const attempt = useAttempt();
  const { builtIn, own } = useRoles(presets);
  const setup = useStore(store, (state) => state.setup);
  const change = (next: ConversationSetup): void => attempt(() => store.getState().change(next));
  const { parameters } = setup;
  const setParameter = (name: keyof TurnParameters, value: number | boolean | undefined): void => {
    const { [name]: _, ...others } = parameters;
    change({ ...setup, parameters: value === undefined ? others : { ...others, [name]: value } });
  };
  const field = (parameter: NumberParameter): ReactNode => (
    <ParameterField
      key={parameter}
      parameter={parameter}
      value={parameters[parameter]}
      onChange={(value) => setParameter(parameter, value)}
    />
  );

  return (
    <Dialog
      open
      title={t('title')}
      className="w-[min(520px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 pt-1 pb-4">
        <Line title={t('role')}>
          <RoleMenu setup={store} presets={presets}>
            <ChoiceButton label={t('role')} value={roleName(t, setup, [...builtIn, ...own]) ?? t('noRole')} />
          </RoleMenu>
        </Line>
        <InstructionsField
          value={setup.systemPrompt}
          onChange={(systemPrompt) => change({ ...store.getState().setup, systemPrompt })}
        />
        <Line title={t('model')}>
          <ModelChoice models={models} modelId={setup.modelId} onChange={(modelId) => change({ ...setup, modelId })} />
        </Line>
        <div className="flex flex-col">
          {usual.map(field)}
          <div className="flex min-h-9 items-center justify-between gap-4 py-1">
            <div className="min-w-0">
              <p>{t('thinking')}</p>
              <p className="text-sm text-muted">{t('thinkingHint')}</p>
            </div>
            <SegmentedChoice
              label={t('thinking')}
              value={parameters.thinking === false ? 'off' : 'automatic'}
              options={[
                { value: 'automatic', label: t('automatic') },
                { value: 'off', label: t('off') },
              ]}
              onChange={(value) => setParameter('thinking', value === 'off' ? false : undefined)}
            />
          </div>
          <details className="group/more">
            <summary className="flex h-8 cursor-default list-none items-center gap-1 text-muted select-none hover:text-ink">
              <ChevronRight
                aria-hidden
                className="size-3.5 transition-transform duration-100 group-open/more:rotate-90"
              />
              {t('more')}
            </summary>
            {rare.map(field)}
          </details>
        </div>
      </div>
      <div className="flex shrink-0 border-t border-hairline px-4 py-3">
        <SaveRole presets={presets} setup={setup} onChange={change} />
      </div>
    </Dialog>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex items-center justify-between gap-4">
      <p className="shrink-0 font-medium">{title}</p>
      {children}
    </div>
  );
}

interface ModelChoiceProps {
  readonly models: readonly ModelInfo[];
  readonly modelId: string | null;
  readonly onChange: (modelId: string | null) => void;
}

function ModelChoice({ models, modelId, onChange }: ModelChoiceProps): ReactNode {
  const { t } = useTranslation('setup');
  const chosen = models.find(({ id }) => id === modelId);
  const usable = models.filter(
    ({ id, isAdapter, state }) => id === modelId || (isAdapter !== true && state.kind !== 'unusable'),
  );
  const items: MenuItem[] = [
    { kind: 'choice', label: t('defaultModel'), checked: modelId === null, onSelect: () => onChange(null) },
    { kind: 'separator' },
    ...usable.map(({ id, name }): MenuItem => ({
      kind: 'choice',
      label: name,
      checked: id === modelId,
      onSelect: () => onChange(id),
    })),
  ];
  const value = modelId === null ? t('defaultModel') : (chosen?.name ?? t('missingModel', { id: modelId }));
  return (
    <Menu items={items} align="end">
      <ChoiceButton label={t('model')} value={value} />
    </Menu>
  );
}
