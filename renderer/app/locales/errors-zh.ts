import type { Translation } from '../../ui/translation.ts';
import type { errorsEn } from './errors-en.ts';

export const errorsZh: Translation<typeof errorsEn> = {
  CONVERSATION_NOT_FOUND: '这个对话已不存在。请选择其他对话或新建对话。',
  MESSAGE_NOT_FOUND: '这条消息已不存在。请重新打开对话查看现有内容。',
  TURN_RUNNING: '这个对话正在生成回答。请等待完成或先停止。',
  MESSAGE_TOO_LONG: '消息有 {{lengthChars}} 个字符，最多可发送 {{limitChars}} 个。请缩短或分几次发送。',
  NO_MODEL: '没有可用的模型。请把 GGUF 文件放入 {{searchedFolder}}，或用 --model FILE 启动 Clawdbot。',
  MODEL_NOT_FOUND: '这个模型已不存在。请选择其他模型。',
  MODEL_UNREADABLE: '模型文件 {{path}} 无法使用：{{reason}} 请选择其他模型或替换该文件。',
  OUT_OF_MEMORY: '{{modelName}} 需要 {{neededBytes}} 内存，目前可用 {{freeBytes}}。请关闭其他应用或选择更小的模型。',
  MODEL_QUARANTINED:
    '{{modelName}} 已 {{crashes}} 次让引擎停止（{{reason}}），现在不再载入。请使用其他模型或删除它的文件；重新选择它会再试一次。',
  ENGINE_CRASHED: '引擎在运行中停止（{{reason}}）。发送下一条消息时会自动重新启动。',
  'ENGINE_CRASHED@hang': '引擎没有响应，已被结束（{{reason}}）。发送下一条消息时会自动重新启动。',
  'ENGINE_CRASHED@memory':
    '系统结束了引擎，很可能是内存用尽（{{reason}}）。它会以更短的上下文重新启动；请关闭其他应用或选择更小的模型。',
  ENGINE_UNAVAILABLE: '引擎无法启动：{{reason}} 请重试；如果仍然失败，请重新启动 Clawdbot。',
  CONTEXT_FULL: '文本有 {{neededTokens}} 个词元，这个模型最多读取 {{contextTokens}} 个。请缩短文本或新建对话。',
  MODEL_UNSUPPORTED: '{{modelName}} 不支持“{{what}}”：{{reason}} 请更改它的选项，或选择其他模型。',
  DISK_FULL: '{{path}} 所在的磁盘已满。请释放空间后重试。没有丢失任何内容。',
  DATABASE_LOCKED: '另一个程序正在使用数据库 {{path}}。请关闭它后重试。',
  DATABASE_CORRUPT: '数据库 {{path}} 已损坏。请从备份恢复；原文件未被改动。',
  DATABASE_KEY_WRONG: '密钥无法打开数据库 {{path}}。请恢复与它对应的密钥。',
  DATABASE_TOO_NEW:
    '数据库 {{path}} 由更新版本的 Clawdbot 写入（格式 {{databaseVersion}}，当前版本可读 {{appVersion}}）。请更新 Clawdbot。',
  DATA_DIRECTORY_IN_USE: '另一个 Clawdbot 正在使用 {{path}}。请使用那一个，或先关闭它。',
  DATA_DIRECTORY_UNUSABLE: '数据文件夹 {{path}} 无法使用：{{reason}} 请用 --data-dir 选择其他文件夹。',
  NOT_IN_BIN: '它已不在回收站中。请重新打开回收站查看。',
  PORT_IN_USE: '端口 {{port}} 已被其他程序占用。请用 --port 选择其他端口。',
  FLAG_INVALID: '参数 {{flag}} 无效：{{reason}}',
  CONFIG_INVALID: '配置文件 {{path}} 的 {{key}} 有误：{{reason}}',
  SETTINGS_INVALID: '设置文件 {{path}} 的 {{key}} 有误：{{reason}} 请更正或移除该文件。',
  BAD_INPUT: 'Clawdbot 无法理解这个请求。请重新载入窗口后重试。',
  UNKNOWN_ROUTE: '窗口与 Clawdbot 的版本不一致。请重新载入窗口。',
  PAYLOAD_TOO_LARGE: '内容超过了单次发送的上限 {{limitBytes}}。请分几次发送。',
  UNAUTHORISED: '这个窗口尚未登录。请打开 Clawdbot 启动时显示的地址。',
  FORBIDDEN_ORIGIN: '来自 {{origin}} 的页面不能访问 Clawdbot。请打开 Clawdbot 显示的地址。',
  CANCELLED: '已停止。',
  INTERNAL: 'Clawdbot 内部出错。日志中的编号是 {{reference}}。请重试。',
  connectionLost: '与 Clawdbot 的连接已断开，正在恢复。请稍后重试。',
  unknown: '发生意外错误。请重试。',
};
