const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address of a link that a model wrote, when it may be opened. A model's words are not trusted: nothing that runs
 * (`javascript:`), reads files or starts other programs, and nothing relative, which would point at this app.
 */
export function trySafeAddress(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const url = URL.parse(address.trim());
  return url !== null && allowed.has(url.protocol) ? url.href : undefined;
}
