import type { Translation } from '../translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  close: '关闭',
  undo: '撤销',
  dismiss: '忽略',
  copy: '复制',
  copied: '已复制',
  notifications: '通知',
};
