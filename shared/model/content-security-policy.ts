/**
 * The one policy of every page we serve: scripts, styles, workers and connections only from the page's own origin,
 * nothing inline, no plugins, no frames, no forms to elsewhere.
 *
 * `connect` lists what besides 'self' a page may open, such as `ws://127.0.0.1:25293`: not every browser counts a
 * WebSocket to the page's own host as 'self'. Each entry must be an origin; anything else throws a TypeError.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  for (const origin of connect) {
    if (!/^(?:https?|wss?):\/\/[a-z0-9.:[\]-]+$/i.test(origin)) throw new TypeError(`Not an origin: ${origin}`);
  }
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
  ].join('; ');
}

/** Sent with every answer, whatever it is. */
export const commonSecurityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), payment=()',
  'x-frame-options': 'DENY',
  // The names of links in an answer are nobody's business until one is clicked.
  'x-dns-prefetch-control': 'off',
};

/** Headers that go with every answer that carries a page or a part of one. */
export function pageSecurityHeaders(connect: readonly string[] = []): Record<string, string> {
  return { 'content-security-policy': contentSecurityPolicy(connect), ...commonSecurityHeaders };
}
