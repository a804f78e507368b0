import type { SearchHit } from '../../shared/contract/index.ts';
import { splitFileTerms } from '../../shared/model/search-file.ts';
import { foldCase, makeSnippet, splitSearch } from '../../shared/model/search-snippet.ts';
import type { Clock } from '../ports.ts';
import type { FoundMessage, SearchFilter, Store } from '../store/store.ts';
import type { Announcer } from './announcer.ts';
import type { Chat, SearchRequest } from './chat.ts';
import { rankFound } from './rank-found.ts';
import type { Reader } from './reader.ts';
import type { Turns } from './turns.ts';

interface Services {
  readonly store: Store;
  readonly reader: Reader;
  readonly turns: Turns;
  readonly announcer: Announcer;
  readonly clock: Clock;
}

/** So many of the newest are ranked against each other; whatever is older comes after them. */
const windowSize = 200;
/** A common word must not fill the first page with titles. */
const mostTitles = 10;
const mostFiles = 5;

/** Finding words: everywhere, in one thread, and the way to what was found. */
export function createSearch(services: Services): Pick<Chat, 'search' | 'findInThread' | 'reveal'> {
  const { store, reader, turns, announcer, clock } = services;

  const titleHits = (words: readonly string[], limit: number, filter: SearchFilter): SearchHit[] =>
    store.search.titles(words, Math.min(limit, mostTitles), filter).map((record) => ({
      conversation: reader.conversation(record),
      messageId: null,
      fileName: null,
      atMs: record.updatedAt,
      snippet: makeSnippet(record.title, words),
    }));

  const messageHit = ({ conversation, message, createdAt }: FoundMessage, words: readonly string[]): SearchHit => ({
    conversation: reader.conversation(conversation),
    messageId: message.id,
    fileName: null,
    atMs: createdAt,
    snippet: makeSnippet(message.text, words),
  });

  /** Files whose names hold the words, and the messages they were sent with. */
  const fileHits = (words: readonly string[], limit: number, filter: SearchFilter): SearchHit[] =>
    store.search.files(words, limit, filter).map(({ conversation, message, createdAt, fileName }) => ({
      conversation: reader.conversation(conversation),
      messageId: message.id,
      fileName,
      atMs: createdAt,
      snippet: makeSnippet(fileName, [...words, ...(filter.fileParts ?? [])]),
    }));

  return {
    search(request) {
      const { rest, files } = splitFileTerms(request.query);
      const words = splitSearch(rest);
      const filter = toStoreFilter(request.filter, files);
      // Nothing but a file: what was sent with it.
      if (words.length === 0) return { hits: fileHits(words, request.limit, filter), next: null };
      const { before, offset } = readCursor(request.cursor);
      const titles = request.cursor === null ? titleHits(words, request.limit, filter) : [];
      const mostNames = Math.min(mostFiles, request.limit - titles.length);
      const names = request.cursor === null ? fileHits(words, mostNames, filter) : [];
      const { found, next } = store.search.messages({ words, limit: windowSize, before, filter });
      const ranked = rankFound(found, words, clock.now(), ({ message, createdAt }) => ({
        text: message.text,
        createdAt,
      }));
      const end = offset + request.limit - titles.length - names.length;
      const hits = [...titles, ...names, ...ranked.slice(offset, end).map((hit) => messageHit(hit, words))];
      if (end < ranked.length) return { hits, next: writeCursor(before, end) };
      return { hits, next: next === null ? null : writeCursor(next, 0) };
    },

    findInThread(conversationId, query) {
      const needle = foldCase(query.toWellFormed());
      const { headId } = reader.record(conversationId);
      if (needle === '' || headId === null) return { matches: [], total: 0 };
      const matches = store.messages
        .wholeBranch(headId)
        .map(({ id, text }) => ({ messageId: id, count: occurrences(foldCase(text), needle) }))
        .filter(({ count }) => count > 0);
      return { matches, total: matches.reduce((sum, { count }) => sum + count, 0) };
    },

    reveal(messageId) {
      const { conversationId } = reader.message(messageId);
      const { headId } = reader.record(conversationId);
      const below = headId === null ? undefined : store.messages.distance(messageId, headId);
      if (below !== undefined) return { conversationId, below };
      turns.requireIdle(conversationId);
      const end = store.messages.newestEnd(messageId);
      store.conversations.update(conversationId, { headId: end });
      announcer.branch(conversationId);
      return { conversationId, below: store.messages.distance(messageId, end) ?? 0 };
    },
  };
}

function toStoreFilter(
  { modelId, file, fromMs, untilMs }: SearchRequest['filter'],
  files: readonly string[],
): SearchFilter {
  return {
    modelId: modelId ?? undefined,
    fileParts: file === null ? files : [file, ...files],
    fromMs: fromMs ?? undefined,
    untilMs: untilMs ?? undefined,
  };
}

/** `before:offset`: the window of messages older than a row, and how many of it were shown. */
function readCursor(cursor: string | null): { before: number | null; offset: number } {
  const [before = '', offset = ''] = (cursor ?? '').split(':');
  return { before: before === '' ? null : Number(before), offset: Number(offset) };
}

function writeCursor(before: number | null, offset: number): string {
  return `${before ?? ''}:${offset}`;
}

function occurrences(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count += 1;
  return count;
}
