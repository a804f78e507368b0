import type { EngineRequest } from '../../shared/model/engine-protocol.ts';
import type { EngineExit } from '../ports.ts';

/** What the process was asked and had not answered when it ended. */
export interface OpenWork {
  readonly id: number;
  readonly kind: Exclude<EngineRequest['type'], 'abort' | 'forget' | 'shutdown'>;
  readonly modelId: string;
  /** `sent`: nothing shows that it was looked at. `waiting`: others came first. */
  readonly stage: 'sent' | 'begun' | 'waiting';
}

/**
 * Why a process ended. `crash`: by itself. `hang`: it did not answer any more. `memory`: the system took it, or it got no
 * memory. `ended`: for a reason that says nothing about the model.
 */
export interface EngineEnd {
  readonly cause: 'crash' | 'hang' | 'memory' | 'ended';
  /** An English phrase. */
  readonly reason: string;
  /** In native code, not in ours. */
  readonly native: boolean;
}

export interface PostMortem extends EngineEnd {
  /** The model that was loaded or calculated when it happened, if it was only one. */
  readonly blamedModelId: string | undefined;
  /** Whether a request may be asked once more: it was not the only one that can have done it. */
  isBystander(requestId: number): boolean;
}

const nativeSignals = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']);
const saysMemory = /bad_alloc|out of memory|insufficient memory|(?:failed|unable) to allocate|cannot allocate memory/i;

/** What an exit means, when nobody here had asked for it. */
export function explainExit({ code, signal, lastLines = [] }: EngineExit): EngineEnd {
  const reason = describeExit(code, signal);
  const native = (signal !== null && nativeSignals.has(signal)) || (code !== null && (code >= 128 || code < 0));
  // Nobody else kills with this signal but the kernel, when the memory is gone, and a person who means it.
  if (signal === 'SIGKILL') return { cause: 'memory', reason, native: false };
  if (lastLines.some((line) => saysMemory.test(line))) return { cause: 'memory', reason, native };
  const asked = signal !== null && !nativeSignals.has(signal);
  return { cause: asked ? 'ended' : 'crash', reason, native };
}

export function examineEnd(end: EngineEnd, work: readonly OpenWork[]): PostMortem {
  const suspects = work.filter(({ stage, kind }) => stage === 'begun' && kind !== 'unload');
  const loads = suspects.filter(({ kind }) => kind === 'load');
  const models = new Set((loads.length > 0 ? loads : suspects).map(({ modelId }) => modelId));
  const [only] = models;
  return {
    ...end,
    blamedModelId: end.cause !== 'ended' && models.size === 1 ? only : undefined,
    isBystander: (requestId) => suspects.length !== 1 || suspects[0]?.id !== requestId,
  };
}

function describeExit(code: number | null, signal: string | null): string {
  if (signal) return `signal ${signal}`;
  return code === null ? 'for an unknown reason' : `exit code ${code}`;
}
