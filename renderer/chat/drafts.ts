/** What stands in the message field of one conversation and was not sent yet. */
export interface Draft {
  readonly text: string;
  /**
   * The id under which exactly this text was tried to be sent. Sending it again under the same id cannot make a second
   * message, even when the first try arrived and only its answer was lost.
   */
  readonly requestId: string | null;
}

/**
 * Drafts by conversation. They lie in the tab's session storage: they survive a reload and the death of the page, and
 * leave with the tab. Local storage would keep unsent private words on the disk, unencrypted, for good.
 */
export interface Drafts {
  read(conversationId: string | null): Draft;
  write(conversationId: string | null, draft: Draft): void;
}

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const emptyDraft: Draft = { text: '', requestId: null };

export function createDrafts(storage: DraftStorage | undefined): Drafts {
  // What this page wrote counts; the storage may be full or switched off.
  const written = new Map<string, Draft>();
  return {
    read(conversationId) {
      const key = draftKey(conversationId);
      return written.get(key) ?? tryParseDraft(attempt(() => storage?.getItem(key))) ?? emptyDraft;
    },
    write(conversationId, draft) {
      const key = draftKey(conversationId);
      written.set(key, draft);
      if (draft.text === '') attempt(() => storage?.removeItem(key));
      else attempt(() => storage?.setItem(key, JSON.stringify(draft)));
    },
  };
}

/** The tab's own storage; undefined where the browser forbids it. */
export function trySessionStorage(): DraftStorage | undefined {
  return attempt(() => globalThis.sessionStorage);
}

function draftKey(conversationId: string | null): string {
  return `clawdbot.draft.${conversationId ?? 'new'}`;
}

/** Storage throws when it is full or forbidden; the draft then lives as long as the page. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

function tryParseDraft(stored: string | null | undefined): Draft | undefined {
  if (stored === null || stored === undefined) return undefined;
  const value: unknown = attempt(() => JSON.parse(stored));
  if (typeof value !== 'object' || value === null || !('text' in value)) return undefined;
  if (typeof value.text !== 'string') return undefined;
  const requestId = 'requestId' in value && typeof value.requestId === 'string' ? value.requestId : null;
  return { text: value.text, requestId };
}
