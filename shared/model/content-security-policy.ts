/**
 * The one policy of every page we serve. Scripts, workers and connections only from the page's own origin; nothing
 * inline but styles (React's and the highlighter's style attributes); no plugins, no frames, no forms to elsewhere.
 *
 * `connect` lists what besides 'self' a page may open, such as `ws://127.0.0.1:25293`: not every browser counts a
 * WebSocket of the page's own host as 'self'. Each entry must be an origin; anything else is refused.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  for (const origin of connect) {
    if (!/^(?:https?|wss?):\/\/[a-z0-9.:[\]-]+$/i.test(origin)) throw new TypeError(`Not an origin: ${origin}`);
  }
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Headers that go with every answer that carries a page or a part of one. */
export function pageSecurityHeaders(connect: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
