import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { Status } from '../../electron/monitor/status.ts';
import type { Adaptation } from '../../shared/model/adaptation.ts';
import type { AppStatus } from '../../shared/contract/index.ts';

export interface FakeStatus extends Status {
  set(change: Partial<AppStatus>): void;
  adapt(history: readonly Adaptation[]): void;
}

export function createFakeStatus(): FakeStatus {
  const changed = createEmitter<AppStatus>();
  const adapted = createEmitter<readonly Adaptation[]>();
  let adaptations: readonly Adaptation[] = [];
  let status: AppStatus = {
    engine: { kind: 'off' },
    memory: { totalBytes: 16e9, availableBytes: 6.4e9, hostBytes: 120e6, engineBytes: null },
  };
  return {
    info: () => ({ version: '0.1.0', host: 'headless', platform: 'linux', dataDirectory: '/home/mia/.clawdbot' }),
    set(change) {
      status = { ...status, ...change };
      changed.emit(status);
    },
    watchAdaptations(signal) {
      const queue = createAsyncQueue<readonly Adaptation[]>({ signal, onEnd: () => end() });
      const end = adapted.listen((next) => queue.push(next));
      queue.push(adaptations);
      return queue;
    },
    adapt(next) {
      adaptations = next;
      adapted.emit(next);
    },
    watch(signal) {
      const queue = createAsyncQueue<AppStatus>({ signal, onEnd: () => end() });
      const end = changed.listen((next) => queue.push(next));
      queue.push(status);
      return queue;
    },
  };
}
