import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { once } from 'node:events';

import { describe, expect, test } from 'vitest';

import { createPortLine, type MainPort } from '../../electron/shell/port-line.ts';
import type { HostFacts, ShellEvent, ShellRequest } from '../../shared/contract/index.ts';
import { spiedLog } from './spied-log.ts';
import { eventually } from './eventually.ts';

/** Node's port with the events of Electron's, which wrap the message. */
class Port implements MainPort {
  readonly port: MessagePort;
  closed = false;

  constructor(port: MessagePort) {
    this.port = port;
    port.once('close', () => (this.closed = true));
  }

  on(_event: 'message', listener: (event: { data: unknown }) => void): void {
    this.port.on('message', (data: unknown) => listener({ data }));
  }

  postMessage(message: unknown): void {
    this.port.postMessage(message);
  }

  start(): void {
    this.port.start();
  }

  close(): void {
    this.port.close();
  }
}

function setUp(page = 'clawdbot-app://app/index.html') {
  const steps: string[] = [];
  const delivered: { facts: HostFacts; rpc: Port; shell: Port }[] = [];
  const requests: ShellRequest[] = [];
  const log = spiedLog();
  let address = page;
  const served: Port[] = [];
  const line = createPortLine<Port>({
    facts: { surface: 'quick', platform: 'darwin' },
    createChannel() {
      const { port1, port2 } = new MessageChannel();
      return { port1: new Port(port1), port2: new Port(port2) };
    },
    currentPage: () => address,
    isOwnPage: (candidate) => candidate.startsWith('clawdbot-app://app/'),
    deliver(facts, [rpc, shell]) {
      steps.push('deliver');
      delivered.push({ facts, rpc, shell });
    },
    serve(port) {
      steps.push('serve');
      served.push(port);
      return () => {
        steps.push('stop');
        port.close();
      };
    },
    onRequest: (request) => requests.push(request),
    log,
  });
  return { line, steps, delivered, requests, log, served, navigate: (to: string) => (address = to) };
}

describe('the line between a window and the main process', () => {
  test('is served before it is delivered, with the facts about the host', () => {
    const { line, steps, delivered } = setUp();
    line.handOver();
    expect(steps).toEqual(['serve', 'deliver']);
    expect(delivered[0]?.facts).toEqual({ surface: 'quick', platform: 'darwin' });
    line[Symbol.dispose]();
  });

  test('gives a foreign page no ports at all', () => {
    const { line, steps, delivered, log, navigate } = setUp();
    line.handOver();
    navigate('https://evil.example/');
    line.handOver();
    expect(delivered).toHaveLength(1);
    expect(steps).toEqual(['serve', 'deliver', 'stop']);
    expect(log.error).toHaveBeenCalledOnce();
  });

  test('is made anew for a page that was loaded again, and the old one is closed', async () => {
    const { line, steps, delivered } = setUp();
    line.handOver();
    const first = delivered[0];
    const closed = first ? once(first.shell.port, 'close') : Promise.reject(new Error('nothing was delivered'));
    line.handOver();
    await closed;
    expect(steps).toEqual(['serve', 'deliver', 'stop', 'serve', 'deliver']);
    expect(delivered).toHaveLength(2);
    line[Symbol.dispose]();
  });

  test('passes on requests that parse and drops the rest', async () => {
    const { line, delivered, requests, log } = setUp();
    line.handOver();
    const page = delivered[0]?.shell;
    for (const bad of [
      null,
      'hideQuick',
      { type: 'quit' },
      { type: 'hideQuick', extra: 1 },
      { type: 'resizeQuick', heightPx: '200' },
      { type: 'resizeQuick', heightPx: Number.NaN },
      { type: 'resizeQuick', heightPx: -1 },
      { type: 'continueInWindow', conversationId: 'x'.repeat(65) },
      { type: 'continueInWindow' },
      new Map([['type', 'hideQuick']]),
    ]) {
      page?.postMessage(bad);
    }
    page?.postMessage({ type: 'resizeQuick', heightPx: 212.5 });
    page?.postMessage({ type: 'continueInWindow', conversationId: null });
    await eventually(() => expect(requests).toHaveLength(2));
    expect(requests).toEqual([
      { type: 'resizeQuick', heightPx: 212.5 },
      { type: 'continueInWindow', conversationId: null },
    ]);
    expect(log.warn).toHaveBeenCalledTimes(10);
    line[Symbol.dispose]();
  });

  test('keeps what is said before the page is there, in order, and not without end', async () => {
    const { line, delivered } = setUp();
    for (let number = 0; number < 30; number += 1) {
      line.send({ type: 'openConversation', conversationId: String(number) });
    }
    line.handOver();
    line.send({ type: 'quickShown' });
    const heard: ShellEvent[] = [];
    delivered[0]?.shell.port.on('message', (event: ShellEvent) => heard.push(event));
    await eventually(() => expect(heard).toHaveLength(21));
    expect(heard[0]).toEqual({ type: 'openConversation', conversationId: '10' });
    expect(heard.at(-1)).toEqual({ type: 'quickShown' });
    line[Symbol.dispose]();
  });

  test('keeps what is said between a crash of the page and its return', async () => {
    const { line, delivered } = setUp();
    line.handOver();
    line.drop();
    line.send({ type: 'notice', notice: 'pageRestarted' });
    line.handOver();
    const heard: ShellEvent[] = [];
    delivered[1]?.shell.port.on('message', (event: ShellEvent) => heard.push(event));
    await eventually(() => expect(heard).toEqual([{ type: 'notice', notice: 'pageRestarted' }]));
    line[Symbol.dispose]();
  });
});
