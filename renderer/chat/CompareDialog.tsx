import { useEffect, useState, type ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { ChoiceButton } from '../ui/ChoiceButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { AnswerText } from './AnswerText.tsx';
import { CopyButton } from './CopyButton.tsx';
import { MessageFooter } from './MessageFooter.tsx';

interface CompareDialogProps {
  /** An answer with other versions; it stands on the right, the one before it on the left. */
  readonly message: Message;
  /** What they answer. */
  readonly question: string;
  /** The conversation goes on after this version. */
  readonly onContinue: (index: number) => void;
  readonly onClose: () => void;
}

/** Two versions of an answer side by side, and the way on with one of them. */
export function CompareDialog({ message, question, onContinue, onClose }: CompareDialogProps): ReactNode {
  const { t } = useTranslation('chat');
  const client = useClient();
  const errorText = useErrorText();
  const [versions, setVersions] = useState<readonly Message[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  const [shown, setShown] = useState<readonly [number, number]>(() => firstPair(message));

  useEffect(() => {
    let left = false;
    client.chat.versions({ messageId: message.id }).then(
      ({ messages }) => left || setVersions(messages),
      (error: unknown) => left || setFailure(error),
    );
    return () => {
      left = true;
    };
  }, [client, message.id]);

  const [first, second] = shown;
  const column = (index: number, onChange: (index: number) => void): ReactNode => (
    <Column
      versions={versions}
      index={index}
      shownIndex={message.version.index}
      onChange={onChange}
      onContinue={() => onContinue(index)}
    />
  );
  return (
    <Dialog
      open
      title={t('compare.title')}
      className="h-[calc(100dvh-32px)] w-[min(1160px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <p className="mx-4 mb-3 line-clamp-2 shrink-0 text-muted">{question}</p>
      {failure === null ? null : <p className="mx-4 text-danger">{errorText(failure)}</p>}
      {versions.length === 0 ? null : (
        <div className="grid min-h-0 flex-1 grid-cols-2 divide-x divide-hairline border-t border-hairline max-sm:grid-cols-1 max-sm:overflow-y-auto">
          {column(first, (index) => setShown([index, second]))}
          {column(second, (index) => setShown([first, index]))}
        </div>
      )}
    </Dialog>
  );
}

interface ColumnProps {
  readonly versions: readonly Message[];
  readonly index: number;
  /** The version that the conversation shows now. */
  readonly shownIndex: number;
  readonly onChange: (index: number) => void;
  readonly onContinue: () => void;
}

function Column({ versions, index, shownIndex, onChange, onContinue }: ColumnProps): ReactNode {
  const { t } = useTranslation('chat');
  const version = versions[index];
  const name = (message: Message | undefined, at: number): string => {
    const words = { index: at + 1, model: message?.model?.name ?? '' };
    return t(message?.model ? 'compare.version' : 'compare.versionUnknown', words);
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-hairline px-4 py-2">
        <Menu
          items={versions.map((message, at) => ({
            kind: 'choice',
            label: name(message, at),
            checked: at === index,
            onSelect: () => onChange(at),
          }))}
        >
          <ChoiceButton label={t('compare.choose')} value={name(version, index)} />
        </Menu>
        <span className="flex-1" />
        {version === undefined ? null : <CopyButton label={t('actions.copy')} text={() => version.text} />}
        <Button tone={index === shownIndex ? 'plain' : 'primary'} onClick={onContinue}>
          {t(index === shownIndex ? 'compare.stay' : 'compare.continue')}
        </Button>
      </div>
      <div
        role="region"
        aria-label={name(version, index)}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-4 py-3 focus-visible:outline-offset-[-2px]"
      >
        {version === undefined || version.text === '' ? (
          <p className="text-muted">{t('compare.empty')}</p>
        ) : (
          <AnswerText text={version.text} running={false} />
        )}
      </div>
      <div className="flex h-8 shrink-0 items-center px-4">{version ? <MessageFooter message={version} /> : null}</div>
    </div>
  );
}

function firstPair({ version: { index } }: Message): readonly [number, number] {
  return index === 0 ? [0, 1] : [index - 1, index];
}
