import type { MenuItemConstructorOptions } from 'electron';

import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import type { MenuActions } from './menu-actions.ts';
import type { ShellTexts } from './texts.ts';

export interface TrayMenuOptions {
  readonly texts: ShellTexts;
  readonly models: ModelList;
  /** Shown beside the entry; undefined when the shortcut does not work. */
  readonly quickChatShortcut: string | undefined;
  /** Null where the system keeps no list of login items we could change. */
  readonly openAtLogin: boolean | null;
  readonly actions: MenuActions;
}

/** The menu of the tray icon: quick chat, window, model, settings, quit. */
export function trayMenuTemplate(options: TrayMenuOptions): MenuItemConstructorOptions[] {
  const { texts, actions, quickChatShortcut, openAtLogin } = options;
  // The global shortcut is registered elsewhere; here it is only shown.
  const shownKeys: MenuItemConstructorOptions =
    quickChatShortcut === undefined ? {} : { accelerator: quickChatShortcut, registerAccelerator: false };
  const login: MenuItemConstructorOptions[] =
    openAtLogin === null
      ? []
      : [
          {
            label: texts.openAtLogin,
            type: 'checkbox',
            checked: openAtLogin,
            click: () => actions.setOpenAtLogin(!openAtLogin),
          },
        ];
  return [
    { label: texts.quickChat, click: actions.toggleQuick, ...shownKeys },
    { label: texts.openWindow, click: actions.openWindow },
    { type: 'separator' },
    { label: texts.model, submenu: modelItems(options) },
    { type: 'separator' },
    { label: texts.settings, click: () => actions.command('settings') },
    ...login,
    { type: 'separator' },
    { label: texts.quit, click: actions.quit },
  ];
}

function modelItems({ texts, models, actions }: TrayMenuOptions): MenuItemConstructorOptions[] {
  if (models.models.length === 0) return [{ label: texts.noModel, enabled: false }];
  return models.models.map((model) => {
    const obstacle = obstacleOf(model, texts);
    return {
      label: obstacle === undefined ? model.name : `${model.name} — ${obstacle}`,
      type: 'radio',
      checked: model.id === models.defaultModelId,
      enabled: obstacle === undefined,
      click: () => actions.useModel(model.id),
    };
  });
}

function obstacleOf(model: ModelInfo, texts: ShellTexts): string | undefined {
  if (model.purpose !== undefined) return model.purpose === 'embedding' ? texts.modelEmbedding : texts.modelReranking;
  switch (model.state.kind) {
    case 'doesNotFit':
      return texts.modelTooBig;
    case 'quarantined':
      return texts.modelQuarantined;
    case 'unusable':
      return texts.modelUnusable;
    case 'loaded':
    case 'loading':
    case 'onDisk':
      return undefined;
  }
}
