import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';
import { IconButton } from './IconButton.tsx';
import { InDialog } from './layer.ts';
import { useTranslation } from './use-translation.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** Keeps the title for screen readers only; the content shows its own, and there is no close button. */
  readonly bare?: boolean;
  /** `top` keeps its upper edge in place while the height changes. */
  readonly placement?: 'middle' | 'top';
  /** Called when it has closed, before the focus goes back to where it was; can keep it from going there. */
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** Classes for the width; the height follows the content. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** A modal window in the middle of the page. Escape and a click outside close it. */
export function Dialog(props: DialogProps): ReactNode {
  const {
    open,
    onOpenChange,
    title,
    bare = false,
    placement = 'middle',
    onCloseAutoFocus,
    className,
    children,
  } = props;
  const { t } = useTranslation('ui');
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Radix's own overlay locks scrolling by writing a <style> element, which the security policy forbids. */}
        <div aria-hidden className="fixed inset-0 z-40 bg-(--scrim)" />
        <Radix.Content
          aria-describedby={undefined}
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
          className={classNames(
            'popover-surface fixed left-1/2 z-40 flex max-h-[calc(100dvh-32px)] -translate-x-1/2',
            placement === 'top' ? 'top-[max(16px,15vh)]' : 'top-1/2 -translate-y-1/2',
            'flex-col overflow-hidden rounded-lg outline-none',
            className ?? 'w-[min(400px,calc(100vw-32px))]',
          )}
        >
          <InDialog value>
            <Radix.Title className={bare ? 'sr-only' : 'flex h-12 shrink-0 items-center px-4 font-semibold'}>
              {title}
            </Radix.Title>
            {children}
            {/* Last, so that the dialog opens with the focus on what it is about. */}
            {bare ? null : (
              <Radix.Close asChild>
                <IconButton label={t('close')} keys="Escape" className="absolute! top-2.5 right-2.5">
                  <X aria-hidden />
                </IconButton>
              </Radix.Close>
            )}
          </InDialog>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
