import { useState, type ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';
import { useTranslation } from '../ui/use-translation.ts';

interface PasswordFormProps {
  /** The one before was wrong. */
  readonly wrong: boolean;
  readonly onPassword: (password: string) => void;
}

/** Asks for the password of a locked document. It goes to the worker that opens it and nowhere else. */
export function PasswordForm({ wrong, onPassword }: PasswordFormProps): ReactNode {
  const { t } = useTranslation('reader');
  const [password, setPassword] = useState('');
  return (
    <form
      className="mx-auto flex max-w-80 flex-col gap-3 p-8"
      onSubmit={(event) => {
        event.preventDefault();
        onPassword(password);
        setPassword('');
      }}
    >
      <p role="status" className={wrong ? 'text-danger' : ''}>
        {wrong ? t('passwordWrong') : t('passwordNeeded')}
      </p>
      <input
        type="password"
        aria-label={t('password')}
        placeholder={t('password')}
        autoComplete="off"
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        className="h-7 rounded-md bg-fill px-2"
      />
      <Button type="submit" tone="primary" disabled={password === ''}>
        {t('unlock')}
      </Button>
    </form>
  );
}
