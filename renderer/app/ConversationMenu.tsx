import { ClipboardCopy, Ellipsis, Pencil, Pin, PinOff, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useRef, type ReactNode } from 'react';

import type { Conversation } from '../../shared/contract/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface ConversationMenuProps {
  /** Undefined for one that has not begun. */
  readonly conversation: Conversation | undefined;
  readonly onRename: () => void;
  readonly onSetup: () => void;
  readonly onCopy: () => void;
  readonly onPin: (pinned: boolean) => void;
  readonly onRemove: () => void;
}

/** What can be done with the conversation on screen. */
export function ConversationMenu(props: ConversationMenuProps): ReactNode {
  const { conversation } = props;
  const { t } = useTranslation('app');
  const { t: tSidebar } = useTranslation('sidebar');
  const { t: tSetup } = useTranslation('setup');
  const next = useRef<(() => void) | null>(null);

  const setup: MenuItem = {
    label: tSetup('edit'),
    icon: <SlidersHorizontal aria-hidden />,
    onSelect: () => {
      next.current = props.onSetup;
    },
  };
  const items: MenuItem[] = conversation
    ? [
        setup,
        { label: t('copyMarkdown'), icon: <ClipboardCopy aria-hidden />, onSelect: props.onCopy },
        { kind: 'separator' },
        {
          label: tSidebar('rename'),
          icon: <Pencil aria-hidden />,
          onSelect: () => {
            next.current = props.onRename;
          },
        },
        {
          label: tSidebar(conversation.pinned ? 'unpin' : 'pin'),
          icon: conversation.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
          onSelect: () => props.onPin(!conversation.pinned),
        },
        { kind: 'separator' },
        { label: tSidebar('remove'), icon: <Trash2 aria-hidden />, danger: true, onSelect: props.onRemove },
      ]
    : [setup];
  return (
    <Menu
      items={items}
      onCloseAutoFocus={(event) => {
        // The menu gives focus back when it closes; what was chosen may want it elsewhere.
        const run = next.current;
        next.current = null;
        if (run === null) return;
        event.preventDefault();
        run();
      }}
    >
      <IconButton label={t('conversationMenu')}>
        <Ellipsis aria-hidden />
      </IconButton>
    </Menu>
  );
}
