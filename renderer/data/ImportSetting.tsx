import { useRef, useState, type ReactNode } from 'react';

import type { ImportJob } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { handOverFile } from '../rpc/hand-over-file.ts';
import { Button } from '../ui/Button.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { ImportReport } from './ImportReport.tsx';
import { useImportJob } from './use-data-status.ts';

/** A file that is on its way to the host. */
interface Sending {
  readonly name: string;
  readonly fraction: number;
  readonly stop: AbortController;
}

export function ImportSetting(): ReactNode {
  const { t } = useTranslation('data');
  const client = useClient();
  const attempt = useAttempt();
  const job = useImportJob();
  const [sending, setSending] = useState<Sending | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const running = job?.state === 'running';

  const begin = (file: File): void =>
    attempt(async () => {
      const stop = new AbortController();
      const show = (fraction: number): void => setSending({ name: file.name, fraction, stop });
      show(0);
      try {
        const ticket = await handOverFile(client.files, file, { signal: stop.signal, onProgress: show });
        await client.data.startImport({ ticket });
      } catch (error) {
        if (!stop.signal.aborted) throw error;
      } finally {
        setSending(null);
      }
    });

  return (
    <section aria-label={t('importTitle')}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h3>{t('importTitle')}</h3>
          <p className="text-sm text-muted">{t('importHint')}</p>
        </div>
        <Button disabled={running || sending !== null} onClick={() => field.current?.click()}>
          {t('importChoose')}
        </Button>
        <input
          ref={field}
          type="file"
          aria-label={t('importChoose')}
          accept=".zip,.json,.jsonl,application/zip,application/json"
          className="hidden"
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file can be chosen again.
            event.target.value = '';
            if (file) begin(file);
          }}
        />
      </div>
      {sending ? (
        <Progress
          text={t('importSending', { name: sending.name })}
          fraction={sending.fraction}
          onStop={() => sending.stop.abort()}
        />
      ) : running && job ? (
        <Progress
          text={t('importReading', { name: job.fileName, conversations: job.conversations })}
          fraction={fractionOf(job)}
          onStop={() => attempt(() => client.data.cancelImport())}
        />
      ) : job ? (
        <ImportReport job={job} onDismiss={() => attempt(() => client.data.dismissImport())} />
      ) : null}
    </section>
  );
}

function Progress(props: { text: string; fraction: number; onStop: () => void }): ReactNode {
  const { t } = useTranslation('data');
  return (
    <div className="flex items-center gap-3 pt-2">
      <div className="min-w-0 flex-1">
        <p role="status" className="truncate pb-1 text-sm">
          {props.text}
        </p>
        <ProgressLine label={props.text} fraction={props.fraction} />
      </div>
      <Button onClick={props.onStop}>{t('importCancel')}</Button>
    </div>
  );
}

function fractionOf({ readBytes, totalBytes }: ImportJob): number {
  return totalBytes === 0 ? 0 : readBytes / totalBytes;
}
