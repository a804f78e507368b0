import type {
  EngineFinish,
  EngineEffort,
  EngineLoadOptions,
  EngineModelFile,
  EnginePriority,
  EngineSampling,
  EngineTurn,
  EngineUsage,
} from '../../../shared/model/engine-protocol.ts';
import type { Comparing } from './comparing.ts';
import type { Said } from './reply-text.ts';

export interface AnswerTask {
  readonly turns: readonly EngineTurn[];
  readonly sampling: EngineSampling;
  readonly priority: EnginePriority;
  readonly owner: string | undefined;
  readonly signal: AbortSignal;
  /** A calculation for it came to its end; whoever watches over this process counts them. */
  onStep(): void;
  /** How many come before this one; called again whenever it gets less. */
  onQueued(ahead: number): void;
  onReading(readTokens: number, cachedTokens: number, totalTokens: number): void;
  onText(said: Said): void;
}

export type AnswerOutcome =
  | { readonly kind: 'finished'; readonly finish: EngineFinish; readonly usage: EngineUsage }
  | { readonly kind: 'tooLong'; readonly neededTokens: number };

/** A model in memory. It is disposed of after its answers have ended. */
export interface ResidentModel extends Comparing, AsyncDisposable {
  /** What one conversation may be long. */
  readonly contextTokens: number;
  readonly memoryBytes: number;
  /** Holds from the next calculation on. */
  limit(effort: EngineEffort): void;
  /** @throws Error when the calculation fails, UnsupportedError, or the signal's reason */
  answer(task: AnswerTask): Promise<AnswerOutcome>;
  /** Keeps nothing of this owner's conversations once they are answered. */
  forget(owner: string): void;
}

/** @throws LoadError, GgufError, or the signal's reason */
export type LoadModel = (
  file: EngineModelFile,
  options: EngineLoadOptions,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
) => Promise<ResidentModel>;
