import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

import { tryExternalLink } from './link-policy.ts';
import type { ShellTexts } from './texts.ts';

type Params = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'linkURL' | 'editFlags'>;

/** What the other mouse button offers in a page; empty where there is nothing to offer. */
export function contextMenuTemplate(
  params: Params,
  texts: ShellTexts,
  copyText: (text: string) => void,
): MenuItemConstructorOptions[] {
  const { editFlags } = params;
  const link = tryExternalLink(params.linkURL);
  const linkItems: MenuItemConstructorOptions[] =
    link === undefined ? [] : [{ label: texts.copyLink, click: () => copyText(link) }];
  if (params.isEditable) {
    return [
      { role: 'undo', label: texts.undo, enabled: editFlags.canUndo },
      { role: 'redo', label: texts.redo, enabled: editFlags.canRedo },
      { type: 'separator' },
      { role: 'cut', label: texts.cut, enabled: editFlags.canCut },
      { role: 'copy', label: texts.copy, enabled: editFlags.canCopy },
      { role: 'paste', label: texts.paste, enabled: editFlags.canPaste },
      { role: 'selectAll', label: texts.selectAll, enabled: editFlags.canSelectAll },
    ];
  }
  const copy: MenuItemConstructorOptions[] =
    params.selectionText.trim() === '' ? [] : [{ role: 'copy', label: texts.copy }];
  return [...copy, ...linkItems];
}
