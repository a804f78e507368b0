import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  landmark: '边栏',
  list: '对话',
  newChat: '新建对话',
  search: '搜索',
  clearSearch: '清除搜索',
  results: '搜索结果',
  resultCount_one: '{{count}} 个结果',
  resultCount_other: '{{count}} 个结果',
  inTitle: '标题',
  noResults: '没有结果',
  noResultsHint: '搜索会查找包含全部词语的消息和标题。',
  group: { pinned: '置顶', today: '今天', yesterday: '昨天', week: '过去 7 天' },
  emptyTitle: '还没有对话',
  emptyHint: '提问会保存在这里，只留在这台设备上。',
  untitled: '新对话',
  answering: '正在回答',
  options: '“{{title}}”的更多操作',
  titleField: '标题',
  rename: '重命名',
  pin: '置顶',
  unpin: '取消置顶',
  remove: '删除',
  removed: '已删除“{{title}}”',
  openSettings: '设置',
};
