import type { CodeLine, ColourReply, ColourRequest } from './code-colours.ts';
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
  readonly take: (reply: ColourReply) => void;
  readonly fail: () => void;
}

let worker: Worker | undefined;
let nextBlock = 1;
const waiting = new Map<number, Waiting>();
const remembered = new Map<string, readonly CodeLine[]>();
const hopeless = new Set<CodeLanguage>();

export function createCodePainter(language: CodeLanguage, onLines: (lines: readonly CodeLine[]) => void): CodePainter {
  const block = nextBlock++;
  /** What the worker answered last for this block; its next answer begins where this one differs. */
  let base: readonly CodeLine[] = [];
  let rememberedKey = '';
  let wanted: string | undefined;
  let asked: string | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const settle = (): void => {
    clearTimeout(patience);
    waiting.delete(block);
    asked = undefined;
  };
  const ask = (code: string): void => {
    asked = code;
    wanted = undefined;
    waiting.set(block, {
      take({ from, lines }) {
        settle();
        if (from === null) return;
        base = [...base.slice(0, from), ...lines];
        remembered.delete(rememberedKey);
        rememberedKey = textKey(language, code);
        remember(rememberedKey, base);
        onLines(base);
        if (wanted !== undefined) ask(wanted);
      },
      fail: settle,
    });
    patience = setTimeout(() => {
      hopeless.add(language);
      endWorker();
    }, patienceMs);
    send({ block, language, code });
  };

  return {
    paint(code) {
      if (code.length > paintLimitChars || hopeless.has(language)) return;
      const known = remembered.get(textKey(language, code));
      if (known !== undefined) onLines(known);
      else if (asked !== undefined) wanted = code;
      else ask(code);
    },
    [Symbol.dispose]: settle,
  };
}

function send(request: ColourRequest): void {
  if (worker === undefined) {
    worker = new Worker(new URL('./colour-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<ColourReply>) =>
      waiting.get(event.data.block)?.take(event.data),
    );
    // It could not be loaded; code stays readable without it.
    worker.addEventListener('error', endWorker);
  }
  worker.postMessage(request);
}

function endWorker(): void {
  worker?.terminate();
  worker = undefined;
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
