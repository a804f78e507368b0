import { ChevronDown, Pencil, Quote, RefreshCw, Trash2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Message, ModelInfo } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { MessageActions } from './message-actions.ts';
import { useAfterPaint } from './use-after-paint.ts';
import { VersionSwitch } from './VersionSwitch.tsx';

export interface MessageToolbarProps {
  readonly message: Message;
  readonly busy: boolean;
  readonly models: readonly ModelInfo[];
  readonly actions: MessageActions;
  /** Always to be seen, not only under the pointer or the focus. */
  readonly pinned: boolean;
  readonly onEdit: () => void;
  /** The words selected inside this message, or all of them. */
  readonly words: () => string;
}

/** The actions of one message: one stop for the Tab key, the arrow keys move inside. */
export function MessageToolbar(props: MessageToolbarProps): ReactNode {
  const { message, busy, models, actions, pinned, onEdit, words } = props;
  const { t } = useTranslation('chat');
  // A dozen buttons with their tooltips take longer to draw than most messages.
  if (!useAfterPaint()) return <div className="h-7" />;
  return (
    <Toolbar.Root
      aria-label={t('actions.label')}
      className={classNames(
        'flex h-7 items-center transition-opacity duration-100',
        message.role === 'user' ? 'justify-end' : '-ml-1.5',
        !pinned && 'reveal opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100',
      )}
    >
      <VersionSwitch
        version={message.version}
        disabled={busy}
        onSelect={(index) => actions.selectVersion(message, index)}
      />
      {message.text === '' ? null : (
        <Toolbar.Button asChild>
          <CopyButton label={t('actions.copy')} text={() => message.text} />
        </Toolbar.Button>
      )}
      {message.role === 'user' ? (
        <Toolbar.Button asChild>
          <IconButton label={t('actions.edit')} disabled={busy} onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
        </Toolbar.Button>
      ) : (
        <Regenerate message={message} busy={busy} models={models} actions={actions} />
      )}
      {message.text === '' ? null : (
        <Toolbar.Button asChild>
          <IconButton label={t('actions.quote')} onClick={() => actions.quote(words())}>
            <Quote aria-hidden />
          </IconButton>
        </Toolbar.Button>
      )}
      <Toolbar.Button asChild>
        <IconButton label={t('actions.remove')} disabled={busy} onClick={() => actions.remove(message)}>
          <Trash2 aria-hidden />
        </IconButton>
      </Toolbar.Button>
    </Toolbar.Root>
  );
}

function Regenerate(props: Pick<MessageToolbarProps, 'message' | 'busy' | 'models' | 'actions'>): ReactNode {
  const { message, busy, models, actions } = props;
  const { t } = useTranslation('chat');
  const others = models.filter((model) => model.id !== message.model?.id && canAnswer(model));
  return (
    <>
      <Toolbar.Button asChild>
        <IconButton label={t('actions.regenerate')} disabled={busy} onClick={() => actions.regenerate(message, null)}>
          <RefreshCw aria-hidden />
        </IconButton>
      </Toolbar.Button>
      {others.length > 0 ? (
        <Menu
          items={others.map((model) => ({
            label: model.name,
            onSelect: () => actions.regenerate(message, model.id),
          }))}
        >
          <Toolbar.Button asChild>
            <IconButton label={t('actions.regenerateWith')} disabled={busy} className="-ml-1 w-6!">
              <ChevronDown aria-hidden className="size-3!" />
            </IconButton>
          </Toolbar.Button>
        </Menu>
      ) : null}
    </>
  );
}

function canAnswer(model: ModelInfo): boolean {
  return !['unusable', 'doesNotFit', 'quarantined'].includes(model.state.kind);
}
