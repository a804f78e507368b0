import type { EngineHostProcess } from '../../electron/ports.ts';
import type {
  EngineFailure,
  EngineReport,
  EngineRequest,
  EngineTurn,
  EngineUsage,
} from '../../shared/model/engine-protocol.ts';
import { fakeScore, fakeVector } from './fake-comparing.ts';

/** How one model behaves. A token is a word with the space before it. */
export interface FakeScript {
  /** What it answers; a final assistant turn that begins this text is continued. */
  readonly reply: string | ((prompt: readonly EngineTurn[]) => string);
  /** Unlimited when left out. */
  readonly tokensPerSecond?: number;
  /** Time to load, reported in ten steps. Default: 0. */
  readonly loadMs?: number;
  /** Time to read one token of the prompt that is not cached. Default: 0. */
  readonly readMsPerToken?: number;
  readonly failLoad?: EngineFailure;
  /** The process ends right after this many tokens of each answer. */
  readonly crashAfterTokens?: number;
  /** The answer fails after this many tokens. */
  readonly failAfterTokens?: number;
}

export interface FakeHost extends EngineHostProcess {
  /** As if the process had been killed. */
  crash(signal?: string): void;
  /** From now on it neither hears nor says anything, as if it had been stopped; it can be killed. */
  freeze(): void;
  /** Sends anything, as a broken host might. */
  say(report: unknown): void;
  readonly alive: boolean;
  /** Everything it was asked. */
  readonly requests: readonly EngineRequest[];
}

type Generate = Extract<EngineRequest, { type: 'generate' }>;
type Load = Extract<EngineRequest, { type: 'load' }>;

interface Loaded {
  readonly contextTokens: number;
  readonly sequences: number;
  /** What each answer read and wrote, newest last; stands for the prefix cache. */
  readonly cache: string[][];
  readonly running: Set<Promise<void>>;
  busy: number;
  readonly waiting: { start: () => void; report: (ahead: number) => void }[];
}

const readingStep = 64;
const cachedAnswers = 8;
let nextProcessId = 900_001;

/** Speaks the engine's protocol without llama.cpp. `quiet` makes it say nothing at all, not even that it is ready. */
export function createFakeHost(
  scripts: Readonly<Record<string, FakeScript>>,
  options: { quiet?: boolean; native?: 'off' } = {},
): FakeHost {
  const processId = nextProcessId++;
  const loaded = new Map<string, Loaded>();
  const aborts = new Map<number, AbortController>();
  const requests: EngineRequest[] = [];
  let alive = true;
  let frozen = false;
  let hear: (report: unknown) => void = () => undefined;
  let end: (exit: { code: number | null; signal: string | null }) => void = () => undefined;

  const say = (report: unknown): void => {
    if (alive && !frozen) hear(report);
  };
  const report = (value: EngineReport): void => say(value);
  const die = (exit: { code: number | null; signal: string | null }): void => {
    if (!alive) return;
    alive = false;
    for (const abort of aborts.values()) abort.abort();
    // Asynchronously, as the death of a real process is told.
    setImmediate(() => end(exit));
  };

  const load = async ({ id, model, options: wanted }: Load, signal: AbortSignal): Promise<void> => {
    const { loadMs = 0, failLoad } = scripts[model.id] ?? {
      failLoad: { code: 'MODEL_UNREADABLE', reason: 'No script.' },
    };
    for (let step = 0; step < 10; step += 1) {
      report({ type: 'loading', id, fraction: step / 10 });
      await pause(loadMs / 10, signal);
      if (signal.aborted) return report({ type: 'failed', id, error: { code: 'CANCELLED' } });
    }
    if (failLoad) return report({ type: 'failed', id, error: failLoad });
    const { contextTokens, sequences } = wanted;
    loaded.set(model.id, { contextTokens, sequences, cache: [], running: new Set(), busy: 0, waiting: [] });
    report({ type: 'loaded', id, contextTokens, memoryBytes: 1_000_000 });
    report({ type: 'memory', residentBytes: 50_000_000 + loaded.size * 1_000_000 });
  };

  const generate = async (request: Generate, model: Loaded, signal: AbortSignal): Promise<void> => {
    const { id, prompt, sampling } = request;
    const script = scripts[request.modelId];
    if (!script) return;
    const promptTokens = prompt.flatMap((turn) => [`<${turn.role}>`, ...tokenise(turn.text)]);
    if (prompt.at(-1)?.role !== 'assistant') promptTokens.push('<assistant>');
    const usage = {
      promptTokens: promptTokens.length,
      cachedTokens: cachedTokens(model.cache, promptTokens),
      replyTokens: 0,
    };
    if (promptTokens.length >= model.contextTokens) {
      const error = {
        code: 'CONTEXT_FULL',
        neededTokens: promptTokens.length,
        contextTokens: model.contextTokens,
      } as const;
      return report({ type: 'failed', id, error });
    }
    const finish = (how: 'stop' | 'length' | 'aborted', written: EngineUsage): void =>
      report({ type: 'finished', id, finish: how, usage: written });

    const state = promptTokens.slice(0, usage.cachedTokens);
    model.cache.push(state);
    model.cache.splice(0, model.cache.length - cachedAnswers);
    for (let read = usage.cachedTokens; read < promptTokens.length; read += readingStep) {
      const { cachedTokens: cached, promptTokens: totalTokens } = usage;
      report({ type: 'reading', id, readTokens: read, cachedTokens: cached, totalTokens });
      await pause((script.readMsPerToken ?? 0) * Math.min(readingStep, totalTokens - read), signal);
      state.push(...promptTokens.slice(read, read + readingStep));
      if (signal.aborted) return finish('aborted', usage);
    }

    const written: string[] = [];
    const { text, stopped } = limit(replyTo(script, prompt), sampling.stop);
    const tokens = tokenise(text);
    for (const token of tokens) {
      const budget = Math.min(sampling.maxTokens ?? Infinity, model.contextTokens - promptTokens.length);
      if (written.length >= budget) return finish('length', { ...usage, replyTokens: written.length });
      await pause(script.tokensPerSecond ? 1000 / script.tokensPerSecond : 0, signal);
      if (signal.aborted) return finish('aborted', { ...usage, replyTokens: written.length });
      written.push(token);
      state.push(token);
      report({ type: 'text', id, text: token, tokens: 1, atMs: performance.timeOrigin + performance.now() });
      if (written.length === script.crashAfterTokens) return die({ code: null, signal: 'SIGSEGV' });
      if (written.length === script.failAfterTokens) {
        return report({ type: 'failed', id, error: { code: 'INTERNAL', reason: 'as scripted' } });
      }
    }
    finish('stop', { ...usage, replyTokens: written.length + (stopped ? 1 : 0) });
  };

  /** Waits for a free sequence, telling how many are before it. */
  const takeSequence = (id: number, model: Loaded, signal: AbortSignal): Promise<boolean> => {
    if (model.busy < model.sequences) {
      model.busy += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const place = {
        start: () => resolve(true),
        report: (ahead: number) => report({ type: 'queued', id, ahead }),
      };
      model.waiting.push(place);
      place.report(model.waiting.length - 1);
      signal.addEventListener('abort', () => {
        const index = model.waiting.indexOf(place);
        if (index < 0) return;
        model.waiting.splice(index, 1);
        resolve(false);
      });
    });
  };

  const giveSequence = (model: Loaded): void => {
    const next = model.waiting.shift();
    if (!next) {
      model.busy -= 1;
      return;
    }
    next.start();
    for (const [ahead, place] of model.waiting.entries()) place.report(ahead);
  };

  const answer = async (request: Generate, signal: AbortSignal): Promise<void> => {
    const { id } = request;
    report({ type: 'begun', id });
    const model = loaded.get(request.modelId);
    if (!model) return report({ type: 'failed', id, error: { code: 'INTERNAL', reason: 'The model is not loaded.' } });
    const none = { promptTokens: 0, cachedTokens: 0, replyTokens: 0 };
    const taken = await takeSequence(id, model, signal);
    if (!taken) return report({ type: 'finished', id, finish: 'aborted', usage: none });
    const run = generate(request, model, signal).finally(() => giveSequence(model));
    model.running.add(run);
    await run.finally(() => model.running.delete(run));
  };

  const receive = async (request: EngineRequest): Promise<void> => {
    switch (request.type) {
      case 'load':
        return withSignal(request.id, (signal) => load(request, signal));
      case 'generate':
        return withSignal(request.id, (signal) => answer(request, signal));
      case 'embed': {
        const { id, texts } = request;
        return report({ type: 'embedded', id, vectors: texts.map(fakeVector), cut: [], tokens: texts.length });
      }
      case 'rerank': {
        const { id, query, documents } = request;
        const scores = documents.map((document) => fakeScore(query, document));
        return report({ type: 'ranked', id, scores, cut: [], tokens: documents.length });
      }
      case 'unload':
        await Promise.all([...(loaded.get(request.modelId)?.running ?? [])]);
        loaded.delete(request.modelId);
        return report({ type: 'unloaded', id: request.id });
      case 'abort':
        return aborts.get(request.id)?.abort();
      case 'forget':
      case 'limit':
        return;
      case 'shutdown':
        return die({ code: 0, signal: null });
    }
  };

  const withSignal = async (id: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const controller = new AbortController();
    aborts.set(id, controller);
    await work(controller.signal).finally(() => aborts.delete(id));
  };

  if (!options.quiet) setImmediate(() => report({ type: 'ready', release: 'fake', direct: options.native !== 'off' }));
  return {
    processId,
    requests,
    get alive() {
      return alive;
    },
    send(request) {
      requests.push(request);
      // As through a pipe: later, and in order.
      if (!frozen) setImmediate(() => void receive(request));
    },
    onReport: (listener) => void (hear = listener),
    onExit: (listener) => void (end = listener),
    kill: () => die({ code: null, signal: 'SIGKILL' }),
    crash: (signal = 'SIGKILL') => die({ code: null, signal }),
    freeze: () => void (frozen = true),
    say,
  };
}

function replyTo(script: FakeScript, prompt: readonly EngineTurn[]): string {
  const reply = typeof script.reply === 'string' ? script.reply : script.reply(prompt);
  const last = prompt.at(-1);
  return last?.role === 'assistant' && reply.startsWith(last.text) ? reply.slice(last.text.length) : reply;
}

function limit(text: string, stops: readonly string[]): { text: string; stopped: boolean } {
  const found = stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
  return found.length === 0 ? { text, stopped: false } : { text: text.slice(0, Math.min(...found)), stopped: true };
}

function tokenise(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function cachedTokens(cache: readonly string[][], prompt: readonly string[]): number {
  let longest = 0;
  for (const cached of cache) {
    let same = 0;
    while (same < cached.length && same < prompt.length - 1 && cached[same] === prompt[same]) same += 1;
    longest = Math.max(longest, same);
  }
  return longest;
}

/** Also gives way for 0 ms, so that an abort is heard between two tokens. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0) return setImmediate(resolve);
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    return undefined;
  });
}
