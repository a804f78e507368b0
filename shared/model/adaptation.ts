import type { EngineEffort } from './engine-protocol.ts';

/** Why the engine works harder or less hard than before. */
export const adaptationCauses = [
  'memoryTight',
  'memoryRoomy',
  'pressureWarn',
  'pressureCritical',
  'pressureOver',
  'heatSerious',
  'heatCritical',
  'heatOver',
  'powerLow',
  'powerBack',
] as const;
export type AdaptationCause = (typeof adaptationCauses)[number];

/** One change of how hard the engine works. */
export interface Adaptation extends EngineEffort {
  readonly atMs: number;
  readonly cause: AdaptationCause;
}

const english: Readonly<Record<AdaptationCause, string>> = {
  memoryTight: 'Less than 4 GB of memory is free, so fewer answers are written at a time.',
  memoryRoomy: 'More than 4 GB of memory is free again, so more answers are written at a time.',
  pressureWarn: 'Other apps need memory, so fewer answers are written at a time.',
  pressureCritical: 'Memory is nearly used up, so models that were idle have left it and answers come one at a time.',
  pressureOver: 'There is enough memory again.',
  heatSerious: 'The machine is hot, so answers come more slowly and background work waits.',
  heatCritical: 'The machine is very hot, so answers come slowly, one or two at a time, and background work waits.',
  heatOver: 'The machine has cooled down; background work goes on.',
  powerLow: 'The battery is low or power is being saved, so answers come more slowly and background work waits.',
  powerBack: 'There is enough power again; background work goes on.',
};

const chinese: Readonly<Record<AdaptationCause, string>> = {
  memoryTight: '可用内存不足 4 GB，因此同时生成的回答减少。',
  memoryRoomy: '可用内存重新超过 4 GB，因此可以同时生成更多回答。',
  pressureWarn: '其他应用需要内存，因此同时生成的回答减少。',
  pressureCritical: '内存即将用尽，空闲的模型已从内存中移出，回答将逐个生成。',
  pressureOver: '内存恢复充足。',
  heatSerious: '设备发热，因此回答变慢，后台任务暂停。',
  heatCritical: '设备温度很高，因此回答变慢，同时只生成一两个回答，后台任务暂停。',
  heatOver: '设备已降温，后台任务继续。',
  powerLow: '电量低或正在省电，因此回答变慢，后台任务暂停。',
  powerBack: '电量恢复充足，后台任务继续。',
};

/** The change and its reason in one sentence. */
export function adaptationSentence(cause: AdaptationCause, language: 'en' | 'zh'): string {
  return language === 'zh' ? chinese[cause] : english[cause];
}

/** Whether it takes something away, and so is worth being shown for as long as it holds. */
export function isRestriction(cause: AdaptationCause): boolean {
  switch (cause) {
    case 'memoryTight':
    case 'pressureWarn':
    case 'pressureCritical':
    case 'heatSerious':
    case 'heatCritical':
    case 'powerLow':
      return true;
    case 'memoryRoomy':
    case 'pressureOver':
    case 'heatOver':
    case 'powerBack':
      return false;
  }
}
