import { ChevronDown, Columns2, Pencil, Quote, RefreshCw, Trash2 } from 'lucide-react';
import { memo, useState, type ComponentProps, type ReactNode } from 'react';

import type { Message, ModelInfo } from '../../shared/contract/index.ts';
import { citedMarkdown } from '../../shared/model/documents/proof/cited-markdown.ts';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { useWhenIdle } from '../ui/use-when-idle.ts';
import { useBusy } from './busy.ts';
import { CopyButton } from './CopyButton.tsx';
import type { MessageActions } from './message-actions.ts';
import { VersionSwitch } from './VersionSwitch.tsx';
import { useSourceWords } from './proof/use-source-words.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface MessageToolbarProps {
  readonly message: Message;
  readonly models: readonly ModelInfo[];
  readonly actions: MessageActions;
  /** Always to be seen, not only under the pointer or the focus. */
  readonly pinned: boolean;
  readonly onEdit: () => void;
  /** The words selected inside this message, or all of them. */
  readonly words: () => string;
}

/** The actions of one message: one stop for the Tab key, the arrow keys move inside. */
export const MessageToolbar = memo(function MessageToolbar(props: MessageToolbarProps): ReactNode {
  const { message, models, actions, pinned, onEdit, words } = props;
  const { t } = useTranslation('chat');
  const source = useSourceWords();
  const copied = (): string =>
    message.sources === undefined ? message.text : citedMarkdown(message.text, message.sources, source.name);
  // Nobody reaches for a button before there is time to draw it; the words of an answer come first.
  if (!useWhenIdle(true, false)) return <div className="h-7" />;
  return (
    <BusyToolbar
      label={t('actions.label')}
      className={classNames(
        'flex h-7 items-center transition-opacity duration-100',
        message.role === 'user' ? 'justify-end' : '-ml-1.5',
        !pinned && 'reveal opacity-0 group-focus-within/message:opacity-100 group-hover/message:opacity-100',
      )}
    >
      {message.version.count < 2 ? null : (
        <WhileIdle>
          <VersionSwitch version={message.version} onSelect={(index) => actions.selectVersion(message, index)} />
          {message.role === 'user' ? null : (
            <IconButton label={t('actions.compare')} onClick={() => actions.compare(message)}>
              <Columns2 aria-hidden />
            </IconButton>
          )}
        </WhileIdle>
      )}
      {message.text === '' ? null : <CopyButton label={t('actions.copy')} text={copied} />}
      <WhileIdle>
        {message.role === 'user' ? (
          <IconButton label={t('actions.edit')} onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
        ) : (
          <Regenerate message={message} models={models} actions={actions} />
        )}
      </WhileIdle>
      {message.text === '' ? null : (
        <IconButton label={t('actions.quote')} onClick={() => actions.quote(words())}>
          <Quote aria-hidden />
        </IconButton>
      )}
      <WhileIdle>
        <IconButton label={t('actions.remove')} onClick={() => actions.remove(message)}>
          <Trash2 aria-hidden />
        </IconButton>
      </WhileIdle>
    </BusyToolbar>
  );
});

/** Looks for its Tab stop again when buttons become disabled. */
function BusyToolbar(props: ComponentProps<typeof Toolbar>): ReactNode {
  useBusy();
  return <Toolbar {...props} />;
}

/** Buttons that can be pressed while no answer is being written. */
function WhileIdle({ children }: { children: ReactNode }): ReactNode {
  return (
    <fieldset role="presentation" disabled={useBusy()} className="contents">
      {children}
    </fieldset>
  );
}

function Regenerate(props: Pick<MessageToolbarProps, 'message' | 'models' | 'actions'>): ReactNode {
  const { message, models, actions } = props;
  const { t } = useTranslation('chat');
  const others = models.filter((model) => model.id !== message.model?.id && canAnswer(model));
  return (
    <>
      <IconButton label={t('actions.regenerate')} onClick={() => actions.regenerate(message, null)}>
        <RefreshCw aria-hidden />
      </IconButton>
      {others.length === 0 ? null : (
        <OtherModels models={others} onChoose={(modelId) => actions.regenerate(message, modelId)} />
      )}
    </>
  );
}

interface OtherModelsProps {
  readonly models: readonly ModelInfo[];
  readonly onChoose: (modelId: string) => void;
}

/** The menu is made when it is first asked for: each answer of a thread has one, and hardly any is ever opened. */
function OtherModels({ models, onChoose }: OtherModelsProps): ReactNode {
  const { t } = useTranslation('chat');
  const [asked, setAsked] = useState(false);
  const button = { label: t('actions.regenerateWith'), className: '-ml-1 w-6!' };
  const icon = <ChevronDown aria-hidden className="size-3!" />;
  if (!asked) {
    return (
      <IconButton
        {...button}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={() => setAsked(true)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAsked(true);
        }}
      >
        {icon}
      </IconButton>
    );
  }
  return (
    <Menu defaultOpen items={models.map(({ id, name }) => ({ label: name, onSelect: () => onChoose(id) }))}>
      <IconButton {...button}>{icon}</IconButton>
    </Menu>
  );
}

function canAnswer(model: ModelInfo): boolean {
  return !['unusable', 'doesNotFit', 'quarantined'].includes(model.state.kind);
}
