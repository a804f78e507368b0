import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { Button } from '../ui/Button.tsx';
import { useBusy } from './busy.ts';
import { isComposing } from './is-composing.ts';
import { TooLong } from './TooLong.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export interface MessageEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onCancel: () => void;
  readonly onSave: (text: string) => Promise<void>;
}

/** Changes one's own message where it stands. The old version and its answer stay beside the new ones. */
export function MessageEditor({ text, onChange, onCancel, onSave }: MessageEditorProps): ReactNode {
  const { t } = useTranslation('chat');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const blocked = useBusy() || text.trim() === '' || text.length > messageLimitChars;
  const save = (): void => {
    if (!blocked) void onSave(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      // Here it leaves the editor; it must not stop an answer as well.
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div className="rounded-lg border border-hairline bg-raised p-2 focus-within:border-accent/70">
      <textarea
        ref={field}
        aria-label={t('editor.label')}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-1.5 py-1 text-[14px] leading-[1.55] outline-none"
      />
      <TooLong text={text} />
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto truncate px-1.5 text-sm text-muted">{t('editor.note')}</span>
        <Button tone="quiet" onClick={onCancel}>
          {t('editor.cancel')}
        </Button>
        <Button tone="primary" disabled={blocked} onClick={save}>
          {t('editor.save')}
        </Button>
      </div>
    </div>
  );
}
