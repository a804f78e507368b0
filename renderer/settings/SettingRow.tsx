import type { ReactNode } from 'react';

interface SettingRowProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A name on the left, its control on the right; below each other where it is narrow. */
export function SettingRow({ title, hint, children }: SettingRowProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline py-3 first:pt-0 last:border-b-0">
      <div className="min-w-0">
        <p>{title}</p>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
