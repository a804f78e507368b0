import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'danger';
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
  /** How long it stays when nobody points at it. */
  readonly lifeMs: number;
}

export interface NewToast {
  readonly text: string;
  readonly tone?: Toast['tone'];
  readonly action?: Toast['action'];
}

export interface ToastState {
  readonly toasts: readonly Toast[];
  show(toast: NewToast): void;
  dismiss(id: number): void;
}

const mostAtOnce = 3;

export function createToastStore(): StoreApi<ToastState> {
  let nextId = 1;
  return createStore<ToastState>()((set) => ({
    toasts: [],
    show: ({ text, tone = 'plain', action }) => {
      // Something to decide on needs longer than something to read.
      const lifeMs = action ? 10_000 : tone === 'danger' ? 8_000 : 4_000;
      const toast = { id: nextId++, text, tone, action, lifeMs };
      set((state) => ({
        toasts: [...state.toasts.filter((shown) => shown.text !== text || shown.action !== action), toast].slice(
          -mostAtOnce,
        ),
      }));
    },
    dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
  }));
}
