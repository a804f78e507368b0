import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Engine, EngineProgress } from '../../electron/engine/engine.ts';
import { isClawdbotError, type ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

export type Prompt = LanguageModelV4CallOptions['prompt'];
type Part<T extends LanguageModelV4StreamPart['type']> = Extract<LanguageModelV4StreamPart, { type: T }>;

export interface Answer {
  readonly text: string;
  readonly parts: readonly LanguageModelV4StreamPart[];
  readonly progress: readonly EngineProgress[];
  readonly finish: Part<'finish'> | undefined;
  readonly error: ClawdbotError | undefined;
}

export function user(text: string): Prompt[number] {
  return { role: 'user', content: [{ type: 'text', text }] };
}

export function assistant(text: string): Prompt[number] {
  return { role: 'assistant', content: [{ type: 'text', text }] };
}

/** Words of one length, so that none begins another: each is one token for a scripted model. */
export function recitalText(prefix: string, words: number): string {
  return Array.from({ length: words }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`).join(' ');
}

/** Reads an answer to its end. `onPart` sees every part as it arrives. */
export async function ask(
  model: LanguageModelV4,
  prompt: Prompt,
  options: Partial<LanguageModelV4CallOptions> & {
    onPart?: (part: LanguageModelV4StreamPart, text: string) => void;
  } = {},
): Promise<Answer> {
  const { onPart, ...call } = options;
  const { stream } = await model.doStream({ temperature: 0, includeRawChunks: true, ...call, prompt });
  const parts: LanguageModelV4StreamPart[] = [];
  let text = '';
  for await (const part of stream) {
    parts.push(part);
    if (part.type === 'text-delta') text += part.delta;
    onPart?.(part, text);
  }
  return {
    text,
    parts,
    progress: parts.flatMap((part) => (part.type === 'raw' ? [toProgress(part.rawValue)] : [])),
    finish: parts.find((part) => part.type === 'finish'),
    error: parts.flatMap((part) => (part.type === 'error' && isClawdbotError(part.error) ? [part.error] : []))[0],
  };
}

/** Calls `act` once, at the first part that `matches`. */
export function once(
  matches: (part: LanguageModelV4StreamPart, text: string) => boolean,
  act: () => void,
): (part: LanguageModelV4StreamPart, text: string) => void {
  let done = false;
  return (part, text) => {
    if (done || !matches(part, text)) return;
    done = true;
    act();
  };
}

export function isPhase(part: LanguageModelV4StreamPart, phase: EngineProgress['phase']): boolean {
  return part.type === 'raw' && toProgress(part.rawValue).phase === phase;
}

/** Resolves with the next state of this kind, as soon as it is entered. */
export function nextState(
  engine: Engine,
  kind: Engine['state']['kind'],
): Promise<{ state: Engine['state']; residents: number; memoryBytes: number | null }> {
  return new Promise((resolve) => {
    const end = engine.onChange(() => {
      if (engine.state.kind !== kind) return;
      end();
      resolve({ state: engine.state, residents: engine.residents.size, memoryBytes: engine.memoryBytes });
    });
  });
}

/** How much of the prompt has been read; 0 for other parts. */
export function tokensRead(part: LanguageModelV4StreamPart): number {
  const progress = part.type === 'raw' ? toProgress(part.rawValue) : undefined;
  return progress?.phase === 'reading' ? progress.readTokens - progress.cachedTokens : 0;
}

function toProgress(value: unknown): EngineProgress {
  if (isProgress(value)) return value;
  throw new Error(`Not an EngineProgress: ${JSON.stringify(value)}`);
}

function isProgress(value: unknown): value is EngineProgress {
  return typeof value === 'object' && value !== null && 'phase' in value && typeof value.phase === 'string';
}
