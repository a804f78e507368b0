import { Ellipsis, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useRef, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Conversation } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';

const titleLimitChars = 200;

interface ConversationRowProps {
  readonly conversation: Conversation;
  /** The heading above it, said with the row. */
  readonly group: string;
  readonly href: string;
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly editing: boolean;
  readonly onFocus: () => void;
  readonly onEdit: () => void;
  /** With the new title, or undefined when it stays. */
  readonly onEditEnd: (title?: string) => void;
  readonly onPin: () => void;
  readonly onRemove: () => void;
  readonly onSelect: () => void;
}

export function ConversationRow(props: ConversationRowProps): ReactNode {
  const { conversation, selected, tabStop, editing } = props;
  const { t } = useTranslation('sidebar');
  const editNext = useRef(false);
  const title = conversation.title || t('untitled');

  const items: readonly MenuItem[] = [
    {
      label: t('rename'),
      icon: <Pencil aria-hidden />,
      keys: 'F2',
      onSelect: () => {
        editNext.current = true;
      },
    },
    {
      label: t(conversation.pinned ? 'unpin' : 'pin'),
      icon: conversation.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
      onSelect: props.onPin,
    },
    { kind: 'separator' },
    { label: t('remove'), icon: <Trash2 aria-hidden />, keys: 'Delete', danger: true, onSelect: props.onRemove },
  ];
  // The menu gives focus back when it closes, which would end the editing that it just began.
  const onCloseAutoFocus = (event: Event): void => {
    if (!editNext.current) return;
    editNext.current = false;
    event.preventDefault();
    props.onEdit();
  };

  const onClick = (event: MouseEvent): void => {
    // With a modifier the browser opens a tab of its own.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    props.onSelect();
  };

  if (editing) {
    return (
      <div role="listitem" className="py-px">
        <InlineEdit
          label={t('titleField')}
          value={conversation.title}
          limitChars={titleLimitChars}
          className="h-8 w-full"
          onSave={props.onEditEnd}
          onCancel={props.onEditEnd}
        />
      </div>
    );
  }
  return (
    <ContextMenu items={items} onCloseAutoFocus={onCloseAutoFocus}>
      <div role="listitem" className="group relative py-px">
        <a
          href={props.href}
          data-conversation={conversation.id}
          aria-current={selected ? 'page' : undefined}
          aria-description={props.group}
          tabIndex={tabStop ? 0 : -1}
          draggable={false}
          className={classNames(
            'flex h-8 items-center gap-2 rounded-md pr-8 pl-2 select-none focus-visible:-outline-offset-2',
            selected ? 'bg-fill-strong font-medium' : 'group-hover:bg-fill group-has-data-[state=open]:bg-fill',
          )}
          onFocus={props.onFocus}
          onClick={onClick}
          onDoubleClick={props.onEdit}
        >
          <span className="min-w-0 flex-1 truncate">{title}</span>
        </a>
        {conversation.running ? (
          <span
            role="img"
            aria-label={t('answering')}
            className="pulse pointer-events-none absolute top-3.5 right-3.5 size-2 rounded-full bg-accent group-focus-within:hidden group-hover:hidden"
          />
        ) : null}
        <Menu items={items} onCloseAutoFocus={onCloseAutoFocus}>
          <button
            type="button"
            aria-label={t('options', { title })}
            tabIndex={tabStop ? 0 : -1}
            className="absolute top-1.5 right-1 inline-flex size-6 items-center justify-center rounded-md text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-fill-strong hover:text-ink focus-visible:opacity-100 data-[state=open]:bg-fill-strong data-[state=open]:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        </Menu>
      </div>
    </ContextMenu>
  );
}
