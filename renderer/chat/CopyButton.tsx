import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode, type Ref } from 'react';

import { IconButton } from '../ui/IconButton.tsx';
import { useToast } from '../ui/Toaster.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export interface CopyButtonProps {
  readonly label: string;
  /** Asked when the button is pressed, so that a growing text need not be handed down. */
  readonly text: () => string;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

const confirmationMs = 1_500;

/** Copies and says so in its own place. */
export function CopyButton({ label, text, ...rest }: CopyButtonProps): ReactNode {
  const { t } = useTranslation('chat');
  const showToast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      // The page lost the focus, or is served from another machine without encryption.
      showToast({ text: t('actions.copyFailed'), tone: 'danger' });
    }
  };
  return (
    <IconButton {...rest} label={copied ? t('actions.copied') : label} onClick={() => void copy()}>
      {copied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
    </IconButton>
  );
}
