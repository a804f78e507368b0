/** Characters (UTF-16 units) of one message. Longer text becomes a document in a later version; until then it is refused. */
export const messageLimitChars = 200_000;
