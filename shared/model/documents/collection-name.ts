/** Of the name of a collection of documents. */
export const collectionNameLimitChars = 80;
