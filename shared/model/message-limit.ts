/** Characters (UTF-16 units) of one message; a longer one is refused. */
export const messageLimitChars = 200_000;

/** A pasted text longer than this (UTF-16 units, about four pages) becomes a document that goes with the message. */
export const pasteLimitChars = 8_000;
