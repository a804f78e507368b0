import { fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';

import type { contract } from '../../shared/contract/index.ts';
import * as desktop from './fake-electron.ts';

/**
 * The module `electron` for the real electron/main.ts in a process of plain Node: the desktop is played as in
 * fake-electron.ts, the life of the app, the utility process and the keychain are played here. What happens is told to
 * the test over the channel to it, and what it says is done.
 */

const root = path.resolve(import.meta.dirname, '../..');
const { app: fakeApp } = desktop;

export type Told =
  | { readonly event: 'box'; readonly title: string; readonly text: string }
  | { readonly event: 'handOver'; readonly address: string }
  | { readonly event: 'path'; readonly name: string; readonly value: string }
  | { readonly event: 'answered'; readonly id: number; readonly value: unknown }
  | { readonly event: 'failed'; readonly id: number; readonly message: string }
  | { readonly event: 'exit'; readonly code: number };

export type Asked =
  | { readonly id: number; readonly do: 'info' }
  | { readonly id: number; readonly do: 'ask'; readonly text: string }
  | { readonly id: number; readonly do: 'conversations' }
  | { readonly id: number; readonly do: 'secondStart'; readonly args: readonly string[] }
  | { readonly id: number; readonly do: 'quit' };

function tell(told: Told): void {
  process.send?.(told);
}

/** Ends the process when the test has heard of it. */
function exit(code: number): void {
  const told: Told = { event: 'exit', code };
  process.send?.(told, undefined, {}, () => process.exit(code));
}

export const app = Object.assign(fakeApp, {
  languages: (process.env['PLAYED_LANGUAGE'] ?? 'en').split(','),
  getAppPath: () => root,
  getVersion: () => '0.0.0-played',
  getPath: () => os.tmpdir(),
  setPath: (name: string, value: string) => tell({ event: 'path', name, value }),
  requestSingleInstanceLock: () => process.env['PLAYED_LOCK'] !== 'held',
  whenReady: () => Promise.resolve(),
  exit,
  quit() {
    fakeApp.emit('before-quit');
    let held = false;
    fakeApp.emit('will-quit', { preventDefault: () => (held = true) });
    if (!held) exit(0);
  },
});
Object.assign(process, { resourcesPath: root });
Object.assign(process, {
  getSystemMemoryInfo: () => ({
    total: os.totalmem() / 1024,
    free: os.freemem() / 1024,
    available: os.freemem() / 1024,
  }),
});

export const protocol = { ...desktop.protocol, registerSchemesAsPrivileged: () => undefined };

export const dialog = {
  ...desktop.dialog,
  showErrorBox: (title: string, text: string) => tell({ event: 'box', title, text }),
};

/** Turns the text around: enough to tell whether it went through here. */
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () => process.env['PLAYED_KEYCHAIN'] ?? 'gnome_libsecret',
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from([...text].toReversed().join(''))),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: [...sealed.toString()].toReversed().join(''), shouldReEncrypt: false }),
};

export const utilityProcess = {
  fork(module: string, args: string[], options: { env: Record<string, string> }) {
    const host = module.includes('documents') ? 'documents' : 'engine';
    const child = fork(path.join(root, `electron/${host}/host/main.ts`), args, {
      env: options.env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return Object.assign(child, { postMessage: (message: object) => void child.send(message) });
  },
};

export const ipcMain = { on: () => undefined };

export { BrowserWindow, clipboard, globalShortcut, Menu, MessageChannelMain, nativeImage } from './fake-electron.ts';
export { nativeTheme, powerMonitor, screen, session, shell, Tray } from './fake-electron.ts';

/** The page in the chat window, as far as a test needs one. */
function client() {
  const ports = desktop.desktop.window('chat').webContents.handedOver.at(-1);
  if (!ports) throw new Error('The chat window got no ports.');
  return createORPCClient<ContractRouterClient<typeof contract>>(new RPCLink({ port: ports.rpc }));
}

async function ask(text: string): Promise<string> {
  const page = client();
  const { conversationId, replyId } = await page.chat.send({
    requestId: 'r',
    conversationId: null,
    text,
    modelId: null,
  });
  for await (const event of await page.chat.watchThread({ conversationId })) {
    const messages = event.type === 'snapshot' ? event.messages : event.type === 'message' ? [event.message] : [];
    const reply = messages.find((message) => message.id === replyId);
    if (reply && reply.state !== 'running') return `${reply.state}: ${reply.text}`;
  }
  throw new Error('The thread ended before the answer.');
}

async function perform(asked: Asked): Promise<unknown> {
  switch (asked.do) {
    case 'info':
      return client().app.info();
    case 'ask':
      return ask(asked.text);
    case 'conversations':
      return client().chat.list({ before: null, limit: 10 });
    case 'secondStart':
      fakeApp.emit('second-instance', {}, [], '', { args: asked.args });
      return desktop.desktop.window('chat').calls.at(-1);
    case 'quit':
      return app.quit();
  }
}

process.on('message', (asked: Asked) => {
  perform(asked).then(
    (value) => tell({ event: 'answered', id: asked.id, value }),
    (error: unknown) => tell({ event: 'failed', id: asked.id, message: String(error) }),
  );
});
desktop.desktop.onHandOver = (address) => tell({ event: 'handOver', address });
