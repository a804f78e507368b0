/** Folders that are one thing to a person, or that only programs look into. */
const closedFolder =
  /^(?:node_modules|__pycache__)$|\.(?:app|bundle|framework|plugin|kext|photoslibrary|musiclibrary)$/i;
/** What holds no text, and would only be read from end to end to find that out. */
const wordless =
  /\.(?:mp[34]|m4[av]|mov|avi|mkv|webm|wav|aiff?|flac|ogg|dmg|iso|pkg|exe|dll|dylib|so|o|a|class|jar|bin|gguf|safetensors|db|sqlite3?|woff2?|ttf|otf|zip|gz|tgz|bz2|xz|7z|rar|tar)$/i;
const leftovers = /^(?:~\$.*|Thumbs\.db|desktop\.ini|Icon\r|.*\.(?:tmp|crdownload|part|swp))$/i;

/** Whether a folder, or a file, of this name is passed over in a folder that is followed. */
export function isLeftOut(name: string, kind: 'folder' | 'file'): boolean {
  if (name.startsWith('.') || leftovers.test(name)) return true;
  return kind === 'folder' ? closedFolder.test(name) : wordless.test(name);
}

/** Whether anything on the way to a path is passed over; the last part may be either. */
export function isPathLeftOut(path: string): boolean {
  const parts = path.split('/');
  const last = parts.pop() ?? '';
  return parts.some((part) => isLeftOut(part, 'folder')) || isLeftOut(last, 'folder') || isLeftOut(last, 'file');
}
