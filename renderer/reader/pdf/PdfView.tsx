import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { tryReadError } from '../../rpc/read-error.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { realSize, type PageSize } from '../page-layout.ts';
import { PageScroller } from '../PageScroller.tsx';
import { PasswordForm } from '../PasswordForm.tsx';
import { readOriginal } from '../read-original.ts';
import type { ReaderViewProps } from '../reader-view.ts';
import { recognisedText } from '../recognised-text.ts';
import { usePassages } from '../use-passages.ts';
import { openPdf, textOf } from './open-pdf.ts';
import { PdfPage } from './PdfPage.tsx';

type Loading =
  | { readonly kind: 'loading'; readonly receivedBytes: number }
  | { readonly kind: 'locked'; readonly wrong: boolean; readonly unlock: (password: string) => void }
  | { readonly kind: 'open'; readonly pdf: PDFDocumentProxy; readonly firstSize: PageSize };

const begun: Loading = { kind: 'loading', receivedBytes: 0 };

/** A PDF, page by page as it looks. */
export function PdfView(props: ReaderViewProps): ReactNode {
  const { opened, onFailed } = props;
  const { id, sizeBytes } = opened.document;
  const { t } = useTranslation('reader');
  const format = useFormat();
  const client = useClient();
  const [loading, setLoading] = useState<Loading>(begun);
  const failed = useRef(onFailed);
  useEffect(() => {
    failed.current = onFailed;
  });

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const fail = (error: unknown): void => {
      if (!signal.aborted) failed.current(tryReadError(error) ? 'missing' : 'fileDamaged');
    };
    setLoading(begun);
    const file = openPdf({
      sizeBytes,
      read: (begin, end) => readOriginal(client.reader, id, begin, end, signal),
      onProgress: (receivedBytes) =>
        setLoading((before) => (before.kind === 'loading' ? { ...before, receivedBytes } : before)),
      onPassword: (answer, wrong) =>
        setLoading({
          kind: 'locked',
          wrong,
          unlock(password) {
            setLoading(begun);
            answer(password);
          },
        }),
      onLost: fail,
    });
    void (async () => {
      const pdf = await file.pdf;
      const firstSize = await pdf.getPage(1).then(
        (page) => page.getViewport({ scale: 1 }),
        // That page will say so itself.
        () => ({ width: 595, height: 842 }),
      );
      if (!signal.aborted) setLoading({ kind: 'open', pdf, firstSize });
    })().catch(fail);
    return () => {
      abort.abort();
      file[Symbol.dispose]();
    };
  }, [client, id, sizeBytes]);

  if (loading.kind === 'locked') return <PasswordForm wrong={loading.wrong} onPassword={loading.unlock} />;
  if (loading.kind === 'loading') {
    const progress = { received: format.bytes(loading.receivedBytes), total: format.bytes(sizeBytes) };
    return (
      <p role="status" className="p-8 text-center text-muted">
        {t('loading', progress)}
      </p>
    );
  }
  return <PdfPages {...props} pdf={loading.pdf} firstSize={loading.firstSize} />;
}

interface PdfPagesProps extends ReaderViewProps {
  readonly pdf: PDFDocumentProxy;
  readonly firstSize: PageSize;
}

function PdfPages({ pdf, firstSize, ...props }: PdfPagesProps): ReactNode {
  const { opened } = props;
  const isScan = opened.pages.some(({ recognised }) => recognised !== null);
  const { passages } = usePassages(opened.document.id, isScan);
  const byPage = useMemo(() => Map.groupBy(passages, ({ page }) => page), [passages]);
  const texts = useRef(new Map<number, string>());
  const textOfPage = useCallback(
    async (index: number): Promise<string> => {
      const known = texts.current.get(index);
      if (known !== undefined) return known;
      const page = await pdf.getPage(index + 1);
      const { text } = textOf(await page.getTextContent());
      if (text.trim() === '') return recognisedText(byPage.get(index + 1) ?? []);
      texts.current.set(index, text);
      return text;
    },
    [pdf, byPage],
  );
  return (
    <PageScroller
      {...props}
      count={pdf.numPages}
      firstSize={firstSize}
      unit={realSize}
      textOf={textOfPage}
      renderPage={({ index, ...page }) => (
        <PdfPage key={index} {...page} pdf={pdf} number={index + 1} recognised={byPage.get(index + 1) ?? noPassages} />
      )}
    />
  );
}

const noPassages: [] = [];
