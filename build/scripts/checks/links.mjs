import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./list-files.mjs').Problem} Problem */

/**
 * Finds links in Markdown files that lead nowhere inside the repository. Links to other hosts are not followed.
 *
 * @param {string} root
 * @param {readonly string[]} files of the repository
 * @returns {Problem[]}
 */
export function findDeadLinks(root, files) {
  return files
    .filter((file) => file.toLowerCase().endsWith('.md'))
    .flatMap((file) => {
      const lines = linesOutsideFences(readFileSync(path.join(root, file), 'utf8'));
      return lines.flatMap((text, index) =>
        linkTargets(withoutInlineCode(text)).flatMap((target) => {
          const message = checkTarget(root, file, target);
          return message === null ? [] : [{ file, line: index + 1, rule: 'dead-link', message }];
        }),
      );
    });
}

/**
 * The lines of a document with those of fenced code emptied, so that an example is taken for neither link nor heading.
 *
 * @param {string} markdown
 */
function linesOutsideFences(markdown) {
  /** @type {string | null} */
  let fence = null;
  return markdown.split(/\r?\n/).map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null) {
      fence = mark ?? null;
      return mark === undefined ? line : '';
    }
    if (mark?.startsWith(fence) && /^ {0,3}[`~]+\s*$/.test(line)) fence = null;
    return '';
  });
}

/** @param {string} line */
function withoutInlineCode(line) {
  return line.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}

/**
 * @param {string} line
 * @returns {string[]}
 */
function linkTargets(line) {
  const inline = line.matchAll(/\]\(\s*(?:<([^>]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))(?:\s+["'(][^)]*)?\s*\)/g);
  const definition = line.matchAll(/^ {0,3}\[(?!\^)[^\]]+\]:\s*(?:<([^>]*)>|(\S+))/g);
  const html = line.matchAll(/<(?:a|img|source|picture)\b[^>]*?\b(?:href|src|srcset)=["']([^"'\s]*)/g);
  return [...inline, ...definition, ...html].map((match) => match[1] ?? match[2] ?? '');
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string} target
 * @returns {string | null} what is wrong
 */
function checkTarget(root, file, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//')) return null;
  if (target === '') return 'A link without a target. Write where it leads, or make it plain text.';
  const [place = '', anchor] = target.split('#', 2);
  const name = tryDecode(place.split('?')[0] ?? '');
  if (name === null) return `"${target}" is not written as a link can be. Escape its per cent signs.`;
  if (name.startsWith('/')) return `"${target}" starts at a server's root. Write it relative to this file.`;
  const absolute = name === '' ? path.join(root, file) : path.resolve(root, path.dirname(file), name);
  const inside = path.relative(root, absolute);
  if (inside.startsWith('..')) return `"${target}" leaves the repository. Link to a file in it.`;
  if (!existsInThisCase(root, inside)) return `"${target}" leads to no file. Correct the path (capitals count).`;
  if (anchor === undefined || anchor === '') return null;
  return checkAnchor(absolute, target, tryDecode(anchor) ?? anchor);
}

/**
 * @param {string} absolute
 * @param {string} target
 * @param {string} anchor
 */
function checkAnchor(absolute, target, anchor) {
  if (statSync(absolute).isDirectory()) return `"${target}" names a heading of a folder. Link to the file.`;
  const text = readFileSync(absolute, 'utf8');
  if (!absolute.toLowerCase().endsWith('.md')) {
    const last = Number(/^L\d+(?:-L(\d+))?$/.exec(anchor)?.[1] ?? /^L(\d+)/.exec(anchor)?.[1]);
    return last <= text.split('\n').length ? null : `"${target}" names a line that the file does not have.`;
  }
  if (headingAnchors(text).has(anchor)) return null;
  return `"${target}" names no heading there. Correct the part after #.`;
}

/**
 * The anchors GitHub gives to headings, and those written by hand.
 *
 * @param {string} markdown
 */
export function headingAnchors(markdown) {
  /** @type {Set<string>} */
  const anchors = new Set();
  /** @type {Map<string, number>} */
  const seen = new Map();
  const lines = linesOutsideFences(markdown);
  for (const [index, line] of lines.entries()) {
    for (const match of line.matchAll(/\b(?:id|name)=["']([^"']+)["']/g)) anchors.add(match[1] ?? '');
    const underlined = line.trim() !== '' && /^ {0,3}(=+|-+)\s*$/.test(lines[index + 1] ?? '');
    const title = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1] ?? (underlined ? line.trim() : undefined);
    if (title === undefined) continue;
    const slug = slugOf(title);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/** @param {string} title */
function slugOf(title) {
  const words = title.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[*_]{1,2}(\S.*?)[*_]{1,2}(?!\w)/g, '$1');
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * A disk that ignores capitals would hide a link that is dead elsewhere.
 *
 * @param {string} root
 * @param {string} inside
 */
function existsInThisCase(root, inside) {
  let folder = root;
  for (const part of inside.split(path.sep).filter((name) => name !== '')) {
    if (!existsSync(folder) || !statSync(folder).isDirectory() || !readdirSync(folder).includes(part)) return false;
    folder = path.join(folder, part);
  }
  return true;
}

/** @param {string} text */
function tryDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
