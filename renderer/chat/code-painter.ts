import type { CodeLine, ColourReply } from './code-colours.ts';
import { codeGrammars } from './code-grammars.ts';
import type { CodeLanguage } from './code-language.ts';

/** Colours one block of code that may grow. Lines that did not change stay the same objects. */
export interface CodePainter extends Disposable {
  paint(code: string): void;
}

/** Longer code is shown without colours; nobody reads it for them. */
const paintLimitChars = 60_000;
/** A grammar that is still busy then has met code that it is helpless with. */
const patienceMs = 8_000;
const rememberedTexts = 60;

interface Waiting {
  take(reply: ColourReply): void;
  /** The worker has ended without an answer. */
  fail(): void;
}

let worker: Worker | undefined;
let nextBlock = 1;
const waiting = new Map<number, Waiting>();
/** The languages whose grammar the present worker has. */
const taught = new Set<CodeLanguage>();
/** Not to be tried again: code is as readable without colours, and waiting for them costs. */
const hopeless = new Set<CodeLanguage>();
const remembered = new Map<string, readonly CodeLine[]>();

export function createCodePainter(language: CodeLanguage, onLines: (lines: readonly CodeLine[]) => void): CodePainter {
  const block = nextBlock++;
  /** What the worker answered last for this block; its next answer begins where this one differs. */
  let base: readonly CodeLine[] = [];
  let rememberedKey = '';
  let wanted: string | undefined;
  let busy = false;
  let disposed = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const settle = (): void => {
    clearTimeout(patience);
    waiting.delete(block);
    busy = false;
  };
  const next = (): void => {
    const code = wanted;
    wanted = undefined;
    if (code !== undefined && !disposed && !hopeless.has(language)) void ask(code);
  };
  const ask = async (code: string): Promise<void> => {
    busy = true;
    const grammar = taught.has(language) ? null : await tryGrammar(language);
    if (grammar === undefined) hopeless.add(language);
    if (disposed || grammar === undefined) return;
    waiting.set(block, {
      take({ from, lines }) {
        settle();
        if (from === null) {
          hopeless.add(language);
          return;
        }
        base = [...base.slice(0, from), ...lines];
        remembered.delete(rememberedKey);
        rememberedKey = textKey(language, code);
        remember(rememberedKey, base);
        onLines(base);
        next();
      },
      fail() {
        settle();
        wanted ??= code;
        next();
      },
    });
    patience = setTimeout(() => {
      hopeless.add(language);
      endWorker();
    }, patienceMs);
    currentWorker().postMessage({ block, language, grammar, code });
    taught.add(language);
  };

  return {
    paint(code) {
      if (code.length > paintLimitChars || hopeless.has(language)) return;
      const known = remembered.get(textKey(language, code));
      wanted = known === undefined ? code : undefined;
      if (known !== undefined) onLines(known);
      else if (!busy) next();
    },
    [Symbol.dispose]() {
      disposed = true;
      settle();
    },
  };
}

/** Undefined when it cannot be fetched: the host is away, or was updated while this window was open. */
async function tryGrammar(language: CodeLanguage) {
  try {
    return (await codeGrammars[language]()).default;
  } catch {
    return undefined;
  }
}

function currentWorker(): Worker {
  if (worker === undefined) {
    worker = new Worker(new URL('./colour-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<ColourReply>) =>
      waiting.get(event.data.block)?.take(event.data),
    );
    worker.addEventListener('error', () => {
      // It could not be loaded, and would not be the next time either.
      for (const language of taught) hopeless.add(language);
      endWorker();
    });
  }
  return worker;
}

/** Whoever still waits for an answer asks a new worker. */
function endWorker(): void {
  worker?.terminate();
  worker = undefined;
  taught.clear();
  for (const one of [...waiting.values()]) one.fail();
}

/** Scrolling takes blocks away and brings them back; they should come back in colour. */
function remember(key: string, lines: readonly CodeLine[]): void {
  remembered.set(key, lines);
  for (const oldest of remembered.keys()) if (remembered.size > rememberedTexts) remembered.delete(oldest);
}

function textKey(language: CodeLanguage, code: string): string {
  return `${language}\n${code}`;
}
