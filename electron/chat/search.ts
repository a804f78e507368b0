import type { SearchHit } from '../../shared/contract/index.ts';
import { makeSnippet, splitSearch } from '../../shared/model/search-snippet.ts';
import type { Store } from '../store/store.ts';
import type { Reader } from './reader.ts';

/** Titles first, then messages; each with the words marked. */
export function searchChat(store: Store, reader: Reader, query: string, limit: number): SearchHit[] {
  const words = splitSearch(query);
  const titles = store.search.titles(words, limit).map((record) => ({
    conversation: reader.conversation(record),
    messageId: null,
    snippet: makeSnippet(record.title, words),
  }));
  const messages = store.search
    .messages({ words, limit: limit - titles.length })
    .found.map(({ conversation, message }) => ({
      conversation: reader.conversation(conversation),
      messageId: message.id,
      snippet: makeSnippet(message.text, words),
    }));
  return [...titles, ...messages];
}
