import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';

import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface QuickFooterProps {
  readonly canHide: boolean;
  readonly answer: string;
  readonly onContinue: () => void;
}

export function QuickFooter({ canHide, answer, onContinue }: QuickFooterProps): ReactNode {
  const { t } = useTranslation('quick');
  const [copied, setCopied] = useState('');
  const isCopied = copied !== '' && copied === answer;
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(''), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <footer className="flex h-10 shrink-0 items-center gap-4 border-t border-hairline px-2 text-sm text-muted">
      <button
        type="button"
        className="flex h-7 items-center gap-2 rounded-md px-2 hover:bg-fill hover:text-ink"
        onClick={onContinue}
      >
        {t('continueInWindow')}
        <Kbd keys="Mod+Enter" />
      </button>
      <span className="flex-1" />
      {answer === '' ? null : (
        <IconButton
          label={t(isCopied ? 'copied' : 'copy')}
          side="top"
          onClick={() => {
            void navigator.clipboard?.writeText(answer).then(
              () => setCopied(answer),
              () => {},
            );
          }}
        >
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        </IconButton>
      )}
      {canHide ? (
        <span className="flex items-center gap-2 px-2">
          {t('hide')} <Kbd keys="Escape" />
        </span>
      ) : null}
    </footer>
  );
}
