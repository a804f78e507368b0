import type { ReactNode } from 'react';

export interface ProgressLineProps {
  /** What is being done, for screen readers. */
  readonly label: string;
  /** 0 to 1. */
  readonly fraction: number;
}

/** A 2 px line that fills. There is none without a number: say in words what is going on instead. */
export function ProgressLine({ label, fraction }: ProgressLineProps): ReactNode {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-0.5 w-full overflow-hidden rounded-full bg-fill-strong"
    >
      <div
        className="h-full origin-left bg-accent transition-transform duration-150"
        style={{ transform: `scaleX(${percent / 100})` }}
      />
    </div>
  );
}
