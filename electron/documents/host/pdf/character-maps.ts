import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Names of maps come from files: letters, digits and hyphens lead nowhere else. */
const mapName = /^[A-Za-z0-9-]{1,40}\.bcmap$/;

/** What the reader of PDFs asks for: the character maps that old Chinese, Japanese and Korean files only name. */
export class CharacterMaps {
  /** @throws Error for anything but one of these maps */
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' || !mapName.test(filename)) throw new Error('No character map has this name.');
    return new Uint8Array(await readFile(path.join(mapFolder(), filename)));
  }
}

/** Those of the reader pane beside the built program, or the package they come from; never from anywhere else. */
function mapFolder(): string {
  const built = path.join(import.meta.dirname, '../renderer/pdf/cmaps');
  if (existsSync(built)) return built;
  return path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps');
}
