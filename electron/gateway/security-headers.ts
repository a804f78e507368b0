/** Sent with every answer, whatever it is. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  'x-frame-options': 'DENY',
};

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/** For the app's own page. `host` is the checked `Host` header: Safari does not take 'self' for WebSockets. */
export function appPolicy(host: string): string {
  return [
    ...nothing,
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self' ws://${host}`,
  ].join('; ');
}

/** For a page that consists of words and the one style sheet with this hash. */
export function wordsPolicy(styleHash: string): string {
  return [...nothing, `style-src 'sha256-${styleHash}'`].join('; ');
}

/** For everything that is not a page. */
export const emptyPolicy = nothing.join('; ');
