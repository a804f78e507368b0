import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';

interface SettingRowProps {
  readonly title: string;
  readonly hint?: string;
  /** Closer together, for one of many. */
  readonly dense?: boolean;
  readonly children: ReactNode;
}

/** A name on the left, its control on the right; below each other where it is narrow. */
export function SettingRow({ title, hint, dense = false, children }: SettingRowProps): ReactNode {
  return (
    <div
      className={classNames(
        'flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline last:border-b-0',
        dense ? 'py-2' : 'py-3 first:pt-0',
      )}
    >
      <div className="min-w-0">
        <p>{title}</p>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
