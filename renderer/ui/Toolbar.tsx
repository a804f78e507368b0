import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

export interface ToolbarProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Buttons that are one stop for the Tab key; the arrow keys, Home and End move inside. */
export function Toolbar({ label, className, children }: ToolbarProps): ReactNode {
  const bar = useRef<HTMLDivElement>(null);
  // After every render: the buttons may be others than before, or disabled by now.
  useLayoutEffect(() => {
    const buttons = buttonsIn(bar.current);
    moveStop(buttons, buttons.find((button) => button.tabIndex === 0) ?? buttons[0]);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    const buttons = buttonsIn(bar.current);
    const at = buttons.findIndex((button) => button === event.target);
    const nextAt = at < 0 ? undefined : indexAfter(event.key, at, buttons.length);
    const next = nextAt === undefined ? undefined : buttons.at(nextAt);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  const onFocus = (event: FocusEvent): void => {
    const buttons = buttonsIn(bar.current);
    const focused = buttons.find((button) => button === event.target);
    if (focused !== undefined) moveStop(buttons, focused);
  };
  return (
    <div ref={bar} role="toolbar" aria-label={label} className={className} onKeyDown={onKeyDown} onFocus={onFocus}>
      {children}
    </div>
  );
}

function buttonsIn(bar: HTMLElement | null): HTMLButtonElement[] {
  return bar === null ? [] : [...bar.querySelectorAll<HTMLButtonElement>('button:enabled')];
}

function moveStop(buttons: readonly HTMLButtonElement[], stop: HTMLButtonElement | undefined): void {
  for (const button of buttons) {
    const tabIndex = button === stop ? 0 : -1;
    if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
  }
}

/** Past either end it begins again at the other; undefined for a key that means nothing here. */
function indexAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default:
      return undefined;
  }
}
