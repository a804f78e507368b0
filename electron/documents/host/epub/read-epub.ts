import { corrupt, DocumentFailure } from '../failure.ts';
import { htmlBlocks } from '../html/html-blocks.ts';
import { resolvePart } from '../office/relations.ts';
import type { Reading } from '../reading.ts';
import { readXml } from '../xml-events.ts';
import type { ZipArchive } from '../zip/open-zip.ts';

/** EPUB 2 and 3: each document of the spine is a chapter. @throws DocumentFailure */
export async function readEpub(zip: ZipArchive, reading: Reading): Promise<void> {
  const encryption = await zip.text('META-INF/encryption.xml');
  // Fonts are often scrambled, which keeps nobody from reading.
  const isProtected = /CipherReference[^>]+URI="[^"]+\.x?html?"/i.test(encryption) || zip.has('META-INF/rights.xml');
  let packagePart = '';
  await readXml(zip.stream('META-INF/container.xml'), {
    open: (name, attributes) => void (name === 'rootfile' && (packagePart ||= attributes['full-path'] ?? '')),
  });
  if (!zip.has(packagePart)) throw corrupt('the list of its chapters is missing');
  const { title, chapters } = await readPackage(zip, packagePart);
  await reading.recognised('epub', chapters.length);
  if (isProtected) throw new DocumentFailure({ code: 'PASSWORD_PROTECTED', data: {} });
  reading.title(title);
  for (const chapter of chapters) {
    const { blocks, pictures, title: chapterTitle } = htmlBlocks(await zip.text(chapter));
    const heading = blocks.find((block) => block.kind === 'heading');
    const label = heading?.kind === 'heading' ? heading.text : (chapterTitle ?? '');
    await reading.page({ unit: 'chapter', ...(label === '' ? {} : { label: label.slice(0, 200) }), blocks, pictures });
  }
}

async function readPackage(zip: ZipArchive, part: string): Promise<{ title: string; chapters: readonly string[] }> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const items = new Map<string, string>();
  const spine: string[] = [];
  let title = '';
  let inTitle = false;
  await readXml(zip.stream(part), {
    open(name, attributes) {
      const local = name.slice(name.indexOf(':') + 1);
      inTitle = name === 'dc:title' && title === '';
      if (local === 'item' && /xhtml|html/.test(attributes['media-type'] ?? '')) {
        items.set(attributes['id'] ?? '', decodePart(attributes['href'] ?? ''));
      } else if (local === 'itemref') spine.push(attributes['idref'] ?? '');
    },
    close: () => void (inTitle = false),
    text: (text) => void (inTitle && (title += text)),
  });
  const chapters = spine.flatMap((id) => {
    const href = items.get(id);
    const name = href === undefined ? '' : resolvePart(folder, href);
    return zip.has(name) ? [name] : [];
  });
  return { title, chapters };
}

function decodePart(href: string): string {
  try {
    return decodeURIComponent(href.replace(/#.*$/, ''));
  } catch {
    return href;
  }
}
