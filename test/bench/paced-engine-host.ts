import type { EngineHostProcess } from '../../electron/ports.ts';
import type { EngineReport, EngineRequest } from '../../shared/model/engine-protocol.ts';

const tickMs = 4;

/**
 * An engine's process that writes at the pace its question names, such as `rate=600 deltas=1800`: one report a delta,
 * as llama.cpp's host sends them. The last delta ends in `end-` and the epoch time at which it was sent.
 */
export function createPacedEngineHost(): EngineHostProcess {
  let hear: (report: EngineReport) => void = () => undefined;
  const timers = new Map<number, NodeJS.Timeout>();

  const generate = (id: number, question: string): void => {
    const rate = Number(/rate=(\d+)/.exec(question)?.[1] ?? 300);
    const deltas = Number(/deltas=(\d+)/.exec(question)?.[1] ?? 900);
    const startedAtMs = performance.now();
    let sent = 0;
    hear({ type: 'reading', id, readTokens: 8, cachedTokens: 0, totalTokens: 8 });
    const tick = (): void => {
      const due = Math.min(deltas, Math.ceil(((performance.now() - startedAtMs) / 1000) * rate));
      for (; sent < due; sent += 1) {
        const atMs = performance.timeOrigin + performance.now();
        const text = sent === deltas - 1 ? ` end-${Math.round(atMs)}` : piece(sent);
        hear({ type: 'text', id, text, tokens: 1, atMs });
      }
      if (sent < deltas) return;
      clearInterval(timers.get(id));
      timers.delete(id);
      hear({ type: 'finished', id, finish: 'stop', usage: { promptTokens: 8, cachedTokens: 0, replyTokens: deltas } });
    };
    timers.set(id, setInterval(tick, tickMs));
  };

  return {
    processId: undefined,
    onReport: (listener) => {
      hear = listener;
      setImmediate(() => hear({ type: 'ready' }));
    },
    onExit: () => undefined,
    kill: () => timers.forEach((timer) => clearInterval(timer)),
    send: (request: EngineRequest) => {
      switch (request.type) {
        case 'load':
          return hear({ type: 'loaded', id: request.id, contextTokens: request.options.contextTokens, memoryBytes: 1 });
        case 'unload':
          return hear({ type: 'unloaded', id: request.id });
        case 'generate':
          return generate(request.id, request.prompt.at(-1)?.text ?? '');
        case 'embed':
        case 'rerank':
          return hear({
            type: 'failed',
            id: request.id,
            error: { code: 'UNSUPPORTED', what: 'comparing', reason: 'It only writes.' },
          });
        case 'abort':
          clearInterval(timers.get(request.id));
          return undefined;
        case 'forget':
        case 'limit':
        case 'shutdown':
          return undefined;
        default:
          return request satisfies never;
      }
    },
  };
}

/** Words in paragraphs, with a list and a piece of code now and then, as answers have them. */
function piece(index: number): string {
  if (index % 400 === 399) return '\n\n```ts\nconst answer = 42;\n```\n\n';
  if (index % 150 === 149) return '\n\n- a point\n- another\n\n';
  if (index % 60 === 59) return '.\n\n';
  return ` word${index}`;
}
