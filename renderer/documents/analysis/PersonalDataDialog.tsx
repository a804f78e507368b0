import { useCallback, useState, type ReactNode } from 'react';

import type { DocumentInfo, PersonalValue } from '../../../shared/contract/index.ts';
import { personalKinds } from '../../../shared/model/privacy/personal-kinds.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { savePreparedFile } from '../../ui/save-prepared-file.ts';
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx';
import { useAttempt } from '../../ui/use-attempt.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useLanguage, useTranslation } from '../../ui/use-translation.ts';
import { PersonalValues } from './PersonalValues.tsx';
import { useAnswer } from './use-answer.ts';

interface PersonalDataDialogProps {
  readonly document: DocumentInfo;
  readonly onClose: () => void;
}

/** What of a document tells of people, value by value, and a copy without it. */
export function PersonalDataDialog({ document, onClose }: PersonalDataDialogProps): ReactNode {
  const { t } = useTranslation('analysis');
  const client = useClient();
  const attempt = useAttempt();
  const errorText = useErrorText();
  const language = useLanguage() === 'zh' ? 'zh' : 'en';
  const [written, setWritten] = useState('');
  const [ownWords, setOwnWords] = useState<readonly string[]>([]);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [format, setFormat] = useState<'markdown' | 'text'>('markdown');
  const [made, setMade] = useState<{ readonly name: string; readonly count: number } | null>(null);
  const [making, setMaking] = useState(false);
  const documentId = document.id;
  const ask = useCallback(
    (signal: AbortSignal) => client.analysis.findPersonalData({ documentId, ownWords: [...ownWords] }, { signal }),
    [client, documentId, ownWords],
  );
  const { value: found, error } = useAnswer(ask);
  const values = found?.values ?? [];
  const chosen = values.filter(({ id }) => !kept.has(id)).length + (found?.more ?? 0);

  const keep = (ids: readonly string[], stays: boolean): void => {
    setMade(null);
    const next = new Set(kept);
    for (const id of ids) {
      if (stays) next.add(id);
      else next.delete(id);
    }
    setKept(next);
  };
  const make = (): void => {
    setMaking(true);
    setMade(null);
    attempt(async () => {
      try {
        const keepIds = values.flatMap(({ id }) => (kept.has(id) ? [id] : []));
        const copy = await client.analysis.redact({
          documentId,
          ownWords: [...ownWords],
          keep: keepIds,
          format,
          language,
        });
        savePreparedFile(copy);
        setMade({ name: copy.name, count: copy.replaced });
      } finally {
        setMaking(false);
      }
    });
  };

  return (
    <Dialog
      open
      title={t('personal.title', { name: document.name })}
      className="w-[min(720px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-3">
        <p className="pb-2 text-muted">{t('personal.hint')}</p>
        <OwnWords
          written={written}
          onWrite={setWritten}
          onFind={() => {
            setMade(null);
            setOwnWords(wordsIn(written));
          }}
        />
        <div role="status">
          {error === null ? null : <p className="text-danger">{errorText(error)}</p>}
          {found === null && error === null ? <p className="py-4 text-muted">{t('working')}</p> : null}
          {found !== null && values.length === 0 ? <p className="py-4">{t('personal.none')}</p> : null}
        </div>
        {personalKinds.map((kind) => {
          const ofKind = values.filter((value: PersonalValue) => value.kind === kind);
          return ofKind.length === 0 ? null : (
            <PersonalValues key={kind} kind={kind} values={ofKind} kept={kept} onKeep={keep} />
          );
        })}
        {found !== null && found.more > 0 ? (
          <p className="text-muted">{t('personal.more', { count: found.more })}</p>
        ) : null}
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-t border-hairline px-4 py-3">
        <p role="status" className="min-w-0 flex-1 basis-64 text-sm text-muted">
          {made === null ? t('personal.chosen', { count: chosen }) : t('personal.made', made)}
        </p>
        <SegmentedChoice
          label={t('personal.format')}
          value={format}
          options={[
            { value: 'markdown', label: t('personal.markdown') },
            { value: 'text', label: t('personal.text') },
          ]}
          onChange={setFormat}
        />
        <Button tone="primary" disabled={chosen === 0 || making || found === null} onClick={make}>
          {t('personal.make')}
        </Button>
      </div>
    </Dialog>
  );
}

interface OwnWordsProps {
  readonly written: string;
  readonly onWrite: (text: string) => void;
  readonly onFind: () => void;
}

function OwnWords({ written, onWrite, onFind }: OwnWordsProps): ReactNode {
  const { t } = useTranslation('analysis');
  return (
    <div className="flex items-end gap-2 pb-2">
      <label className="flex-1">
        <span className="text-sm text-muted">{t('personal.ownWords')}</span>
        <textarea
          rows={2}
          value={written}
          onChange={(event) => onWrite(event.target.value)}
          className="mt-1 block w-full resize-y rounded-md border border-hairline bg-canvas px-2 py-1"
        />
      </label>
      <Button onClick={onFind}>{t('personal.findAgain')}</Button>
    </div>
  );
}

/** As many and as long as a call takes. */
function wordsIn(written: string): string[] {
  const words = written.split('\n').map((word) => word.trim().slice(0, 200));
  return [...new Set(words.filter((word) => word !== ''))].slice(0, 500);
}
