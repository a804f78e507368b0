import type { Summary } from '../../shared/contract/index.ts';
import type { Store } from '../store/store.ts';
import { chooseCoverages } from './choose-summaries.ts';

/** The summaries of a branch as a person sees them: each message in at most one, and shortened messages by themselves. */
export function shownSummaries(
  store: Pick<Store, 'messages' | 'summaries'>,
  conversationId: string,
  headId: string,
): Summary[] {
  const all = store.summaries.of(conversationId);
  if (all.length === 0) return [];
  const branch = store.messages.ancestorIds(headId);
  const placeOf = new Map(branch.toReversed().map((id, index) => [id, index]));
  const covering = chooseCoverages((id) => placeOf.get(id), all).at(-1);
  const covered = covering?.messages ?? 0;
  const pastes = all.filter(
    ({ origin, lastMessageId }) => origin === 'paste' && (placeOf.get(lastMessageId) ?? -1) >= covered,
  );
  return [...(covering?.summaries ?? []), ...pastes].map(
    ({ id, level, firstMessageId, lastMessageId, messageCount, text, facts, origin, createdAt }) => ({
      id,
      level,
      firstMessageId,
      lastMessageId,
      messageCount,
      text,
      facts: [...facts],
      origin,
      createdAt,
    }),
  );
}
