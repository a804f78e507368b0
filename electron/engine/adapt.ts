import { adaptationSentence, type Adaptation } from '../../shared/model/adaptation.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Clock, Log, MachineConditions } from '../ports.ts';
import { causesOfChange, nextStrains, noStrains, planAdjustment } from './adapt-policy.ts';
import type { Adaptations, Engine } from './engine.ts';

export interface AdaptingOptions {
  readonly engine: Pick<Engine, 'state' | 'adjust' | 'onChange'>;
  readonly conditions: () => Promise<MachineConditions>;
  readonly clock: Clock;
  readonly log: Log;
  /** Time between two looks while the engine runs. Default: 5 seconds. */
  readonly everyMs?: number;
}

const historyLength = 20;

/** Looks at the machine while the engine runs, and lets it work as hard as is good for both. */
export function createAdapting(options: AdaptingOptions): Adaptations & Disposable {
  const { engine, clock, log, everyMs = 5_000 } = options;
  const changed = createEmitter<readonly Adaptation[]>();
  let strains = noStrains;
  let history: readonly Adaptation[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let disposed = false;
  let failed = false;

  const look = async (): Promise<void> => {
    const now = await options.conditions();
    if (disposed) return;
    failed = false;
    const atMs = clock.now();
    const before = strains;
    strains = nextStrains(before, now, atMs);
    const causes = causesOfChange(before, strains);
    if (causes.length === 0) return;
    const adjustment = planAdjustment(strains);
    engine.adjust(adjustment);
    for (const cause of causes) log.info({ cause, ...adjustment.effort }, adaptationSentence(cause, 'en'));
    history = [...history, ...causes.map((cause) => ({ atMs, cause, ...adjustment.effort }))].slice(-historyLength);
    changed.emit(history);
  };

  const run = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    clearTimeout(timer);
    timer = undefined;
    try {
      await look();
    } catch (error) {
      // Without knowing the machine the engine works on as it does.
      if (!failed) log.warn({ err: error }, 'The state of the machine could not be read.');
      failed = true;
    } finally {
      looking = false;
      follow();
    }
  };

  const isRunning = (): boolean => engine.state.kind === 'starting' || engine.state.kind === 'ready';

  /** The next look, or none while there is nothing to adapt. */
  const follow = (): void => {
    if (disposed || !isRunning() || looking || timer) return;
    timer = setTimeout(() => void run(), everyMs);
    timer.unref();
  };

  let wasRunning = false;
  const stopListening = engine.onChange(() => {
    const started = isRunning() && !wasRunning;
    wasRunning = isRunning();
    if (started) void run();
  });

  return {
    get history() {
      return history;
    },
    onChange: (listener) => changed.listen(listener),
    [Symbol.dispose]() {
      disposed = true;
      stopListening();
      clearTimeout(timer);
    },
  };
}
