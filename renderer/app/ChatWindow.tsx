import type { i18n } from 'i18next';
import { PanelLeft } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { DocumentInfo } from '../../shared/contract/index.ts';
import { ChatView, type ChatViewHandle } from '../chat/ChatView.tsx';
import { DocumentReport } from '../documents/DocumentReport.tsx';
import { DropHint } from '../documents/DropHint.tsx';
import { useAttachments } from '../documents/use-attachments.tsx';
import { useFileDrop } from '../documents/use-file-drop.ts';
import { UseCollectionsButton, UsedCollectionChips, type UsedCollectionsProps } from '../library/UsedCollections.tsx';
import { createModelsSelector } from '../models/models-store.ts';
import { ModelsSettings } from '../models/ModelsSettings.tsx';
import { DataNotices } from '../data/DataNotices.tsx';
import type { DesktopShell } from '../rpc/desktop-shell.ts';
import { NewChatSetup } from '../setup/NewChatSetup.tsx';
import type { SettingsSection } from '../settings/SettingsDialog.tsx';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { AskQuestionContext } from '../ui/ask-question.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useToast } from '../ui/Toaster.tsx';
import type { ReaderPaneHandle } from '../reader/ReaderPane.tsx';
import { OpenDocumentContext, type DocumentPlace } from '../ui/open-document.ts';
import { createLayoutStore } from './layout-store.ts';
import { Notices } from './Notices.tsx';
import { newChat } from './place.ts';
import { tryLocalStorage } from './remembered.ts';
import { ReaderSlot } from './ReaderSlot.tsx';
import { shownKeys } from './shortcuts.ts';
import { SidebarPane } from './SidebarPane.tsx';
import type { Stores } from './stores.ts';
import { TitleBar } from './TitleBar.tsx';
import { useAppearance } from './use-appearance.ts';
import { useCommands, type Commands } from './use-commands.ts';
import { useFolderDrop } from './use-folder-drop.tsx';
import { useMedia } from './use-media.ts';
import { usePlace } from './use-place.ts';
import { usePrinting } from './use-printing.ts';
import { useAnsweringModel } from './use-answering-model.ts';
import { useShellEvents } from './use-shell-events.ts';
import { useTranslation } from '../ui/use-translation.ts';

const Palette = lazy(async () => ({ default: (await import('./palette/Palette.tsx')).Palette }));
const LibraryDialog = lazy(async () => ({ default: (await import('../library/LibraryDialog.tsx')).LibraryDialog }));
const SetupDialog = lazy(async () => ({ default: (await import('../setup/SetupDialog.tsx')).SetupDialog }));
const BinSettings = lazy(async () => ({ default: (await import('../data/BinSettings.tsx')).BinSettings }));
const DataSettings = lazy(async () => ({ default: (await import('../data/DataSettings.tsx')).DataSettings }));
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog }));

interface ChatWindowProps {
  readonly shell: DesktopShell | undefined;
  readonly words: i18n;
  readonly stores: Stores;
}

export function ChatWindow({ shell, words, stores }: ChatWindowProps): ReactNode {
  const { t } = useTranslation('app');
  const toast = useToast();
  const [place, go] = usePlace();
  const [layout] = useState(() => createLayoutStore(tryLocalStorage()));
  const narrow = useMedia('(max-width: 719px)');
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [settingsSection, setSettingsSection] = useState<SettingsSection | null>(null);
  const [setupOpen, setSetupOpen] = useState(false);
  const [libraryOpen, setLibraryOpen] = useState(false);
  const beginningFolder = useBeginningFolder(stores);
  const searchField = useRef<HTMLInputElement>(null);
  const chat = useRef<ChatViewHandle>(null);
  const reader = useRef<ReaderPaneHandle>(null);
  const readerNarrow = useMedia('(max-width: 899px)');
  const [shownPlace, setShownPlace] = useState<DocumentPlace | null>(null);
  // The same place asked for again is gone to again.
  const openDocument = useCallback((wanted: DocumentPlace) => setShownPlace({ ...wanted }), []);
  const [askQuestion] = useState(() => (text: string) => chat.current?.ask(text));
  const { sidebarShown, toggleSidebar, closeOverlay } = useStore(layout);
  const settings = useStore(stores.settings, (state) => state.settings);
  const info = useStore(stores.status, (state) => state.info);
  const [selectModels] = useState(createModelsSelector);
  const models = useStore(stores.models, selectModels);
  useAppearance(settings, words);
  useEffect(() => stores.setup.getState().open(place.conversationId), [stores, place.conversationId]);

  const select = (conversationId: string | null, messageId: string | null = null): void => {
    go({ conversationId, messageId });
    closeOverlay();
  };
  const print = usePrinting(shell);
  const printThis = (to: 'pdf' | 'printer'): void => {
    const { conversationId } = place;
    if (conversationId === null) return toast({ text: t('printNothing') });
    print(conversationId, titleOf(stores, conversationId), to);
  };
  const commands: Commands = {
    print: () => printThis('printer'),
    exportPdf: () => printThis('pdf'),
    newChat: () => {
      select(null);
      chat.current?.focusComposer({ select: true });
    },
    find: () => {
      if (reader.current?.tryOpenFind() !== true) chat.current?.openFind();
    },
    palette: () => setPaletteOpen((open) => !open),
    settings: () => setSettingsSection('general'),
    toggleSidebar: () => toggleSidebar(narrow),
    search: () => {
      if (!sidebarShown || narrow) toggleSidebar(narrow);
      requestAnimationFrame(() => searchField.current?.focus());
    },
  };
  useCommands(commands);
  const shortcut = useShellEvents(shell, commands, select);

  const attachments = useAttachments(
    stores.attachments,
    place.conversationId,
    (chosen) => chat.current?.perform(chosen),
    (text) => chat.current?.insert(text),
  );
  const folderDrop = useFolderDrop(stores, shell, attachments.onFiles);
  const drop = useFileDrop(folderDrop.onDropped);
  const used = useUsedCollections(stores);
  const answering = useAnsweringModel(stores);
  const enclosed = {
    ...attachments,
    list: (
      <>
        {folderDrop.list}
        <UsedCollectionChips {...used} />
        {attachments.list}
      </>
    ),
    button: (
      <>
        {attachments.button}
        <UseCollectionsButton {...used} onManage={() => setLibraryOpen(true)} />
      </>
    ),
  };

  const inBrowser = shell === undefined;
  const hideButton = (
    <IconButton label={t('hideSidebar')} keys={shownKeys('toggleSidebar', inBrowser)} onClick={commands.toggleSidebar}>
      <PanelLeft aria-hidden />
    </IconButton>
  );
  return (
    <AskQuestionContext value={askQuestion}>
      <OpenDocumentContext value={openDocument}>
        <div className="flex h-full overflow-hidden">
          <SidebarPane layout={layout} narrow={narrow}>
            <Sidebar
              conversations={stores.conversations}
              folders={stores.folders}
              search={stores.search}
              models={models ?? []}
              selectedId={place.conversationId}
              newChatKeys={shownKeys('newChat', inBrowser)}
              topSlot={hideButton}
              searchRef={searchField}
              onSelect={(conversationId, messageId) => select(conversationId, messageId ?? null)}
              onNewChatIn={(folderId) => {
                commands.newChat();
                stores.setup.getState().open(null);
                stores.setup.getState().beginIn(folderId);
              }}
              onOpenSettings={commands.settings}
              onOpenBin={() => setSettingsSection('bin')}
              onPrint={(conversationId, title) => print(conversationId, title, 'pdf')}
              onOpenDocuments={() => setLibraryOpen(true)}
            />
          </SidebarPane>
          <main
            aria-label={t('main')}
            inert={shownPlace !== null && readerNarrow}
            className="relative flex min-w-0 flex-1 flex-col bg-canvas"
            {...drop.handlers}
          >
            {drop.over ? <DropHint /> : null}
            {folderDrop.question}
            <TitleBar
              stores={stores}
              conversationId={place.conversationId}
              sidebarHidden={narrow || !sidebarShown}
              inBrowser={inBrowser}
              onToggleSidebar={commands.toggleSidebar}
              onNewChat={commands.newChat}
              onSetup={() => setSetupOpen(true)}
              onRemoved={() => select(null)}
            />
            <DataNotices />
            <Notices stores={stores} onAddModel={() => setSettingsSection('models')} />
            <div className="min-h-0 flex-1">
              <ChatView
                ref={chat}
                conversationId={place.conversationId}
                onConversationStarted={(conversationId) => {
                  stores.setup.getState().begun(conversationId);
                  go({ ...newChat, conversationId });
                }}
                models={models}
                foundMessageId={place.messageId}
                attachments={enclosed}
                answering={answering}
                beginning={stores.setup.beginning}
                beginningControls={
                  <NewChatSetup
                    setup={stores.setup}
                    presets={stores.presets}
                    folderName={beginningFolder}
                    onEdit={() => setSetupOpen(true)}
                  />
                }
              />
            </div>
          </main>
          {shownPlace === null ? null : (
            <ReaderSlot
              ref={reader}
              layout={layout}
              narrow={readerNarrow}
              place={shownPlace}
              onClose={() => setShownPlace(null)}
              onAsk={(quotation) => {
                if (readerNarrow) setShownPlace(null);
                chat.current?.quote(quotation);
              }}
            />
          )}
          <Suspense>
            {paletteOpen ? (
              <Palette
                stores={stores}
                commands={commands}
                inBrowser={inBrowser}
                onSelect={select}
                onDocuments={() => setLibraryOpen(true)}
                onClose={() => setPaletteOpen(false)}
              />
            ) : null}
            {libraryOpen ? (
              <LibraryDialog
                store={stores.collections}
                report={showReport}
                {...(shell ? { onChooseFolder: shell.chooseFolder } : {})}
                onAddToChat={(documents) => stores.attachments.attach(place.conversationId, documents)}
                onClose={() => setLibraryOpen(false)}
              />
            ) : null}
            {setupOpen ? (
              <SetupDialog
                setup={stores.setup}
                presets={stores.presets}
                models={models ?? []}
                onClose={() => setSetupOpen(false)}
              />
            ) : null}
            {settingsSection === null ? null : (
              <SettingsDialog
                store={stores.settings}
                info={info}
                shortcut={shortcut}
                models={<ModelsSettings store={stores.models} />}
                data={<DataSettings onPrintAll={() => print(null, 'Clawdbot', 'pdf')} />}
                bin={<BinSettings />}
                firstSection={settingsSection}
                onClose={() => setSettingsSection(null)}
              />
            )}
          </Suspense>
        </div>
      </OpenDocumentContext>
    </AskQuestionContext>
  );
}

function showReport(document: DocumentInfo, onClose: () => void): ReactNode {
  return <DocumentReport document={document} onClose={onClose} />;
}

/** The collections that the conversation on screen asks about. */
function useUsedCollections(stores: Stores): UsedCollectionsProps {
  const attempt = useAttempt();
  const setup = useStore(stores.setup, (state) => state.setup);
  return {
    store: stores.collections,
    usedIds: setup.collectionIds ?? [],
    onChange(collectionIds) {
      const { collectionIds: _, ...others } = stores.setup.getState().setup;
      const next = collectionIds.length === 0 ? others : { ...others, collectionIds: [...collectionIds] };
      attempt(() => stores.setup.getState().change(next));
    },
  };
}

function titleOf({ conversations }: Stores, conversationId: string): string {
  return conversations.getState().conversations.find(({ id }) => id === conversationId)?.title ?? '';
}

/** Name of the folder in which a new conversation begins, if it is still there. */
function useBeginningFolder(stores: Stores): string | undefined {
  const folderId = useStore(stores.setup, (state) => state.folderId);
  return useStore(stores.folders, (state) => state.folders.find(({ id }) => id === folderId)?.name);
}
