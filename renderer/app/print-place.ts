/** What a page of the print surface is to show, as it stands in the address after the #. */
export type PrintPlace = { readonly conversationId: string | null };

const pattern = /^#\/(?:all|c\/([^/]{1,64}))$/;

/** Undefined for an address that names nothing to print; a null id is everything. */
export function tryPrintPlace(hash: string): PrintPlace | undefined {
  const match = pattern.exec(hash);
  if (match === null) return undefined;
  try {
    return { conversationId: match[1] === undefined ? null : decodeURIComponent(match[1]) };
  } catch {
    return undefined;
  }
}

/** The address of the page to print, beside this one. */
export function printAddress(conversationId: string | null): string {
  return `./?surface=print#/${conversationId === null ? 'all' : `c/${encodeURIComponent(conversationId)}`}`;
}
