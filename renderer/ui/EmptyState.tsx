import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** The one thing worth knowing here. */
  readonly text?: string;
  readonly children?: ReactNode;
}

export function EmptyState({ title, text, children }: EmptyStateProps): ReactNode {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      {text ? <p className="max-w-72 text-muted">{text}</p> : null}
      {children ? <div className="mt-3 flex gap-2">{children}</div> : null}
    </div>
  );
}
