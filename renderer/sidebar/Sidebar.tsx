import { FolderPlus, Library, Settings, SquarePen, Trash2 } from 'lucide-react';
import { useState, type ReactNode, type Ref } from 'react';
import { useStore } from 'zustand';

import { IconButton } from '../ui/IconButton.tsx';
import { ConversationList } from './ConversationList.tsx';
import type { ConversationsStore } from './conversations-store.ts';
import type { FoldersStore } from './folders-store.ts';
import { folderKey } from './group-conversations.ts';
import { SearchField } from './SearchField.tsx';
import type { SearchedModel } from './SearchFilters.tsx';
import { SearchResults } from './SearchResults.tsx';
import type { SearchStore } from './search-store.ts';
import { useFolderCommands } from './use-folder-commands.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface SidebarProps {
  readonly conversations: ConversationsStore;
  readonly folders: FoldersStore;
  readonly search: SearchStore;
  /** Those a search can be limited to. */
  readonly models: readonly SearchedModel[];
  readonly selectedId: string | null;
  readonly newChatKeys: string;
  /** Beside "New chat" at the top, such as the button that hides the sidebar. */
  readonly topSlot: ReactNode;
  readonly searchRef: Ref<HTMLInputElement>;
  /** `messageId` names the message that a search found. */
  readonly onSelect: (conversationId: string | null, messageId?: string) => void;
  readonly onNewChatIn: (folderId: string) => void;
  readonly onOpenSettings: () => void;
  readonly onOpenBin: () => void;
  readonly onPrint: (conversationId: string, title: string) => void;
  readonly onOpenDocuments: () => void;
}

export function Sidebar(props: SidebarProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const [editingKey, setEditingKey] = useState<string | null>(null);
  const folders = useFolderCommands(props.folders);
  const searching = useStore(props.search, (state) => state.query.trim() !== '');

  return (
    <div className="flex h-full min-h-0 flex-col bg-sidebar">
      <div className="drag flex h-12 shrink-0 items-center justify-end gap-1 px-2">
        {props.topSlot}
        <IconButton
          label={t('newFolder')}
          onClick={() => {
            props.search.getState().clear();
            folders.create((folder) => setEditingKey(folderKey(folder.id)));
          }}
        >
          <FolderPlus aria-hidden />
        </IconButton>
        <IconButton label={t('newChat')} keys={props.newChatKeys} onClick={() => props.onSelect(null)}>
          <SquarePen aria-hidden />
        </IconButton>
      </div>
      <div className="px-2 pb-2">
        <SearchField store={props.search} fieldRef={props.searchRef} onSelect={props.onSelect} />
      </div>
      <div className="min-h-0 flex-1">
        {searching ? (
          <SearchResults store={props.search} models={props.models} onSelect={props.onSelect} />
        ) : (
          <ConversationList
            store={props.conversations}
            folders={props.folders}
            selectedId={props.selectedId}
            editingKey={editingKey}
            onEditing={setEditingKey}
            onNewChatIn={props.onNewChatIn}
            onSelect={props.onSelect}
            onPrint={props.onPrint}
          />
        )}
      </div>
      <div className="flex shrink-0 border-t border-hairline p-2">
        <button
          type="button"
          className="flex h-8 flex-1 items-center gap-2 rounded-md px-2 text-muted hover:bg-fill hover:text-ink"
          onClick={props.onOpenSettings}
        >
          <Settings aria-hidden className="size-4" />
          {t('openSettings')}
        </button>
        <IconButton label={t('openDocuments')} onClick={props.onOpenDocuments}>
          <Library aria-hidden />
        </IconButton>
        <IconButton label={t('openBin')} onClick={props.onOpenBin}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
