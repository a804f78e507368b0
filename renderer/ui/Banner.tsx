import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { classNames } from './class-names.ts';

export interface BannerProps {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly children: ReactNode;
  /** Buttons at the end of the line. */
  readonly actions?: ReactNode;
}

const looks = {
  info: { Icon: Info, colour: 'text-muted' },
  warning: { Icon: TriangleAlert, colour: 'text-warning' },
  danger: { Icon: CircleAlert, colour: 'text-danger' },
} as const;

/** One line across the area it concerns. */
export function Banner({ tone, children, actions }: BannerProps): ReactNode {
  const { Icon, colour } = looks[tone];
  return (
    <div role="status" className="flex items-start gap-2 border-b border-hairline px-4 py-2">
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', colour)} />
      <div className="min-w-0 flex-1">{children}</div>
      {actions ? <div className="-my-1 flex shrink-0 gap-1">{actions}</div> : null}
    </div>
  );
}
