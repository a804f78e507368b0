import { useEffect, useRef, useState, type ReactNode } from 'react';

import { Button, type ButtonTone } from '../ui/Button.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface ConfirmButtonProps {
  readonly label: string;
  /** For screen readers, where the label alone says too little. */
  readonly fullLabel?: string;
  readonly question: string;
  readonly tone?: ButtonTone;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

/** A button that asks once more, in its own place, before it does what cannot be taken back. */
export function ConfirmButton(props: ConfirmButtonProps): ReactNode {
  const { label, fullLabel, question, tone = 'plain', disabled = false, onConfirm } = props;
  const { t } = useTranslation('data');
  const [asking, setAsking] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) cancel.current?.focus();
  }, [asking]);

  if (!asking) {
    return (
      <Button tone={tone} aria-label={fullLabel ?? label} disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div
      role="group"
      aria-label={question}
      className="flex flex-wrap items-center justify-end gap-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Only the question goes, not the dialog around it.
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <span className="basis-full text-right">{question}</span>
      <Button ref={cancel} onClick={() => setAsking(false)}>
        {t('cancel')}
      </Button>
      <Button
        tone={tone}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {label}
      </Button>
    </div>
  );
}
