import type { ReactNode } from 'react';

interface OptionRowProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A name on the left, what is chosen on the right. */
export function OptionRow({ title, hint, children }: OptionRowProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-hairline py-2 last:border-b-0">
      <div className="min-w-0">
        <p>{title}</p>
        {hint ? <p className="text-sm text-muted">{hint}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
