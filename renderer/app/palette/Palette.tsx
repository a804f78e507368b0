import { Command } from 'cmdk';
import { Cpu, MessageSquare, Search } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useAttempt } from '../../ui/use-attempt.ts';
import { useFormat } from '../../ui/use-format.ts';
import { isUsable, stateWords } from '../../models/model-words.ts';
import type { Stores } from '../stores.ts';
import type { Commands } from '../use-commands.ts';
import { paletteActions } from './palette-actions.tsx';
import { useTranslation } from '../../ui/use-translation.ts';

/** More would slow typing down; older ones are found by the search of all words. */
const conversationLimit = 200;
const recentCount = 6;

interface PaletteProps {
  readonly stores: Stores;
  readonly commands: Commands;
  readonly inBrowser: boolean;
  readonly onSelect: (conversationId: string) => void;
  readonly onDocuments: () => void;
  readonly onClose: () => void;
}

export function Palette({ stores, commands, inBrowser, onSelect, onDocuments, onClose }: PaletteProps): ReactNode {
  const { t } = useTranslation('app');
  const { t: tModels } = useTranslation('models');
  const format = useFormat();
  const attempt = useAttempt();
  const [query, setQuery] = useState('');
  const conversations = useStore(stores.conversations, (state) => state.conversations);
  const models = useStore(stores.models, (state) => state.list?.models ?? []);
  const { use } = useStore(stores.models);
  const updateSettings = useStore(stores.settings, (state) => state.update);
  const actions = paletteActions(t, commands, inBrowser, onDocuments, (change) =>
    attempt(() => updateSettings(change)),
  );

  const chosen = useRef<{ run: () => void; movesFocus: boolean } | null>(null);

  const choose =
    (run: () => void, movesFocus = true) =>
    () => {
      chosen.current = { run, movesFocus };
      onClose();
    };
  // Run once the palette has gone: the focus it gives back would be taken from where the action puts it.
  const onCloseAutoFocus = (event: Event): void => {
    if (chosen.current?.movesFocus === true) event.preventDefault();
    chosen.current?.run();
    chosen.current = null;
  };
  return (
    <Dialog
      open
      bare
      title={t('palette')}
      placement="top"
      onCloseAutoFocus={onCloseAutoFocus}
      className="w-[min(560px,calc(100vw-32px))]"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Command label={t('palette')} loop className="flex min-h-0 flex-col">
        <div className="flex items-center gap-3 border-b border-hairline px-4">
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
          <Command.Input
            autoFocus
            value={query}
            placeholder={t('paletteField')}
            className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-muted"
            onValueChange={setQuery}
          />
        </div>
        <Command.List className="max-h-[min(400px,60vh)] overflow-y-auto p-2">
          <Command.Group heading={t('paletteActions')} className="palette-group">
            {actions
              .filter((action) => query !== '' || action.onlyWhenTyped !== true)
              .map((action) => (
                <Command.Item
                  key={action.label}
                  className="palette-row"
                  onSelect={choose(action.run, action.movesFocus)}
                >
                  {action.icon}
                  <span className="flex-1 truncate">{action.label}</span>
                  {action.keys ? <Kbd keys={action.keys} /> : null}
                </Command.Item>
              ))}
          </Command.Group>
          <Command.Group heading={t('paletteConversations')} className="palette-group">
            {conversations.slice(0, query === '' ? recentCount : conversationLimit).map((conversation) => (
              <Command.Item
                key={conversation.id}
                value={`${conversation.title} ${conversation.id}`}
                className="palette-row"
                onSelect={choose(() => onSelect(conversation.id))}
              >
                <MessageSquare aria-hidden />
                <span className="truncate">{conversation.title || t('newChat')}</span>
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading={t('paletteModels')} className="palette-group">
            {models.map((model) => (
              <Command.Item
                key={model.id}
                value={`${t('useModel', { name: model.name })} ${model.id}`}
                disabled={!isUsable(model)}
                className="palette-row"
                onSelect={choose(() => attempt(() => use(model.id)), false)}
              >
                <Cpu aria-hidden />
                <span className="flex-1 truncate">{t('useModel', { name: model.name })}</span>
                <span className="text-sm text-muted">{stateWords(tModels, format, model)}</span>
              </Command.Item>
            ))}
          </Command.Group>
          {query === '' ? null : (
            <Command.Group forceMount heading={t('paletteSearch')} className="palette-group">
              <Command.Item
                forceMount
                value={`search ${query}`}
                className="palette-row"
                onSelect={choose(() => {
                  commands.search();
                  stores.search.getState().setQuery(query);
                })}
              >
                <Search aria-hidden />
                <span className="truncate">{t('searchMessagesFor', { query })}</span>
              </Command.Item>
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
