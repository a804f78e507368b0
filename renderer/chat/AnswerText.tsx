import { Component, lazy, memo, Suspense, type ReactNode } from 'react';

import type { AnswerSources } from '../../shared/contract/index.ts';
import { useTranslation } from '../ui/use-translation.ts';

import { withMarks, withoutHalfCitation } from './proof/mark-text.ts';
import { ProofContext } from './proof/proof-context.ts';

const loadMarkdown = () => import('./Markdown.tsx');
const Markdown = lazy(async () => ({ default: (await loadMarkdown()).Markdown }));

/** Fetches what lays out answers, before the first one needs it. A failure is met again, and handled, when it does. */
export function preloadMarkdown(): void {
  loadMarkdown().catch(() => {});
}

export interface AnswerTextProps {
  readonly text: string;
  readonly running: boolean;
  /** What of documents it was given to read. */
  readonly sources?: AnswerSources | undefined;
}

/** The words of an answer. They are there from the first moment; the layout follows when it is loaded. */
export const AnswerText = memo(function AnswerText({ text, running, sources }: AnswerTextProps): ReactNode {
  const marked =
    sources === undefined ? text : withMarks(running ? withoutHalfCitation(text) : text, sources.marks ?? []);
  return (
    <LayoutBoundary text={text}>
      <Suspense fallback={<PlainText text={text} />}>
        <ProofContext value={sources}>
          <Markdown text={marked} running={running} proven={sources !== undefined} />
        </ProofContext>
      </Suspense>
    </LayoutBoundary>
  );
});

function PlainText({ text }: { text: string }): ReactNode {
  return <p className="answer-text text-[14px] leading-[1.6] break-words whitespace-pre-wrap">{text}</p>;
}

function Unformatted({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('chat');
  return (
    <>
      <PlainText text={text} />
      <p className="mt-2 text-sm text-muted">{t('plainText')}</p>
    </>
  );
}

/** Whatever a model writes, a person can read it: where laying it out fails, the plain words remain. */
class LayoutBoundary extends Component<{ text: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Unformatted text={this.props.text} /> : this.props.children;
  }
}
