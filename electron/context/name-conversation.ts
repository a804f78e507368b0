import type { LanguageModelV4 } from '@ai-sdk/provider';

import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import type { Log } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { askInBackground } from './background-model.ts';
import { tryAcceptTitle } from './check-title.ts';
import { scriptOf } from './terms.ts';

export interface NamingServices {
  readonly store: Store;
  /** Stores and announces it; does nothing once a person has given one. */
  readonly suggestTitle: (conversationId: string, title: string) => void;
  readonly log: Log;
}

/** The beginning of what was asked and answered shows what it is about. */
const readChars = 800;
const mostTokens = 32;

/**
 * Asks a model once for a title of the branch on screen. The title that was derived from the first message stays when
 * there is none that can be used.
 */
export async function nameConversation(
  { store, suggestTitle, log }: NamingServices,
  conversationId: string,
  model: LanguageModelV4,
  signal: AbortSignal,
): Promise<void> {
  const conversation = store.conversations.find(conversationId);
  if (conversation === undefined || conversation.headId === null || conversation.titleSource !== 'message') return;
  const branch = store.messages.ancestors(conversation.headId, mostMessages + 1);
  // Later it has the title under which the person knows it.
  if (branch.length > mostMessages) return;
  const [first, ...rest] = branch.toReversed();
  const answer = rest.find(({ role, text }) => role === 'assistant' && text.trim() !== '');
  if (first === undefined || answer?.state !== 'done') return;
  if (store.summaries.titleTriedFrom(conversationId) === first.id) return;
  const title = await tryTitle({ conversationId, model, signal, log }, first.text, answer.text);
  signal.throwIfAborted();
  store.summaries.noteTitleTried(conversationId, first.id);
  if (title !== undefined) suggestTitle(conversationId, title);
}

/** A person who goes on writing at once keeps it from being asked for after the first answer. */
const mostMessages = 8;

interface Asking {
  readonly conversationId: string;
  readonly model: LanguageModelV4;
  readonly signal: AbortSignal;
  readonly log: Log;
}

async function tryTitle(
  { conversationId, model, signal, log }: Asking,
  question: string,
  answer: string,
): Promise<string | undefined> {
  const asked = question.slice(0, readChars).toWellFormed();
  const said = answer.slice(0, readChars).toWellFormed();
  const wide = scriptOf(asked) === 'wide';
  try {
    const written = await askInBackground(model, {
      conversationId,
      system: wide
        ? '给下面的对话起一个标题，不超过十二个字。只写标题，不加引号和标点。'
        : 'Give the conversation a title of two to six words. Write only the title, without quotes.',
      text: wide ? `用户：${asked}\n助手：${said}\n\n标题：` : `User: ${asked}\nAssistant: ${said}\n\nTitle:`,
      mostTokens,
      signal,
    });
    return written === undefined ? undefined : tryAcceptTitle(written, asked, said);
  } catch (error) {
    if (signal.aborted || isCancellation(error)) throw error;
    log.info({ err: error }, 'a model could not name a conversation');
    return undefined;
  }
}
