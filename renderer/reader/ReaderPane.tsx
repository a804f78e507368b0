import { lazy, Suspense, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useStore } from 'zustand';

import type { OpenedDocument } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Banner } from '../ui/Banner.tsx';
import { matchesKeys } from '../ui/keys.ts';
import type { DocumentPlace } from '../ui/open-document.ts';
import { useErrorText } from '../ui/use-error-text.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { ReaderFindBar } from './find/ReaderFindBar.tsx';
import { createReaderFind } from './find/reader-find.ts';
import { PictureView } from './PictureView.tsx';
import './reader.css';
import { ReaderBar } from './ReaderBar.tsx';
import type { ReaderPosition, ReaderView, ReaderViewProps } from './reader-view.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { TextView } from './text/TextView.tsx';
import { useTarget } from './use-target.ts';

const PdfView = lazy(async () => ({ default: (await import('./pdf/PdfView.tsx')).PdfView }));

export interface ReaderPaneHandle {
  /** Opens the field to find words with, when the focus is in the pane; answers whether it is. */
  tryOpenFind(): boolean;
}

interface ReaderPaneProps {
  /** Another object each time the person asks for a place, also for the same one. */
  readonly place: DocumentPlace;
  /** What the pane is made wider with; a part of it, so that it belongs to a landmark. */
  readonly edge?: ReactNode;
  readonly onClose: () => void;
  /** A quotation with where it stands, for the message. */
  readonly onAsk: (quotation: string) => void;
  readonly ref?: Ref<ReaderPaneHandle>;
}

type Failure = Parameters<ReaderViewProps['onFailed']>[0];

/** A document beside the conversation, at the place that was asked for. */
export function ReaderPane({ place, edge, onClose, onAsk, ref }: ReaderPaneProps): ReactNode {
  const { t } = useTranslation('reader');
  const errorText = useErrorText();
  const { opened, error } = useOpened(place.documentId);
  const target = useTarget(place);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [view, setView] = useState<ReaderView | null>(null);
  const [position, setPosition] = useState<ReaderPosition | null>(null);
  const [isTextShown, setTextShown] = useState(false);
  const [findAsked, setFindAsked] = useState(0);
  const pane = useRef<HTMLElement>(null);
  const area = useRef<HTMLDivElement>(null);

  const [find] = useState(createReaderFind);
  const onView = useCallback(
    (next: ReaderView | null) => {
      find.setSource(next?.find);
      setView(next);
    },
    [find],
  );
  const found = useStore(find.state);
  useEffect(() => () => find[Symbol.dispose](), [find]);
  useEffect(() => {
    setFailure(null);
    setTextShown(false);
    setPosition(null);
    setFindAsked(0);
    find.setQuery('');
  }, [find, place.documentId]);

  const isReady = opened !== null || error !== undefined;
  useGivenFocus(pane, place, isReady, view !== null);
  const openFind = (): void => setFindAsked((times) => times + 1);
  const closeFind = (): void => {
    setFindAsked(0);
    find.setQuery('');
    focusIn(pane.current);
  };
  useImperativeHandle(ref, () => ({
    tryOpenFind() {
      if (pane.current?.contains(document.activeElement) !== true) return false;
      openFind();
      return true;
    },
  }));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const writing = event.target instanceof HTMLInputElement;
    const bare = !event.metaKey && !event.ctrlKey && !event.altKey && !writing;
    const pageBy = (by: 1 | -1): void => view?.goToPage((position?.page ?? 1) + by);
    if (event.key === 'Escape') onClose();
    else if (matchesKeys(event.nativeEvent, 'Mod+F')) openFind();
    else if (bare && event.key === 'ArrowRight') pageBy(1);
    else if (bare && event.key === 'ArrowLeft') pageBy(-1);
    else if (bare && (event.key === '+' || event.key === '=')) view?.zoomBy?.(1);
    else if (bare && event.key === '-') view?.zoomBy?.(-1);
    else if (bare && event.key === '0') view?.fitWidth?.();
    else return;
    event.preventDefault();
  };

  const name = opened?.document.name ?? t('unnamed');
  const reason = failure ?? (opened === null ? null : noticeOf(opened));
  return (
    <aside
      ref={pane}
      aria-label={t('pane', { name })}
      tabIndex={-1}
      className="relative flex h-full flex-col bg-canvas outline-none"
      onKeyDown={onKeyDown}
    >
      {edge}
      <ReaderBar
        name={name}
        unit={opened?.pages[0]?.unit ?? 'page'}
        view={view}
        position={position}
        text={
          opened?.shown === 'picture' && failure === null && opened.document.passages > 0
            ? { isShown: isTextShown, onToggle: () => setTextShown(!isTextShown) }
            : undefined
        }
        onFind={openFind}
        onClose={onClose}
      />
      {findAsked > 0 ? <ReaderFindBar find={find} asked={findAsked} onClose={closeFind} /> : null}
      {reason === null ? null : <Banner tone={reason === 'unknown' ? 'info' : 'warning'}>{t(reason)}</Banner>}
      <div ref={area} className="relative min-h-0 flex-1">
        {error === undefined ? null : (
          <p role="alert" className="p-8 text-center text-danger">
            {errorText(error)}
          </p>
        )}
        {isReady ? null : (
          <p role="status" className="p-8 text-center text-muted">
            {t('opening')}
          </p>
        )}
        {opened === null ? null : (
          <Suspense fallback={<p className="p-8 text-center text-muted">{t('opening')}</p>}>
            <Shown
              key={`${opened.document.id} ${failure ?? ''} ${isTextShown}`}
              shown={failure === null && !isTextShown ? opened.shown : 'text'}
              opened={opened}
              target={target?.documentId === opened.document.id ? target : null}
              find={found}
              onView={onView}
              onPosition={setPosition}
              onFailed={setFailure}
            />
          </Suspense>
        )}
        <SelectionBar
          area={area}
          onAsk={(text, page) => {
            const unit = opened?.pages[page - 1]?.unit ?? 'page';
            onAsk(`${text}\n${t(`source.${unit}`, { name, number: page })}`);
          }}
        />
      </div>
    </aside>
  );
}

function Shown({ shown, ...props }: ReaderViewProps & { readonly shown: OpenedDocument['shown'] }): ReactNode {
  switch (shown) {
    case 'pdf':
      return <PdfView {...props} />;
    case 'picture':
      return <PictureView {...props} />;
    case 'text':
      return <TextView {...props} />;
  }
}

/** Why a document that has looks is shown as text. */
function noticeOf({ original }: OpenedDocument): 'missing' | 'tooLarge' | 'unknown' | null {
  return original === 'kept' || original === 'unneeded' ? null : original;
}

function useOpened(documentId: string): { opened: OpenedDocument | null; error: unknown } {
  const client = useClient();
  const [state, setState] = useState<{ opened: OpenedDocument | null; error: unknown }>(nothingYet);
  useEffect(() => {
    const abort = new AbortController();
    setState(nothingYet);
    client.reader.open({ documentId }, { signal: abort.signal }).then(
      (opened) => abort.signal.aborted || setState({ opened, error: undefined }),
      (error: unknown) => abort.signal.aborted || setState({ opened: null, error }),
    );
    return () => abort.abort();
  }, [client, documentId]);
  return state;
}

const nothingYet = { opened: null, error: undefined };

/** Moves the focus into the pane for each place that is asked for, and back to where it was when the pane closes. */
function useGivenFocus(
  pane: { readonly current: HTMLElement | null },
  place: DocumentPlace,
  isReady: boolean,
  hasView: boolean,
): void {
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (!isReady) return;
    // Only now: a dialog that led here has given the focus back by itself.
    if (pane.current?.contains(document.activeElement) === false) before.current = document.activeElement;
    focusIn(pane.current);
  }, [pane, place, isReady]);
  useEffect(() => {
    // The pages come later than the pane; the keys that scroll are theirs.
    if (hasView && document.activeElement === pane.current) focusIn(pane.current);
  }, [pane, hasView]);
  useEffect(() => {
    const element = pane.current;
    return () => {
      const hadFocus = element?.contains(document.activeElement) === true || document.activeElement === document.body;
      if (hadFocus && before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, [pane]);
}

function focusIn(pane: HTMLElement | null): void {
  (pane?.querySelector<HTMLElement>('[data-reader-scroller]') ?? pane)?.focus({ preventScroll: true });
}
