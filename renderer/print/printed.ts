import type { Conversation, Message } from '../../shared/contract/index.ts';

/** A conversation as it is on screen, all of it. */
export interface PrintedBranch {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
}

/** What is laid out at once, so that the page goes on answering in between. */
export interface PrintPart {
  readonly key: string;
  /** The conversation that begins here. */
  readonly head: PrintedHead | undefined;
  readonly messages: readonly Message[];
}

export interface PrintedHead {
  readonly title: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly messages: number;
  /** Names of the models that answered, in the order of their first answer. */
  readonly models: readonly string[];
}

const messagesOfPart = 25;

/** Cuts a conversation into what is laid out at once; one without messages has its title all the same. */
export function* planParts({ conversation, messages }: PrintedBranch): Generator<PrintPart> {
  const { id, title, createdAt, updatedAt } = conversation;
  const head: PrintedHead = {
    title,
    fromMs: messages[0]?.createdAt ?? createdAt,
    untilMs: messages.at(-1)?.createdAt ?? updatedAt,
    messages: messages.length,
    models: [...new Set(messages.flatMap(({ model }) => (model === null ? [] : [model.name])))],
  };
  for (let at = 0; at === 0 || at < messages.length; at += messagesOfPart) {
    yield { key: `${id}-${at}`, head: at === 0 ? head : undefined, messages: messages.slice(at, at + messagesOfPart) };
  }
}
