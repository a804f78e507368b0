import { contentSecurityPolicy } from '../../shared/model/content-security-policy.ts';

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/** For the app's own page. `host` is the checked `Host` header: Safari does not take 'self' for WebSockets. */
export function appPolicy(host: string): string {
  return contentSecurityPolicy([`ws://${host}`]);
}

/** For a page that consists of words and the one style sheet with this hash. */
export function wordsPolicy(styleHash: string): string {
  return [...nothing, `style-src 'sha256-${styleHash}'`].join('; ');
}

/** For scripts: one that runs as a worker obeys its own headers, and may load further scripts of ours. */
export const scriptPolicy = [...nothing, "script-src 'self'"].join('; ');

/** For everything that is not a page. */
export const emptyPolicy = nothing.join('; ');
