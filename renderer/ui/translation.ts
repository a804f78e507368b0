/** The same keys as the English text, any words: a translation that lacks one or adds one does not compile. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };
