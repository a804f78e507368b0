import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  quickChat: '快速对话',
  message: '消息',
  placeholder: '想问什么？',
  send: '发送',
  stop: '停止',
  answer: '回答',
  continueInWindow: '在窗口中继续',
  hide: '隐藏',
  copy: '复制回答',
  copied: '已复制',
  thinking: '正在等待第一个词',
  thought: '正在思考',
  queued_one: '前面还有 {{count}} 个请求',
  queued_other: '前面还有 {{count}} 个请求',
  starting: '正在启动引擎',
  restarting: '引擎已停止，正在重新启动',
  growing: '正在重新载入模型，以便一次读取 {{amount}} 个词元',
  routing: '正在选择模型',
  callingTool: '正在调用 {{tool}}',
  waitingForPermission: '要调用 {{tool}}，等待你的许可',
  loading: '正在载入 {{name}}，{{percent}}',
  reading: '正在读取文本，{{read}} / {{total}} 个词元',
  digesting: '正在阅读第 {{part}} 部分，共 {{parts}} 部分',
};
