/** The pages' own scheme and origin. */
export const appScheme = 'clawdbot-app';
export const appOrigin = `${appScheme}://app`;

/**
 * The address to hand to the system's browser or mail program, or undefined. Only https and mailto: any other scheme
 * can start a program or open a file, and an answer of a model is text from outside. Addresses that carry a name and
 * password are refused because they are made to look like another site.
 */
export function tryExternalLink(address: string): string | undefined {
  if (address.length > 4_096) return undefined;
  const url = URL.parse(address);
  if (!url) return undefined;
  if (url.protocol === 'mailto:') return url.href;
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== '';
  return plain ? url.href : undefined;
}

/** Whether an address is one of our own pages. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  // Node gives "null" as the origin of a scheme it does not know, so the parts are compared.
  return url?.protocol === `${appScheme}:` && url.host === 'app' && url.username === '' && url.password === '';
}

/** What a page may load at all, besides what its policy says: a second fence should the first one fall. */
export function mayLoad(address: string): boolean {
  return ['data:', 'blob:', 'devtools:'].includes(URL.parse(address)?.protocol ?? '') || isOwnPage(address);
}
