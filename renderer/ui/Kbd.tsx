import type { ReactNode } from 'react';

import { writeKeys } from './keys.ts';

/** Keys in the platform's own signs, such as `Mod+Shift+N`. */
export function Kbd(props: { keys: string }): ReactNode {
  return (
    <kbd className="flex gap-0.5 font-sans text-xs text-muted">
      {writeKeys(props.keys).map((sign) => (
        <span key={sign}>{sign}</span>
      ))}
    </kbd>
  );
}
