import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode } from 'react';

import type { ReadPassage } from '../../../shared/contract/index.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { findQuote } from '../find/find-places.ts';
import { paint, rangeOf, reveal, type Leaves } from '../leaves.ts';
import { PageFrame, type PageMarks } from '../PageFrame.tsx';
import type { PageSize } from '../page-layout.ts';
import { drawPage, layText } from './draw-page.ts';

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  readonly label: string;
  readonly size: PageSize;
  readonly topPx: number;
  readonly scale: number;
  readonly marks: PageMarks;
  /** Recognised text, where the page has none of its own. */
  readonly recognised: readonly ReadPassage[];
  readonly onSize: (size: PageSize) => void;
}

type Text = Leaves & { readonly text: string };

/** One page: its picture, its text over it, and what is marked on it. */
export function PdfPage(props: PdfPageProps): ReactNode {
  const { pdf, number, label, size, topPx, scale, marks, recognised, onSize } = props;
  const { t } = useTranslation('reader');
  const picture = useRef<HTMLDivElement>(null);
  const textLayer = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [text, setText] = useState<Text | null>(null);
  const [damaged, setDamaged] = useState(false);
  const latest = useRef(onSize);
  useEffect(() => {
    latest.current = onSize;
  });

  useEffect(() => {
    let left = false;
    pdf.getPage(number).then(
      (loaded) => {
        if (left) return;
        const { width, height } = loaded.getViewport({ scale: 1 });
        latest.current({ width, height });
        setPage(loaded);
      },
      () => left || setDamaged(true),
    );
    return () => {
      left = true;
    };
  }, [pdf, number]);

  useEffect(() => {
    if (page === null) return undefined;
    const abort = new AbortController();
    drawPage(page, scale, abort.signal).then(
      (canvas) => {
        if (canvas === undefined || abort.signal.aborted) return;
        canvas.setAttribute('aria-hidden', 'true');
        // The old picture stays, stretched, until the new one is there.
        picture.current?.replaceChildren(canvas);
      },
      () => abort.signal.aborted || setDamaged(true),
    );
    return () => abort.abort();
  }, [page, scale]);

  useEffect(() => {
    const container = textLayer.current;
    if (page === null || container === null) return undefined;
    let left = false;
    layText(page, container).then(
      (laid) => left || setText(laid),
      // Without it the page can be seen, but not selected.
      () => undefined,
    );
    return () => {
      left = true;
      setText(null);
      container.replaceChildren();
    };
  }, [page]);

  useEffect(() => {
    if (text === null) return undefined;
    const unpaint = marks.found.flatMap(({ start, end }, index) => {
      const range = rangeOf(text, start, end);
      if (range === undefined) return [];
      const isCurrent = index === marks.currentFound;
      if (isCurrent) reveal(range);
      return [paint(isCurrent ? 'reader-find-current' : 'reader-find', range)];
    });
    return () => unpaint.forEach((each) => each());
  }, [text, marks.found, marks.currentFound]);

  const { quote } = marks;
  useEffect(() => {
    if (text === null || quote === undefined) return undefined;
    const boxes = [...(textLayer.current?.parentElement?.querySelectorAll('[data-kind="passage"]') ?? [])].map((box) =>
      box.getBoundingClientRect(),
    );
    const ranges = findQuote(text.text, quote).flatMap(({ start, end }) => rangeOf(text, start, end) ?? []);
    const inPassage = ranges.find((range) => {
      const words = range.getBoundingClientRect();
      return boxes.some((box) => words.top < box.bottom && box.top < words.bottom && words.left < box.right);
    });
    const range = inPassage ?? ranges[0];
    return range === undefined ? undefined : paint('reader-quote', range);
  }, [text, quote]);

  const isEmpty = text !== null && text.text.trim() === '';
  return (
    <PageFrame
      number={number}
      label={label}
      size={size}
      topPx={topPx}
      scale={scale}
      userUnit={page?.userUnit ?? 1}
      marks={marks}
      recognised={isEmpty ? recognised : []}
    >
      <div ref={picture} className="contents" />
      <div ref={textLayer} className="reader-text" />
      {damaged ? (
        <p role="alert" className="absolute inset-x-0 top-1/3 px-8 text-center">
          {t('pageDamaged')}
        </p>
      ) : null}
    </PageFrame>
  );
}
