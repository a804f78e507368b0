import type { TFunction } from 'i18next';

import type { ModelInfo } from '../../shared/contract/index.ts';
import { modelReasonInChinese, reasonInChinese } from '../../shared/model/reasons-zh.ts';
import { readBytes } from '../../shared/model/load-progress.ts';
import type { Format } from '../ui/format.ts';

export type StateTone = 'good' | 'busy' | 'quiet' | 'bad';

/** What a model is doing, in words. */
export function stateWords(t: TFunction<'models'>, format: Format, { state, purpose }: ModelInfo): string {
  if (purpose !== undefined) return t('helper');
  switch (state.kind) {
    case 'loaded':
      return t('loaded');
    case 'loading':
      return t('loading', { percent: format.percent(state.fraction) });
    case 'onDisk':
      return t('onDisk');
    case 'doesNotFit':
      return t('doesNotFit');
    case 'quarantined':
      return t('quarantined');
    case 'unusable':
      return t('unusable');
  }
}

export function stateTone({ state, purpose }: ModelInfo): StateTone {
  // It cannot be chosen, and does its work all the same.
  if (purpose !== undefined) return 'quiet';
  switch (state.kind) {
    case 'loaded':
      return 'good';
    case 'loading':
      return 'busy';
    case 'onDisk':
      return 'quiet';
    case 'doesNotFit':
    case 'quarantined':
    case 'unusable':
      return 'bad';
  }
}

/** Why it cannot be used, or its size and speed. */
export function detailWords(t: TFunction<'models'>, format: Format, model: ModelInfo, language = 'en'): string {
  const { state } = model;
  if (model.purpose !== undefined) return [t(`purpose.${model.purpose}`), format.bytes(model.sizeBytes)].join(' · ');
  if (state.kind === 'unusable') return language === 'zh' ? modelReasonInChinese(state.reason) : state.reason;
  if (state.kind === 'doesNotFit') {
    return t('doesNotFitDetail', { needed: format.bytes(state.neededBytes), free: format.bytes(state.freeBytes) });
  }
  if (state.kind === 'quarantined') {
    const reason = language === 'zh' ? reasonInChinese(state.reason) : state.reason;
    return t('quarantinedDetail', { count: state.crashes, reason });
  }
  if (state.kind === 'loading') {
    const read = format.bytes(readBytes(state.fraction, model.sizeBytes));
    return t('loadingDetail', { read, total: format.bytes(model.sizeBytes) });
  }
  const parts = [format.bytes(model.sizeBytes)];
  if (model.quantisation !== null) parts.push(model.quantisation);
  if (model.expectedFirstWordMs !== null) {
    parts.push(t('firstWord', { duration: format.duration(model.expectedFirstWordMs) }));
  }
  if (model.placeholder) parts.unshift(t('placeholder'));
  return parts.join(' · ');
}

export function isUsable({ state }: ModelInfo): boolean {
  return state.kind !== 'doesNotFit' && state.kind !== 'unusable';
}

/** Choosing it once more does something: it is loaded, or tried again. */
export function isWaiting(model: ModelInfo | undefined): boolean {
  return model?.state.kind === 'onDisk' || model?.state.kind === 'quarantined';
}
