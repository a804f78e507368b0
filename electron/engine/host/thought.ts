import { LlamaText, SpecialTokensText, type ChatWrapper } from 'node-llama-cpp';
import type { ThoughtMarks } from './thought-splitter.ts';

/** How the answer to a prompt may begin. */
export interface Thought {
  readonly marks: ThoughtMarks;
  /** The prompt ends inside a thought. */
  readonly opened: boolean;
}

interface Thinker {
  readonly marks: ThoughtMarks;
  /** What a prompt ends with when no thought is to be written. */
  readonly skipped: RegExp;
  readonly skip: string;
  /** What the model's template ends a prompt with, where it opens the thought itself. */
  readonly opening: string | undefined;
}

/** OpenAI's harmony format: parts of a turn are sent through named channels. */
const harmonyOpen = '<|channel|>analysis<|message|>';
const harmonyAnswers = ['final', 'commentary'].map((name) => `<|channel|>${name}<|message|>`);
const harmony: Thinker = {
  marks: { open: harmonyOpen, close: harmonyAnswers.map((answer) => `<|end|><|start|>assistant${answer}`) },
  skipped: /<\|channel\|>final<\|message\|>$/,
  skip: '<|channel|>final<|message|>',
  opening: undefined,
};

/** Undefined for models that do not think before they answer. */
function thinkerOf(wrapper: ChatWrapper, template: string): Thinker | undefined {
  if (template.includes('<|channel|>') && template.includes('analysis')) return harmony;
  const segment = wrapper.settings.segments?.thought;
  if (!segment || (typeof segment.prefix !== 'string' && !LlamaText.isLlamaText(segment.prefix))) return undefined;
  const prefix = segment.prefix.toString();
  const [open, close] = [
    prefix.trim(),
    LlamaText(segment.suffix ?? '')
      .toString()
      .trim(),
  ];
  if (open === '' || close === '') return undefined;
  return {
    marks: { open, close: [close] },
    skipped: new RegExp(`${literally(open)}\\s*${literally(close)}\\s*$`),
    skip: `${open}\n\n${close}\n\n`,
    opening: segment.openOnResponseStart === true || opensThought(template, open, close) ? prefix : undefined,
  };
}

/** Whether the template puts an opening mark, and not an empty thought, where an answer is to begin. */
function opensThought(template: string, open: string, close: string): boolean {
  const at = template.lastIndexOf('add_generation_prompt');
  if (at < 0) return false;
  const begun = new RegExp(`${literally(open)}(?!(?:\\s|\\\\n)*${literally(close)})`);
  return begun.test(template.slice(at));
}

function literally(text: string): string {
  return text.replaceAll(/[^\w\s]/g, '\\$&');
}

/** Beginnings of an answer by which a thinker says that it answers at once. */
export function answerStarts(thought: Thought | undefined): readonly string[] {
  return thought?.marks.open === harmonyOpen ? harmonyAnswers : [];
}

/**
 * A prompt after which the model thinks first, or does not. Templates are made to write a whole answer down, and then put
 * an empty thought before it.
 */
export function prepareThought(
  wrapper: ChatWrapper,
  template: string,
  prompt: LlamaText,
  wanted: boolean,
): { prompt: LlamaText; thought: Thought | undefined } {
  const thinker = thinkerOf(wrapper, template);
  if (!thinker) return { prompt, thought: undefined };
  const { marks, skipped, skip, opening } = thinker;
  const bare = changeEnd(prompt, (end) => end.replace(skipped, ''));
  const isOpen = bare.toString().trimEnd().endsWith(marks.open);
  if (!wanted) {
    // The space after an opening mark is written again with the empty thought.
    const unopened = isOpen ? changeEnd(bare, (end) => end.slice(0, end.lastIndexOf(marks.open))) : bare;
    return { prompt: LlamaText([unopened, new SpecialTokensText(skip)]), thought: { marks, opened: false } };
  }
  if (isOpen || opening === undefined) return { prompt: bare, thought: { marks, opened: isOpen } };
  return { prompt: LlamaText([bare, new SpecialTokensText(opening)]), thought: { marks, opened: true } };
}

/** Only marks of the template are changed, never what somebody wrote. */
function changeEnd(text: LlamaText, change: (end: string) => string): LlamaText {
  const last = text.values.at(-1);
  if (!(last instanceof SpecialTokensText)) return text;
  return LlamaText([...text.values.slice(0, -1), new SpecialTokensText(change(last.value))]);
}
