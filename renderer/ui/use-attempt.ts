import { useCallback } from 'react';

import { useToast } from './Toaster.tsx';
import { useErrorText } from './use-error-text.ts';

/** Runs something that may fail and says so when it does; the caller need not wait. */
export function useAttempt(): (action: () => Promise<unknown>) => void {
  const show = useToast();
  const errorText = useErrorText();
  return useCallback(
    (action) => {
      action().catch((error: unknown) => show({ text: errorText(error), tone: 'danger' }));
    },
    [show, errorText],
  );
}
