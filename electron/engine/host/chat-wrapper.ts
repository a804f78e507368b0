import {
  GeneralChatWrapper,
  JinjaTemplateChatWrapper,
  readGgufFileInfo,
  resolveChatWrapper,
  type ChatWrapper,
  type Tokenizer,
} from 'node-llama-cpp';

/**
 * The form in which a model reads conversations: its own template, as it is. `resolveChatWrapper` would compare it with
 * every form it knows first, which takes longer than loading a small model. Undefined when there is no template, or none
 * that works.
 */
export function openChatWrapper(template: string | undefined, tokenizer: Tokenizer): ChatWrapper | undefined {
  if (template === undefined || template.trim() === '') return undefined;
  try {
    // Tools are not called yet; finding out how the template writes them takes its time.
    return new JinjaTemplateChatWrapper({ template, tokenizer, functionCallMessageTemplate: 'noJinja' });
  } catch (error) {
    process.stderr.write(`The chat template cannot be used: ${String(error)}\n`);
    return undefined;
  }
}

/** The form that fits best to what the file says about its model. */
export async function openUntemplated(file: string, tokenizer: Tokenizer): Promise<ChatWrapper> {
  const fileInfo = await readGgufFileInfo(file, { readTensorInfo: false, logWarnings: false });
  const wanted = { filename: file, fileInfo, tokenizer, warningLogs: false, noJinja: true };
  return resolveChatWrapper(wanted) ?? new GeneralChatWrapper();
}
