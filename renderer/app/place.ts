/** What the window shows, as it stands in the address after the #. */
export interface Place {
  /** Null is a new conversation. */
  readonly conversationId: string | null;
  /** A message to bring into view, when a search led here. */
  readonly messageId: string | null;
}

export const newChat: Place = { conversationId: null, messageId: null };

const pattern = /^#\/c\/([^/]{1,64})(?:\/m\/([^/]{1,64}))?$/;

/** Anything it does not know is a new conversation. */
export function readPlace(hash: string): Place {
  const match = pattern.exec(hash);
  const conversationId = decode(match?.[1]);
  if (conversationId === null) return newChat;
  return { conversationId, messageId: decode(match?.[2]) };
}

export function writePlace({ conversationId, messageId }: Place): string {
  if (conversationId === null) return '#/';
  const message = messageId === null ? '' : `/m/${encodeURIComponent(messageId)}`;
  return `#/c/${encodeURIComponent(conversationId)}${message}`;
}

function decode(part: string | undefined): string | null {
  if (part === undefined) return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
