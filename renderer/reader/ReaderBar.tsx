import { FileText, Image, Search, Text, X, ZoomIn, ZoomOut, MoveHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type { DocumentPageReport } from '../../shared/contract/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { ReaderPosition, ReaderView } from './reader-view.ts';

interface ReaderBarProps {
  readonly name: string;
  readonly unit: DocumentPageReport['unit'];
  readonly view: ReaderView | null;
  readonly position: ReaderPosition | null;
  /** Of a picture that text was read in; it is shown instead. */
  readonly text?: { readonly isShown: boolean; readonly onToggle: () => void } | undefined;
  readonly onFind: () => void;
  readonly onClose: () => void;
}

/** Above the pages: which document, which page, how large. */
export function ReaderBar({ name, unit, view, position, text, onFind, onClose }: ReaderBarProps): ReactNode {
  const { t } = useTranslation('reader');
  const format = useFormat();
  return (
    <>
      <header className="drag flex h-12 shrink-0 items-center gap-2 border-b border-hairline pr-2 pl-3">
        <FileText aria-hidden className="size-4 shrink-0 text-muted" />
        <h2 className="min-w-0 flex-1 truncate font-semibold" title={name}>
          {name}
        </h2>
        {text === undefined ? null : (
          <IconButton label={t(text.isShown ? 'showPicture' : 'showText')} onClick={text.onToggle}>
            {text.isShown ? <Image aria-hidden /> : <Text aria-hidden />}
          </IconButton>
        )}
        <IconButton label={t('find')} keys="Mod+F" disabled={view === null} onClick={onFind}>
          <Search aria-hidden />
        </IconButton>
        <IconButton label={t('close')} keys="Escape" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {view === null || position === null || (position.pages === 1 && position.zoom === null) ? null : (
        <div className="flex h-9 shrink-0 items-center gap-1 border-b border-hairline px-3">
          <PageField unit={unit} position={position} onGo={view.goToPage} />
          <span className="flex-1" />
          {view.zoomBy === undefined || position.zoom === null ? null : (
            <>
              <IconButton label={t('zoomOut')} keys="-" onClick={() => view.zoomBy?.(-1)}>
                <ZoomOut aria-hidden />
              </IconButton>
              <span className="min-w-11 text-center text-sm text-muted tabular-nums">
                {format.percent(position.zoom)}
              </span>
              <IconButton label={t('zoomIn')} onClick={() => view.zoomBy?.(1)}>
                <ZoomIn aria-hidden />
              </IconButton>
              <IconButton label={t('fitWidth')} keys="0" onClick={() => view.fitWidth?.()}>
                <MoveHorizontal aria-hidden />
              </IconButton>
            </>
          )}
        </div>
      )}
    </>
  );
}

interface PageFieldProps {
  readonly unit: DocumentPageReport['unit'];
  readonly position: ReaderPosition;
  readonly onGo: (page: number) => void;
}

function PageField({ unit, position, onGo }: PageFieldProps): ReactNode {
  const { t } = useTranslation('reader');
  const format = useFormat();
  // Pages may still be rolling by while somebody types.
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const page = Math.round(Number(typed ?? position.page));
    if (Number.isFinite(page) && page >= 1) onGo(Math.min(page, position.pages));
    setTyped(null);
  };
  return (
    <form
      className="flex items-center gap-1.5 text-sm text-muted"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label htmlFor="reader-page">{t(`unitTitle.${unit}`)}</label>
      <input
        id="reader-page"
        type="text"
        inputMode="numeric"
        aria-label={t('goTo', { unit: t(`unit.${unit}`) })}
        value={typed ?? String(position.page)}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(null)}
        className="h-6 w-12 rounded-md bg-fill px-1.5 text-right text-ink tabular-nums"
      />
      <span className="whitespace-nowrap">{t('of', { total: format.number(position.pages) })}</span>
    </form>
  );
}
