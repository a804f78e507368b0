import { describe, expect, test, vi } from 'vitest';

import { createDesktopShell } from '../../../renderer/rpc/desktop-shell.ts';
import {
  onPortHandOver,
  type HandedOver,
  type PortMessage,
  type ReceivingPage,
} from '../../../renderer/rpc/port-hand-over.ts';
import type { ShellEvent } from '../../../shared/contract/index.ts';

type Delivered = Pick<PortMessage, 'data'> & Partial<PortMessage>;

/** As much of a window as the hand-over looks at. */
function createPage() {
  const listeners: ((event: PortMessage) => void)[] = [];
  const page: ReceivingPage = {
    location: { origin: 'app://clawdbot' },
    addEventListener: (_type, listener) => void listeners.push(listener),
  };
  const deliver = ({ data, origin = 'app://clawdbot', source = page, ports = twoPorts() }: Delivered): void => {
    for (const listener of listeners) listener({ data, origin, source, ports });
  };
  return { page, deliver };
}

function twoPorts(): MessagePort[] {
  const { port1, port2 } = new MessageChannel();
  return [port1, port2];
}

const facts = { type: 'clawdbot:port', surface: 'quick', platform: 'darwin' };

function listen(): { taken: HandedOver[]; deliver: (delivered: Delivered) => void } {
  const { page, deliver } = createPage();
  const taken: HandedOver[] = [];
  onPortHandOver(page, (handed) => taken.push(handed));
  return { taken, deliver };
}

describe('the hand-over of ports', () => {
  test('takes both ports and the facts from this very window', () => {
    const { taken, deliver } = listen();
    const ports = twoPorts();
    deliver({ data: facts, ports });
    expect(taken).toEqual([
      { facts: { surface: 'quick', platform: 'darwin' }, rpcPort: ports[0], shellPort: ports[1] },
    ]);
  });

  test.each<[string, Delivered]>([
    ['another window', { data: facts, source: {} }],
    ['another origin', { data: facts, origin: 'https://elsewhere.example' }],
    ['a message of another kind', { data: { ...facts, type: 'something' } }],
    ['a platform nobody knows', { data: { ...facts, platform: 'amiga' } }],
    ['a single port', { data: facts, ports: [new MessageChannel().port1] }],
    ['no ports', { data: facts, ports: [] }],
    ['a bare text', { data: 'clawdbot:port' }],
    ['nothing', { data: null }],
  ])('leaves what comes from or as %s', (_name, delivered) => {
    const { taken, deliver } = listen();
    deliver(delivered);
    expect(taken).toEqual([]);
  });
});

describe('the line to the desktop shell', () => {
  test('keeps requests until there is a port, and events until somebody listens', async () => {
    const shell = createDesktopShell();
    shell.send({ type: 'openSettings' });
    const { port1, port2 } = new MessageChannel();
    const asked: unknown[] = [];
    port1.addEventListener('message', (event) => asked.push(event.data));
    port1.start();
    shell.attach(port2);
    const arrived = new Promise((resolve) => port2.addEventListener('message', resolve));
    port1.postMessage({ type: 'quickShown' } satisfies ShellEvent);
    await vi.waitFor(() => expect(asked).toEqual([{ type: 'openSettings' }]));
    await arrived;

    const heard: ShellEvent[] = [];
    const end = shell.onEvent((event) => heard.push(event));
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'quickShown' }]));
    end();
    port1.close();
  });
});
