import { TriangleAlert } from 'lucide-react';
import { useContext, type ComponentProps, type ReactNode } from 'react';
import type { ExtraProps } from 'streamdown';

import { tooltipMarks } from '../../ui/tooltip-target.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { ProofContext } from './proof-context.ts';

/** Words that the sources do not bear out; behind them a sign that says so. */
export function ProofMark({ node, children }: ComponentProps<'mark'> & ExtraProps): ReactNode {
  const { t } = useTranslation('chat');
  const marks = useContext(ProofContext)?.marks ?? [];
  const mark = marks[Number(node?.properties['dataMark'])];
  if (mark === undefined || mark.type === 'supported') return children;
  if (node?.properties['dataEnd'] === undefined) return <span className="unproven">{children}</span>;
  const label = t(mark.type === 'wrongQuote' ? 'proof.wrongQuote' : 'proof.missingValue');
  return (
    <span role="img" aria-label={label} tabIndex={0} className="unproven-sign" {...tooltipMarks(undefined, 'top')}>
      <TriangleAlert aria-hidden />
    </span>
  );
}
