import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  model: '模型',
  models: '模型',
  choose: '选择模型',
  none: '没有模型',
  connecting: '正在查找模型',
  loaded: '已载入',
  loading: '正在载入 {{percent}}',
  onDisk: '在磁盘上',
  doesNotFit: '内存不足',
  doesNotFitDetail: '需要 {{needed}}，可用 {{free}}',
  unusable: '无法使用',
  quarantined: '已停用',
  quarantinedDetail_one:
    '它已 {{count}} 次让引擎停止（{{reason}}）。选择它可再试一次，也可以使用其他模型或删除它的文件。',
  quarantinedDetail_other:
    '它已 {{count}} 次让引擎停止（{{reason}}）。选择它可再试一次，也可以使用其他模型或删除它的文件。',
  placeholder: '占位模型',
  firstWord: '首词约 {{duration}}',
  unload: '卸载 {{name}}',
  unloaded: '已卸载 {{name}}',
  add: '添加模型',
  addText: '把 GGUF 文件放入这个文件夹，然后刷新列表：',
  addFlag: '或者用任意位置的文件启动 Clawdbot：',
  copyPath: '复制路径',
  copied: '已复制',
  refresh: '刷新',
  refreshed_one: '找到 {{count}} 个模型',
  refreshed_other: '找到 {{count}} 个模型',
  defaultTitle: '默认模型',
  defaultHint: '用来回答新消息。',
  emptyTitle: '还没有模型',
};
