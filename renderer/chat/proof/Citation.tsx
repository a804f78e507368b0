import { HoverCard } from 'radix-ui';
import { useContext, useRef, useState, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import type { ExtraProps } from 'streamdown';

import type { AnswerMark, AnswerSource } from '../../../shared/contract/index.ts';
import { useLayer } from '../../ui/layer.ts';
import { tooltipMarks } from '../../ui/tooltip-target.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { claimAt } from './claim-at.ts';
import './proof.css';
import { ProofContext, useSource } from './proof-context.ts';
import { SourcePeek } from './SourcePeek.tsx';
import { useOpenSource } from './use-open-source.tsx';
import { useSourceWords } from './use-source-words.ts';

const patienceMs = 250;
const leaveMs = 150;

/** The number of a source: one that the answer names, or one that was found to bear it out. */
export function Citation({ node, children }: ComponentProps<'cite'> & ExtraProps): ReactNode {
  const { t } = useTranslation('chat');
  const sources = useContext(ProofContext);
  const number = numberOf(node, sources?.marks ?? []);
  const source = useSource(number);
  if (source !== undefined) return <Chip source={source}>{children}</Chip>;
  if (number === undefined) return null;
  const label = t('proof.unknown', { number });
  return (
    <span role="img" aria-label={label} className="citation-unknown" {...tooltipMarks(undefined, 'top')}>
      {children}
    </span>
  );
}

function numberOf(node: ExtraProps['node'], marks: readonly AnswerMark[]): number | undefined {
  const own = node?.properties['dataNumber'];
  if (typeof own === 'string') return Number(own);
  const mark = marks[Number(node?.properties['dataMark'])];
  return mark?.type === 'supported' ? mark.number : undefined;
}

function Chip({ source, children }: { source: AnswerSource; children: ReactNode }): ReactNode {
  const { t } = useTranslation('chat');
  const words = useSourceWords();
  const layer = useLayer();
  const chip = useRef<HTMLSpanElement>(null);
  const [claim, setClaim] = useState('');
  const { open, dialog } = useOpenSource();
  const readClaim = (): string => (chip.current === null ? '' : claimAt(chip.current));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open(source, readClaim());
  };
  return (
    <>
      <HoverCard.Root
        openDelay={patienceMs}
        closeDelay={leaveMs}
        onOpenChange={(isOpen) => {
          if (isOpen) setClaim(readClaim());
        }}
      >
        <HoverCard.Trigger asChild>
          {/* No button: what is in one is left out when the answer is selected and copied. */}
          <span
            ref={chip}
            role="button"
            tabIndex={0}
            aria-label={t('proof.citation', { number: source.number, name: words.name(source) })}
            data-number={source.number}
            className="citation"
            onClick={() => open(source, readClaim())}
            onKeyDown={onKeyDown}
          >
            <span className="citation-text">{children}</span>
          </span>
        </HoverCard.Trigger>
        <HoverCard.Portal container={layer}>
          <HoverCard.Content
            side="top"
            sideOffset={6}
            collisionPadding={12}
            className="popover-surface z-30 flex max-h-72 w-[min(420px,calc(100vw-32px))] flex-col rounded-md px-3.5 py-3 text-base"
          >
            <SourcePeek source={source} claim={claim} />
          </HoverCard.Content>
        </HoverCard.Portal>
      </HoverCard.Root>
      {dialog}
    </>
  );
}
