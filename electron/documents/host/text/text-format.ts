import type { DocumentFormat } from '../../../../shared/model/documents/document-format.ts';
import { codeLanguages } from './code-languages.ts';

const byExtension: Readonly<Record<string, DocumentFormat>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  geojson: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  xml: 'xml',
  xsd: 'xml',
  xsl: 'xml',
  plist: 'xml',
  svg: 'xml',
  rss: 'xml',
  atom: 'xml',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  mht: 'html',
  mhtml: 'html',
  eml: 'eml',
  mbox: 'mbox',
};

const mailHeader =
  /^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to|content-type|x-[\w-]+):/i;

/** Tells the formats apart that are text: by what they begin with, and where that says nothing, by the name. */
export function chooseTextFormat(text: string, extension: string): DocumentFormat {
  const start = text.slice(0, 4096).trimStart();
  if (/^From \S+.*\n(?:[\w-]+:|>From)/.test(start)) return 'mbox';
  if (countMailHeaders(start) >= 2) return extension === 'mht' || extension === 'mhtml' ? 'html' : 'eml';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html)[\s>]/i.test(start)) return 'html';
  if (start.startsWith('<?xml')) return 'xml';
  const named = Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
  // A mail without headers is mere text.
  if (named !== undefined && named !== 'eml' && named !== 'mbox') return named;
  if (Object.hasOwn(codeLanguages, extension)) return 'code';
  if ((extension === '' || extension === 'txt') && isJson(text)) return 'json';
  return 'text';
}

/** Of the lines at the beginning that all look like headers. */
function countMailHeaders(start: string): number {
  let count = 0;
  for (const line of start.split('\n')) {
    if (/^[ \t]+\S/.test(line) && count > 0) continue;
    if (!mailHeader.test(line)) return /^[\w-]+:/.test(line) && count > 0 ? count : line === '' ? count : 0;
    count += 1;
  }
  return count;
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text) || text.length > 5_000_000) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Characters that no text has: a file full of them is something else. */
export function looksBinary(text: string): boolean {
  const sample = text.slice(0, 100_000);
  const odd = sample.match(/[^\P{Cc}\t\n\f\r]|\uFFFD/gu)?.length ?? 0;
  return odd > sample.length / 20;
}
