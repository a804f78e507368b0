import type { EngineFinish, EngineText, EngineUsage } from '../../shared/model/engine-protocol.ts';
import type { EngineProgress } from './engine.ts';

/** What happens while an answer is written. */
export type GenerationEvent =
  | { type: 'progress'; progress: EngineProgress }
  | GeneratedText
  | { type: 'finished'; finish: EngineFinish; usage: EngineUsage };

export type GeneratedText = Omit<EngineText, 'id'>;
