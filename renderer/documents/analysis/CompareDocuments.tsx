import { useCallback, useState, type ReactNode } from 'react';

import type { Comparison, DocumentInfo } from '../../../shared/contract/index.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { useAskQuestion } from '../../ui/ask-question.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { savePreparedFile } from '../../ui/save-prepared-file.ts';
import { useAttempt } from '../../ui/use-attempt.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useLanguage, useTranslation } from '../../ui/use-translation.ts';
import { ChangesView } from './ChangesView.tsx';
import { useAnswer } from './use-answer.ts';

interface CompareDocumentsProps {
  readonly document: DocumentInfo;
  readonly onClose: () => void;
}

interface Pair {
  readonly beforeId: string;
  readonly afterId: string;
}

/** What of the changes goes with a question; more would not leave a small model room to answer. */
const askedChars = 12_000;

/** Two documents side by side, with what changed between them. */
export function CompareDocuments({ document, onClose }: CompareDocumentsProps): ReactNode {
  const { t } = useTranslation('analysis');
  const [pair, setPair] = useState<Pair | null>(null);
  return (
    <Dialog
      open
      title={t('compare.title', { name: document.name })}
      className={
        pair === null ? 'w-[min(520px,calc(100vw-32px))]' : 'h-[calc(100dvh-32px)] w-[min(1160px,calc(100vw-32px))]'
      }
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      {pair === null ? (
        <OtherDocuments
          documentId={document.id}
          onChoose={(otherId) => setPair({ beforeId: otherId, afterId: document.id })}
        />
      ) : (
        <ComparedPair
          pair={pair}
          onSwap={() => setPair({ beforeId: pair.afterId, afterId: pair.beforeId })}
          onAsked={onClose}
        />
      )}
    </Dialog>
  );
}

interface OtherDocumentsProps {
  readonly documentId: string;
  readonly onChoose: (documentId: string) => void;
}

function OtherDocuments({ documentId, onChoose }: OtherDocumentsProps): ReactNode {
  const { t } = useTranslation('analysis');
  const client = useClient();
  const errorText = useErrorText();
  const format = useFormat();
  const ask = useCallback((signal: AbortSignal) => client.documents.list({ limit: 100 }, { signal }), [client]);
  const { value, error } = useAnswer(ask);
  const others = value?.documents.filter(({ id, usable }) => usable && id !== documentId) ?? [];
  return (
    <div className="min-h-0 overflow-y-auto px-4 pb-4">
      {error === null ? null : <p className="text-danger">{errorText(error)}</p>}
      {value === null ? null : (
        <p className="pb-2 text-muted">{t(others.length === 0 ? 'compare.noOther' : 'compare.choose')}</p>
      )}
      <ul>
        {others.map(({ id, name, sizeBytes }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onChoose(id)}
              className="flex w-full items-baseline gap-3 rounded-md px-2 py-1.5 text-left hover:bg-fill"
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-sm text-muted">{format.bytes(sizeBytes)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ComparedPairProps {
  readonly pair: Pair;
  readonly onSwap: () => void;
  readonly onAsked: () => void;
}

function ComparedPair({ pair, onSwap, onAsked }: ComparedPairProps): ReactNode {
  const { t } = useTranslation('analysis');
  const client = useClient();
  const attempt = useAttempt();
  const errorText = useErrorText();
  const language = useLanguage() === 'zh' ? 'zh' : 'en';
  const askQuestion = useAskQuestion();
  const ask = useCallback((signal: AbortSignal) => client.analysis.compare(pair, { signal }), [client, pair]);
  const { value: comparison, error } = useAnswer(ask);
  const save = (): void =>
    attempt(async () => savePreparedFile(await client.analysis.saveChanges({ ...pair, language })));
  const askAbout = (): void =>
    attempt(async () => {
      const { markdown } = await client.analysis.describeChanges({ ...pair, language, limitChars: askedChars });
      askQuestion?.(`${t('compare.question')}\n\n${markdown}`);
      onAsked();
    });
  if (comparison === null) {
    return (
      <p role="status" className="px-4 pb-4 text-muted">
        {error === null ? t('working') : errorText(error)}
      </p>
    );
  }
  const { counts } = comparison;
  const alike = counts.changed + counts.added + counts.removed + counts.moved === 0;
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3">
        <Counts counts={counts} />
        <Button onClick={onSwap}>{t('compare.swap')}</Button>
        {alike ? null : <Button onClick={save}>{t('compare.save')}</Button>}
        {alike || askQuestion === undefined ? null : (
          <Button tone="primary" onClick={askAbout}>
            {t('compare.ask')}
          </Button>
        )}
      </div>
      <ChangesView key={`${pair.beforeId} ${pair.afterId}`} comparison={comparison} />
    </>
  );
}

function Counts({ counts }: { readonly counts: Comparison['counts'] }): ReactNode {
  const { t } = useTranslation('analysis');
  const shown = (['changed', 'added', 'removed', 'moved'] as const).filter((kind) => counts[kind] > 0);
  return (
    <p role="status" aria-label={t('compare.counts')} className="flex-1 basis-60 text-muted">
      {shown.length === 0
        ? t('compare.same')
        : shown.map((kind) => t(`compare.${kind}`, { count: counts[kind] })).join(' · ')}
    </p>
  );
}
