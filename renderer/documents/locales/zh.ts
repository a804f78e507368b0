import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  attach: '添加文件',
  attached: '随下一条消息发送的文件',
  remove: '移除 {{name}}',
  actions: '{{name}} 的更多操作',
  showReport: '读取结果',
  waiting: '等待中',
  handing: '正在接收 {{percent}}',
  reading: '正在读取',
  readingPages: '正在读取 {{read}} / {{total}}',
  readingFile: '正在读取 {{name}}',
  pages_one: '{{count}} 页',
  pages_other: '{{count}} 页',
  drop: '拖到这里即可就文件提问',
  open: '打开文件',
  size: '大小',
  page: '页',
  pagesTitle: '页数',
  characters: '字符',
  passages: '段落',
  readIn: '用时',
  tables: '表格',
  pictures: '图片',
  recognised: '识别',
};
