import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import { tryReadError } from '../rpc/read-error.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { PageSize } from './page-layout.ts';
import { PageFrame } from './PageFrame.tsx';
import { PageScroller } from './PageScroller.tsx';
import { pieceBytes, readOriginal } from './read-original.ts';
import type { ReaderViewProps } from './reader-view.ts';
import { recognisedText } from './recognised-text.ts';
import { usePassages } from './use-passages.ts';

interface Picture {
  readonly address: string;
  readonly size: PageSize;
}

/** A picture, with the places of what was recognised in it. */
export function PictureView(props: ReaderViewProps): ReactNode {
  const { opened, onFailed } = props;
  const { mediaType, shownBytes: sizeBytes } = opened;
  const { id, name } = opened.document;
  const { t } = useTranslation('reader');
  const format = useFormat();
  const client = useClient();
  const [receivedBytes, setReceived] = useState(0);
  const [picture, setPicture] = useState<Picture | null>(null);
  const failed = useRef(onFailed);
  useEffect(() => {
    failed.current = onFailed;
  });
  const { passages } = usePassages(id, true);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let address: string | undefined;
    const load = async (): Promise<void> => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for (let at = 0; at < sizeBytes; at += pieceBytes) {
        pieces.push(await readOriginal(client.reader, id, at, Math.min(sizeBytes, at + pieceBytes), signal));
        if (signal.aborted) return;
        setReceived(Math.min(sizeBytes, at + pieceBytes));
      }
      // Only as the picture of an element, where nothing of it runs; the type is one of a closed list of pictures.
      address = URL.createObjectURL(new Blob(pieces, { type: mediaType ?? 'image/png' }));
      const size = await measure(address);
      if (!signal.aborted) setPicture({ address, size });
    };
    load().catch((error: unknown) => {
      if (!signal.aborted) failed.current(tryReadError(error) ? 'missing' : 'pictureDamaged');
    });
    return () => {
      abort.abort();
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [client, id, sizeBytes, mediaType]);

  const textOf = useCallback(async () => recognisedText(passages), [passages]);
  if (picture === null) {
    const progress = { received: format.bytes(receivedBytes), total: format.bytes(sizeBytes) };
    return (
      <p role="status" className="p-8 text-center text-muted">
        {t('loading', progress)}
      </p>
    );
  }
  return (
    <PageScroller
      {...props}
      count={1}
      firstSize={picture.size}
      unit={1}
      textOf={textOf}
      renderPage={({ index, ...page }) => (
        <PageFrame key={index} {...page} number={1} recognised={passages}>
          <img src={picture.address} alt={name} draggable={false} />
        </PageFrame>
      )}
    />
  );
}

async function measure(address: string): Promise<PageSize> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return { width: image.naturalWidth, height: image.naturalHeight };
}
