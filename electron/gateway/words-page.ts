import { createHash } from 'node:crypto';

import { chooseLanguage, pageTexts, type PageKind } from './page-texts.ts';

const style = `
:root { color-scheme: light dark; --text: #1d1d1f; --quiet: #5f5f66; --ground: #fbfbfa; --line: #dcdcdf; --accent: #0a5fd0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececee; --quiet: #a2a2a9; --ground: #1b1b1d; --line: #3a3a3e; --accent: #6fb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 32px; background: var(--ground);
  color: var(--text); font: 15px/1.6 system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", sans-serif; }
main { max-width: 440px; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; font-weight: 600; text-wrap: balance; }
p { margin: 0 0 12px; color: var(--quiet); }
.name { margin: 0 0 24px; padding-bottom: 12px; border-bottom: 1px solid var(--line); color: var(--text); font-weight: 600; }
code { font: 13px/1.5 ui-monospace, Menlo, monospace; color: var(--text); overflow-wrap: anywhere; }
a { display: inline-block; margin-top: 8px; padding: 4px 0; color: var(--accent); text-underline-offset: 3px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; border-radius: 4px; }
`;

export const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * A page that needs no script, no further file and no sign-in. `acceptLanguage` is the browser's header; nothing from
 * the request gets into the page.
 */
export function wordsPage(kind: PageKind, acceptLanguage: string | undefined): string {
  const language = chooseLanguage(acceptLanguage);
  const { title, sentences, link } = pageTexts[language][kind];
  const words = sentences.map((sentence) => `<p>${sentence}</p>`).join('\n');
  const onward = kind === 'welcome' ? '<meta http-equiv="refresh" content="0;url=/">\n' : '';
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${onward}<title>${title} · Clawdbot</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="name">Clawdbot</p>
<h1>${title}</h1>
${words}
${link === null ? '' : `<a href="/">${link}</a>`}
</main>
</body>
</html>
`;
}
