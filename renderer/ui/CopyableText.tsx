import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';

import { IconButton } from './IconButton.tsx';
import { useTranslation } from './use-translation.ts';

export interface CopyableTextProps {
  /** A path or a command. */
  readonly text: string;
  readonly label?: string;
}

/** Shown as it is typed, with a button that copies it. */
export function CopyableText({ text, label }: CopyableTextProps): ReactNode {
  const { t } = useTranslation('ui');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="flex items-center gap-1 rounded-md bg-fill py-0.5 pr-0.5 pl-2">
      <code className="min-w-0 flex-1 font-mono text-sm break-all select-text">{text}</code>
      <IconButton
        label={copied ? t('copied') : (label ?? t('copy'))}
        onClick={() => {
          // Refused where the page is not secure or not in front; the text stays there to be selected.
          void navigator.clipboard?.writeText(text).then(
            () => setCopied(true),
            () => {},
          );
        }}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
    </div>
  );
}
