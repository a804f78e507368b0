/** One conversation to learn from or to test with. What the assistant says is what is learned. */
export interface Sample {
  readonly kind: SampleKind;
  readonly turns: readonly SampleTurn[];
}

export type SampleKind =
  | 'copy'
  | 'document'
  | 'chat'
  | 'dialog'
  | 'summary'
  | 'title'
  | 'bullets'
  | 'rewrite'
  | 'extract'
  | 'tool';

export interface SampleTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export function ask(kind: SampleKind, question: string, answer: string): Sample {
  return {
    kind,
    turns: [
      { role: 'user', text: question },
      { role: 'assistant', text: answer },
    ],
  };
}
