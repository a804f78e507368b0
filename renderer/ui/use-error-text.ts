import type { TFunction } from 'i18next';
import { useCallback } from 'react';

import type { StoredError } from '../../shared/contract/index.ts';
import { modelReasonInChinese, reasonInChinese } from '../../shared/model/reasons-zh.ts';
import { ConnectionLostError } from '../rpc/connection-lost-error.ts';
import { tryReadError } from '../rpc/read-error.ts';
import type { Format } from './format.ts';
import { useFormat } from './use-format.ts';
import { useLanguage, useTranslation } from './use-translation.ts';

/** Says any error in the person's language: one that a call threw, or one stored with a failed reply. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('errors');
  const format = useFormat();
  const language = useLanguage();
  return useCallback(
    (error: unknown) => {
      if (error instanceof ConnectionLostError) return t('connectionLost');
      const read = isStored(error) ? error : tryReadError(error);
      return read ? errorText(t, format, read, language) : t('unknown');
    },
    [t, format, language],
  );
}

export function errorText(t: TFunction<'errors'>, format: Format, error: StoredError, language = 'en'): string {
  const words: Record<string, string> = {};
  for (const [key, value] of Object.entries(error.data)) {
    if (typeof value === 'number') words[key] = numberWords(format, key, value);
    else if (typeof value === 'string') words[key] = stringWords(error.code, key, value, language);
  }
  // There are other words for some causes.
  if (error.code === 'ENGINE_CRASHED') return t(error.code, { replace: words, context: words['cause'] ?? '' });
  return t(error.code, { replace: words });
}

function stringWords(code: StoredError['code'], key: string, value: string, language: string): string {
  if (key !== 'reason' || language !== 'zh') return value;
  return code === 'MODEL_UNREADABLE' || code === 'MODEL_UNSUPPORTED'
    ? modelReasonInChinese(value)
    : reasonInChinese(value);
}

function numberWords(format: Format, key: string, value: number): string {
  if (key.endsWith('Bytes')) return format.bytes(value);
  // A port or a version is a name, not an amount: 25293, not 25,293.
  return key === 'port' || key.endsWith('Version') || key.endsWith('Id') ? String(value) : format.number(value);
}

function isStored(error: unknown): error is StoredError {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'data' in error;
}
