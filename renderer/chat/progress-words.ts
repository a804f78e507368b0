import type { TFunction } from 'i18next';

import type { TurnProgress } from '../../shared/contract/index.ts';
import type { Format } from '../ui/format.ts';

/** What a running answer is doing, in words. Null progress is the moment before the core has said anything. */
export function progressWords(
  t: TFunction<'chat'>,
  format: Format,
  progress: TurnProgress | null,
  hasText: boolean,
): string {
  switch (progress?.phase) {
    case undefined:
      return t('progress.waiting');
    case 'queued':
      return progress.ahead === 0
        ? t('progress.next')
        : t('progress.queued', { count: progress.ahead, amount: format.number(progress.ahead) });
    case 'starting':
      return t('progress.starting');
    case 'routing':
      return t('progress.routing');
    case 'callingTool':
      return t('progress.callingTool', { tool: progress.toolName });
    case 'waitingForPermission':
      return t('progress.waitingForPermission', { tool: progress.toolName });
    case 'restarting':
      return t('progress.restarting');
    case 'growing':
      return t('progress.growing', { amount: format.number(progress.contextTokens) });
    case 'loading':
      return t('progress.loading', { model: progress.modelName, percent: format.percent(progress.fraction) });
    case 'reading':
      return t('progress.reading', {
        read: format.number(progress.readTokens),
        total: format.number(progress.totalTokens),
      });
    case 'digesting':
      return t(`progress.${progress.step}Part`, {
        part: format.number(progress.part),
        parts: format.number(progress.parts),
      });
    case 'thinking':
      return t('progress.thinking');
    case 'answering':
      return hasText ? t('progress.answering') : t('progress.waiting');
  }
}
