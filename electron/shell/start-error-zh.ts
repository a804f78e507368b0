import type { ErrorCode } from '../../shared/errors/codes.ts';

/** Reads a field of an error's data as text; empty when it is missing or null. */
export type Field = (name: string) => string;

/**
 * The errors that can be met before or outside a page, in Chinese. Their English is the error's own message, and so is
 * what is not listed here.
 */
export const startErrorsZh: Readonly<Partial<Record<ErrorCode, (field: Field) => string>>> = {
  DATABASE_LOCKED: (field) =>
    `数据库 ${field('path')} 正被另一个程序使用。请关闭其他 Clawdbot 或正在备份、同步该文件夹的程序，然后重新打开。没有丢失任何内容。`,
  DATABASE_CORRUPT: (field) =>
    `数据库 ${field('path')} 已损坏，无法打开。文件没有被改动。请从备份或同一文件夹中的快照恢复；如果都没有，请把它移到别处再重新打开，Clawdbot 会新建一个空的数据库。`,
  DATABASE_KEY_WRONG: (field) =>
    `现有的密钥打不开 ${field('path')}。请用创建它的用户登录并解锁钥匙串，或从备份恢复密钥，然后重新打开。没有改动任何内容。`,
  DATABASE_TOO_NEW: (field) =>
    `数据库 ${field('path')} 由更新版本的 Clawdbot 写入（版本 ${field('databaseVersion')}，本程序只认识到 ${field('appVersion')}）。请更新 Clawdbot。没有改动任何内容。`,
  DATA_DIRECTORY_IN_USE: (field) => {
    const process = field('processId') === '' ? '' : `（进程 ${field('processId')}）`;
    const next = field('url') === '' ? '请先退出它' : `请在浏览器中打开 ${field('url')}，或先退出它`;
    return `数据文件夹 ${field('path')} 正被另一个 Clawdbot${process}使用。${next}，也可以用 --data-dir 指定另一个文件夹。`;
  },
  DATA_DIRECTORY_UNUSABLE: (field) =>
    `数据文件夹 ${field('path')} 无法使用：${field('reason')}。请检查权限和磁盘，或用 --data-dir 指定另一个文件夹。`,
  DISK_FULL: (field) => `磁盘已满，无法写入 ${field('path')}。请腾出一些空间，然后重新打开。已保存的内容没有丢失。`,
  FLAG_INVALID: (field) => `启动参数 ${field('flag')} 有误：${field('reason')}。`,
  CONFIG_INVALID: (field) => `${placeOf(field)}无法使用：${field('reason')}。请改正该文件，然后重新打开。`,
  SETTINGS_INVALID: (field) =>
    `${placeOf(field)}无法读取：${field('reason')}。请改正该文件，或把它移到别处以使用默认设置。文件没有被改动。`,
  NO_MODEL: (field) => `没有找到模型。请把一个 GGUF 文件放进 ${field('searchedFolder')}。`,
  MODEL_NOT_FOUND: (field) => `找不到模型 ${field('modelId')}。它可能已被移走；请选择另一个。`,
  MODEL_UNREADABLE: (field) =>
    `模型文件 ${field('path')} 无法使用：${field('reason')}。请换一个 GGUF 文件，或重新下载。`,
  OUT_OF_MEMORY: (field) =>
    `${field('modelName')} 需要 ${gigabytes(field('neededBytes'))} 内存，目前可用 ${gigabytes(field('freeBytes'))}。请关闭一些程序，或选择更小的模型。`,
  ENGINE_UNAVAILABLE: (field) => `本地引擎无法启动：${field('reason')}。请再试一次；如果仍不行，请重新打开 Clawdbot。`,
  ENGINE_CRASHED: (field) => `本地引擎意外退出：${field('reason')}。请再试一次，它会自动重新启动。`,
  INTERNAL: (field) => `Clawdbot 内部出错，日志中的编号是 ${field('reference')}。请再试一次。`,
};

function placeOf(field: Field): string {
  return field('key') === '' ? `${field('path')} ` : `${field('path')} 中的“${field('key')}”`;
}

function gigabytes(bytes: string): string {
  return `${(Number(bytes) / 1e9).toFixed(1)} GB`;
}
