import type { Branch, ImportedConversation, LogLine } from './crash-log.ts';

/** A message that somebody was told is stored. */
export interface ExpectedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  /** Of an answer: what a window was sent of it. */
  readonly text: string;
  /** The text is all there is and the state final; undefined while it may grow. */
  readonly state: string | undefined;
  /** Position among all that was acknowledged, from 0. */
  readonly order: number;
  /** It came with an archive, of which some may have been stored before things that were acknowledged earlier. */
  readonly imported: boolean;
}

export interface ExpectedImport {
  readonly importId: string;
  readonly kind: 'new' | 'grown';
  readonly conversations: readonly ImportedConversation[];
  /** Undefined when nobody was told. */
  readonly end: Extract<LogLine, { type: 'importEnded' }> | undefined;
}

/** What must be there after a crash, by what the log says up to it. */
export interface Expectations {
  readonly messages: ReadonlyMap<string, ExpectedMessage>;
  readonly branches: ReadonlyMap<string, Branch>;
  /** The operation that was under way; its effect may be there or not, but not half. */
  readonly underWay: { readonly operation: string; readonly conversationId: string | null } | undefined;
  readonly acknowledged: number;
  readonly imports: readonly ExpectedImport[];
}

/** Of a branch, what a window is given first. */
const shownMessages = 60;

export function expectAfter(lines: readonly LogLine[]): Expectations {
  const stored = new Map<string, Omit<ExpectedMessage, 'state'>>();
  const branches = new Map<string, Branch>();
  const shown = new Map<string, string>();
  const ended = new Map<string, { state: string; text: string }>();
  let underWay: Expectations['underWay'];
  let acknowledged = 0;
  const imports = new Map<string, ExpectedImport>();
  /** Conversations that an import may change at this moment. */
  const unsure = new Map<string, string[]>();

  const forgetEnds = (conversationId: string): void => {
    for (const message of stored.values()) {
      if (message.conversationId === conversationId && message.role === 'assistant') ended.delete(message.id);
    }
  };

  const takeImported = ({ id, title, pinned, messages }: ImportedConversation): void => {
    if (!branches.has(id)) {
      branches.set(id, {
        id,
        title,
        pinned,
        removed: false,
        branch: messages.slice(-shownMessages).map(({ id: messageId }) => messageId),
      });
    }
    for (const message of messages) {
      // Somebody may have gone on with it before this was told.
      if (stored.has(message.id)) continue;
      stored.set(message.id, { ...message, conversationId: id, order: acknowledged - 1, imported: true });
      ended.set(message.id, message);
    }
  };

  for (const line of lines) {
    switch (line.type) {
      case 'started':
        // Whether it happened nobody was told: what it may have changed is known again when it is told next.
        if (underWay?.conversationId) {
          branches.delete(underWay.conversationId);
          if (underWay.operation === 'continue') forgetEnds(underWay.conversationId);
        }
        underWay = undefined;
        for (const id of [...unsure.values()].flat()) branches.delete(id);
        unsure.clear();
        break;
      case 'begun':
        underWay = line;
        break;
      case 'refused':
        underWay = undefined;
        break;
      case 'acknowledged':
        underWay = undefined;
        acknowledged += 1;
        branches.set(line.conversation.id, line.conversation);
        for (const { id, parentId, role, text } of line.messages) {
          const order = stored.get(id)?.order ?? acknowledged - 1;
          const imported = stored.get(id)?.imported ?? false;
          const conversationId = line.conversation.id;
          stored.set(id, { id, conversationId, parentId, role, text: text ?? '', order, imported });
          if (text === null) ended.delete(id);
          else ended.set(id, { state: 'done', text });
        }
        break;
      case 'shown': {
        const known = shown.get(line.messageId) ?? '';
        // Words that were stored but not shown before a kill come back in front of those of a continued answer; without
        // them nobody knows what the whole is.
        if (line.offset > known.length) break;
        // What comes again was shown before; the longest text counts.
        if (line.offset + line.text.length > known.length) {
          shown.set(line.messageId, known.slice(0, line.offset) + line.text);
        }
        break;
      }
      case 'ended':
        ended.set(line.messageId, line);
        break;
      case 'importBegun':
        imports.set(line.importId, { ...line, end: undefined });
        unsure.set(
          line.importId,
          line.conversations.map(({ id }) => id),
        );
        break;
      case 'importEnded': {
        const begun = imports.get(line.importId);
        if (begun === undefined) break;
        imports.set(line.importId, { ...begun, end: line });
        for (const id of unsure.get(line.importId) ?? []) {
          // What was told in between may have been told before the import was shown.
          if (begun.kind === 'grown') branches.delete(id);
        }
        unsure.delete(line.importId);
        if (line.state !== 'done' || begun.kind === 'grown') break;
        acknowledged += 1;
        for (const conversation of begun.conversations) takeImported(conversation);
        break;
      }
    }
  }

  if (underWay?.operation === 'continue' && underWay.conversationId !== null) forgetEnds(underWay.conversationId);
  const messages = new Map<string, ExpectedMessage>();
  for (const message of stored.values()) {
    const end = ended.get(message.id);
    const text = end?.text ?? shown.get(message.id) ?? message.text;
    messages.set(message.id, { ...message, text, state: end?.state });
  }
  for (const id of [...unsure.values()].flat()) branches.delete(id);
  return { messages, branches, underWay, acknowledged, imports: [...imports.values()] };
}
