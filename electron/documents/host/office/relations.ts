import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';

export interface Relation {
  readonly id: string;
  /** The last word of its type, such as `slide`. */
  readonly type: string;
  /** A name in the archive. */
  readonly target: string;
}

/** What a part of an Office file refers to, inside the file. */
export async function readRelations(zip: ZipArchive, part: string): Promise<readonly Relation[]> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const relations: Relation[] = [];
  await readXml(zip.stream(`${folder}_rels/${part.slice(slash + 1)}.rels`), {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (!name.endsWith('Relationship') || mode === 'External') return;
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolvePart(folder, target) });
    },
  });
  return relations;
}

/** `../media/a.png` seen from a folder of the archive. */
export function resolvePart(folder: string, target: string): string {
  const parts: string[] = target.startsWith('/') ? [] : folder.split('/').filter((part) => part !== '');
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Title of the file by its core properties. */
export async function readCoreTitle(zip: ZipArchive): Promise<string> {
  let title = '';
  let isTitle = false;
  await readXml(zip.stream('docProps/core.xml'), {
    open: (name) => (isTitle = name === 'dc:title'),
    close: () => (isTitle = false),
    text: (text) => (title += isTitle ? text : ''),
  });
  return title;
}
