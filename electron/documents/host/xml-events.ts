import { Parser } from 'htmlparser2';

import { corrupt } from './failure.ts';

/** What a reader hears of an XML part. Names come with their prefix, as they are written. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const mostDepth = 2000;

/**
 * Tells a listener what stands in XML as it comes in. Nothing that the document type declares is looked at, so that an
 * entity can neither grow nor name a file.
 *
 * @throws DocumentFailure CORRUPT when it is nested without end
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, listener: XmlListener): Promise<void> {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > mostDepth) throw corrupt('its elements are nested without end');
        listener.open?.(name, attributes);
      },
      onclosetag(name) {
        depth -= 1;
        listener.close?.(name);
      },
      ontext: (text) => listener.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8');
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  if (decoder !== undefined) parser.write(decoder.decode());
  parser.end();
}
