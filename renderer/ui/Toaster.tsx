import { X } from 'lucide-react';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { classNames } from './class-names.ts';
import { matchesKeys } from './keys.ts';
import { createToastStore, type NewToast, type Toast } from './toast-store.ts';
import { useTranslation } from './use-translation.ts';

const ToastContext = createContext<ReturnType<typeof createToastStore> | null>(null);

/** Shows a short note at the bottom of the window, with an action such as Undo if one is given. */
export function useToast(): (toast: NewToast) => void {
  const store = useContext(ToastContext);
  if (!store) throw new Error('useToast needs a ToastProvider above it');
  return useStore(store, (state) => state.show);
}

export function ToastProvider(props: { children: ReactNode }): ReactNode {
  const [store] = useState(createToastStore);
  return (
    <ToastContext value={store}>
      {props.children}
      <Toaster store={store} />
    </ToastContext>
  );
}

function Toaster({ store }: { store: ReturnType<typeof createToastStore> }): ReactNode {
  const { t } = useTranslation('ui');
  const toasts = useStore(store, (state) => state.toasts);
  const dismiss = useStore(store, (state) => state.dismiss);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const last = store.getState().toasts.findLast((toast) => toast.action);
      // In a field the same keys take back what was typed.
      if (!last || event.defaultPrevented || !matchesKeys(event, 'Mod+Z') || isField(event.target)) return;
      event.preventDefault();
      last.action?.run();
      store.getState().dismiss(last.id);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [store]);

  return (
    <section
      aria-label={t('notifications')}
      className="pointer-events-none fixed right-6 bottom-24 left-6 z-50 flex flex-col items-end gap-2"
    >
      <div role="status" aria-live="polite" className="contents">
        {toasts.map((toast) => (
          <ToastRow key={toast.id} toast={toast} onDone={() => dismiss(toast.id)} />
        ))}
      </div>
    </section>
  );
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || (target instanceof HTMLTextAreaElement && target.value !== '');
}

function ToastRow({ toast, onDone }: { toast: Toast; onDone: () => void }): ReactNode {
  const { t } = useTranslation('ui');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onDone, toast.lifeMs);
    return () => clearTimeout(timer);
    // `onDone` is made anew with every render and would start the time again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [held, toast.id]);
  return (
    <div
      className="popover-surface toast-enter pointer-events-auto flex max-w-[480px] items-center gap-2 rounded-lg py-1.5 pr-1.5 pl-3"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={classNames('py-1', toast.tone === 'danger' && 'text-danger')}>{toast.text}</span>
      {toast.action ? (
        <button
          type="button"
          className="h-7 rounded-md px-2 font-medium text-accent hover:bg-fill"
          onClick={() => {
            toast.action?.run();
            onDone();
          }}
        >
          {toast.action.label}
        </button>
      ) : null}
      <button
        type="button"
        aria-label={t('dismiss')}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-fill hover:text-ink"
        onClick={onDone}
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
