import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  title: '打印',
  preparing: '正在准备：{{shown}} 条消息',
  preparingOf: '正在准备：第 {{shown}} 个对话，共 {{total}} 个',
  ready: '已准备好。在打印对话框中选择“另存为 PDF”即可保存文件。',
  failed: '无法准备打印内容，请重试。',
  gone: '这个对话已经不在了。',
  nothing: '还没有对话。',
  print: '打印或存为 PDF',
  again: '重试',
  untitled: '新对话',
  you: '你',
  assistant: '助手',
  thoughts: '思考过程',
  files: '文件：{{names}}',
  summary: '{{from}} 至 {{to}} · {{messages}}',
  messages_one: '{{shown}} 条消息',
  messages_other: '{{shown}} 条消息',
  models: '回答者：{{names}}',
  state: { stopped: '已停止', interrupted: '已中断', failed: '失败', running: '正在书写' },
};
