import { isErrorCode } from '../../shared/contract/index.ts';
import { reasonInChinese } from '../../shared/model/reasons-zh.ts';
import type { ShellLanguage } from './texts.ts';
import { startErrorsZh } from './start-error-zh.ts';

export interface Explanation {
  /** One line. */
  readonly message: string;
  /** What happened, why, what to do next. */
  readonly detail: string;
}

/**
 * An error in words for a dialog of the system, for what happens before or outside a page. Takes an error of the
 * closed list as it was thrown or as a call of the contract reports it, and anything else as unexpected.
 */
export function explainError(error: unknown, language: ShellLanguage): Explanation {
  const reason = error instanceof Error ? error.message : String(error);
  const declared = tryDeclared(error);
  if (!declared) return unexpected(reason, language);
  const { code, data } = declared;
  const field = (name: string): string => {
    const value = data[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return name === 'reason' && language === 'zh' ? reasonInChinese(text) : text;
  };
  return language === 'zh'
    ? { message: 'Clawdbot 遇到问题', detail: startErrorsZh[code]?.(field) ?? reason }
    : { message: 'Clawdbot has a problem', detail: reason };
}

function tryDeclared(error: unknown) {
  if (!(error instanceof Error) || !('code' in error) || !('data' in error)) return undefined;
  const { code, data } = error;
  if (typeof code !== 'string' || !isErrorCode(code) || typeof data !== 'object' || data === null) return undefined;
  return { code, data: Object.fromEntries<unknown>(Object.entries(data)) };
}

function unexpected(reason: string, language: ShellLanguage): Explanation {
  return language === 'zh'
    ? {
        message: 'Clawdbot 遇到意外问题',
        detail: `${reason}\n\n你的对话都已保存。请重新打开 Clawdbot；如果问题再次出现，数据文件夹中的日志写明了原因。`,
      }
    : {
        message: 'Clawdbot met an unexpected problem',
        detail: `${reason}\n\nYour conversations are stored. Start Clawdbot again; should it happen again, the log in the data folder tells more.`,
      };
}
