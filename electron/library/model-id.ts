import { createHash } from 'node:crypto';

import type { FoundFile } from './found-model.ts';

const limitChars = 64;

/**
 * The same for a file at every start, whatever other files there are: the settings and every answer name their model by
 * it. It is the file's name, marked where it does not lie in the library, and never two files' own.
 */
export function modelIdOf(file: FoundFile): string {
  const label = file.label.normalize('NFC');
  switch (file.source) {
    case 'library':
      return shorten(label, label);
    case 'bundled':
      return shorten(`bundled:${label}`, label);
    // Anywhere on the disk, so the name alone does not say which.
    case 'argument':
      return shorten(`file:${label}:${digest(file.path)}`, file.path);
  }
}

/** Names that are long, or could be taken for one of another source, carry a digest of what they stand for. */
function shorten(id: string, whole: string): string {
  const plain = /^(?:(?:bundled|file):)?[\p{L}\p{N}\p{M} ._/()+@#&'=,~[\]-]+(?::[0-9a-f]{8})?$/u.test(id);
  if (plain && id.length <= limitChars) return id;
  const start = id.replaceAll(/[^\p{L}\p{N}._/-]+/gu, '-').slice(0, limitChars - 10);
  return `${start}:${digest(whole)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
