import { z } from 'zod';

/**
 * What a desktop window and the shell around it say to each other besides the contract. It has nothing to do with the
 * core: it exists only on the desktop, over a second MessagePort that belongs to one window, so the shell knows who is
 * asking without being told. A page served by the headless host has no such port.
 *
 * The hand-over: after every load of a page the preload posts ONE message to it,
 * `window.postMessage(PortHandOver, location.origin, [rpcPort, shellPort])`. The page takes it only when
 * `event.source === window`, `event.origin === location.origin` and `event.data.type === 'clawdbot:port'`, calls
 * `start()` on both ports, gives `event.ports[0]` to the RPC client and keeps `event.ports[1]` for these messages.
 * The listener must be there before the page's `load` event (a module script in the page is early enough).
 */
export interface PortHandOver extends HostFacts {
  readonly type: 'clawdbot:port';
}

/**
 * What the preload puts into the page's world as `clawdbotDrop`, beside the hand-over: where a file or folder lies that
 * the person dropped. Empty for what is not on the disk. The page can name no file that it was not given.
 */
export interface DropBridge {
  readonly pathOf: (file: File) => string;
}

export interface HostFacts {
  /** Which window this page is in; also in its address: `?surface=quick`. */
  readonly surface: Surface;
  readonly platform: 'darwin' | 'linux' | 'win32';
}

/** `print`: a page with conversations as they go on paper, in a window that nobody sees. */
export type Surface = 'chat' | 'quick' | 'print';

/** Limits of the quick window; the page may ask for any height, the shell keeps to these and to the display. */
export const quickWidthPx = 680;
export const quickMinHeightPx = 64;
export const quickMaxHeightPx = 720;

const conversationId = z.string().min(1).max(64);

/** Page to shell. Anything that does not parse is dropped and logged. */
export const shellRequestSchema = z.discriminatedUnion('type', [
  /** Hides the quick window and gives the focus back to the app that had it. Quick window only. */
  z.strictObject({ type: z.literal('hideQuick') }),
  /** Height of the content in CSS pixels. Quick window only. */
  z.strictObject({ type: z.literal('resizeQuick'), heightPx: z.number().finite().min(0).max(100_000) }),
  /** Shows the chat window with this conversation, or with a new one for null, and hides the quick window. */
  z.strictObject({ type: z.literal('continueInWindow'), conversationId: conversationId.nullable() }),
  /** Shows the chat window with its settings open. */
  z.strictObject({ type: z.literal('openSettings') }),
  /** Prints a conversation, or all for null, or saves them as PDF where the person says. Chat window only. */
  z.strictObject({
    type: z.literal('print'),
    conversationId: conversationId.nullable(),
    /** For the name of the file. */
    title: z.string().max(200),
    to: z.enum(['pdf', 'printer']),
  }),
  /** Asks the person for a folder; answered with `folderChosen`. Chat window only. */
  z.strictObject({ type: z.literal('chooseFolder') }),
  /** How far the page to print is. Print window only. */
  z.strictObject({ type: z.literal('printProgress'), fraction: z.number().min(0).max(1) }),
  /** Everything stands on the page. Print window only. */
  z.strictObject({ type: z.literal('printReady') }),
  z.strictObject({ type: z.literal('printFailed') }),
]);
export type ShellRequest = z.infer<typeof shellRequestSchema>;

/** Shell to page. Sent by our own main process: typed, not parsed again. */
export type ShellEvent =
  /** The quick window has just been shown: put the caret into the field, select what is in it. */
  | { readonly type: 'quickShown' }
  /** Open this conversation, or a new one for null. Chat window only. */
  | { readonly type: 'openConversation'; readonly conversationId: string | null }
  /** A menu entry was chosen. Chat window only. */
  | { readonly type: 'command'; readonly command: ShellCommand }
  /** Whether the global shortcut works; sent after the hand-over and after each change. Empty: none is wanted. */
  | { readonly type: 'shortcut'; readonly accelerator: string; readonly state: ShortcutState }
  /** The answer to `chooseFolder`: its path, or null when the person changed their mind. Chat window only. */
  | { readonly type: 'folderChosen'; readonly path: string | null }
  /** Something the person should know; shown once in this window. */
  | { readonly type: 'notice'; readonly notice: ShellNotice };

export type ShellCommand =
  | 'newChat'
  | 'search'
  | 'find'
  | 'palette'
  | 'settings'
  | 'toggleSidebar'
  | 'print'
  | 'exportPdf';

/** `taken`: another app has it. `invalid`: not a shortcut at all. `off`: none is set. */
export type ShortcutState = 'registered' | 'taken' | 'invalid' | 'off';

/**
 * `pageRestarted`: the window's process ended by itself and was started again; nothing stored was lost.
 * `keyInFile`: the system offers no keychain, so the database key lies in a file only this user may read.
 * `optionsIgnored`: the app was started a second time with options; the running one keeps its own until it is quit.
 * `pdfSaved`: what was to be saved as PDF is on the disk. `printBusy`: something else is being printed.
 */
export type ShellNotice = 'pageRestarted' | 'keyInFile' | 'optionsIgnored' | 'pdfSaved' | 'printBusy';
