import { contextBridge, ipcRenderer, webUtils } from 'electron';

import type { DropBridge, HostFacts, PortHandOver } from '../../shared/contract/index.ts';

// The page gets ports, facts and the paths of what is dropped on it, never ipcRenderer. What travels over the ports is no business of this file, so it
// stays as it is when a route is added.
const loaded = new Promise<void>((resolve) => {
  if (document.readyState === 'complete') resolve();
  else window.addEventListener('load', () => resolve(), { once: true });
});

ipcRenderer.on('clawdbot:port', (event, facts: HostFacts) => {
  const message: PortHandOver = { type: 'clawdbot:port', surface: facts.surface, platform: facts.platform };
  // Before `load` the page's listener may not be there yet, and a message without a listener is lost with its ports.
  void loaded.then(() => window.postMessage(message, location.origin, [...event.ports]));
});

const bridge: DropBridge = { pathOf: (file) => webUtils.getPathForFile(file) };
contextBridge.exposeInMainWorld('clawdbotDrop', bridge);
