import { MessageSquareQuote } from 'lucide-react';
import { useEffect, useState, type ReactNode, type RefObject } from 'react';

import { Button } from '../ui/Button.tsx';
import { useTranslation } from '../ui/use-translation.ts';
import { withoutLineEnds } from './selected-text.ts';

interface Selected {
  readonly text: string;
  /** From 1. */
  readonly page: number;
  /** Below the words, in pixels of the area. */
  readonly topPx: number;
  readonly leftPx: number;
}

interface SelectionBarProps {
  /** What can be selected in; the bar stands in it. */
  readonly area: RefObject<HTMLElement | null>;
  readonly onAsk: (text: string, page: number) => void;
}

/** More is no quotation any more, and would not leave room for an answer. */
const mostCharacters = 8_000;
const barPx = { width: 150, height: 40 };

/** Beside what is selected: takes it into the message. */
export function SelectionBar({ area, onAsk }: SelectionBarProps): ReactNode {
  const { t } = useTranslation('reader');
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setSelected(trySelected(area.current)));
    };
    document.addEventListener('selectionchange', look);
    area.current?.addEventListener('scroll', look, { capture: true, passive: true });
    const element = area.current;
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('selectionchange', look);
      element?.removeEventListener('scroll', look, { capture: true });
    };
  }, [area]);
  if (selected === null) return null;
  return (
    <div
      className="popover-surface absolute z-10 rounded-md p-1"
      style={{ top: selected.topPx, left: selected.leftPx }}
      // The press must not take the selection away before the click.
      onPointerDown={(event) => event.preventDefault()}
    >
      <Button
        tone="quiet"
        onClick={() => {
          onAsk(selected.text, selected.page);
          getSelection()?.removeAllRanges();
        }}
      >
        <MessageSquareQuote aria-hidden className="size-4" />
        {t('ask')}
      </Button>
    </div>
  );
}

function trySelected(area: HTMLElement | null): Selected | null {
  const selection = getSelection();
  if (area === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!area.contains(range.commonAncestorContainer)) return null;
  const text = withoutLineEnds(selection.toString()).slice(0, mostCharacters);
  if (text === '') return null;
  const start = range.startContainer;
  const element = start instanceof Element ? start : start.parentElement;
  const page = Number(element?.closest<HTMLElement>('[data-page]')?.dataset['page'] ?? 1);
  const words = range.getBoundingClientRect();
  const frame = area.getBoundingClientRect();
  const below = words.bottom - frame.top + 6;
  const top = below + barPx.height < frame.height ? below : words.top - frame.top - barPx.height - 6;
  return {
    text,
    page,
    topPx: Math.max(6, Math.min(frame.height - barPx.height - 6, top)),
    leftPx: Math.max(6, Math.min(frame.width - barPx.width - 16, words.left - frame.left)),
  };
}
