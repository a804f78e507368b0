import { JinjaTemplateChatWrapper, resolveChatWrapper, type ChatWrapper, type LlamaModel } from 'node-llama-cpp';

/**
 * The form in which a model reads conversations: its own template, as it is. `resolveChatWrapper` would compare it with
 * every form it knows first, which takes longer than loading a small model; it is asked when there is no template, or
 * none that works.
 */
export function openChatWrapper(model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (template !== undefined && template.trim() !== '') {
    try {
      // Tools are not called yet; finding out how the template writes them takes its time.
      return new JinjaTemplateChatWrapper({
        template,
        tokenizer: model.tokenizer,
        functionCallMessageTemplate: 'noJinja',
      });
    } catch (error) {
      process.stderr.write(`The chat template cannot be used: ${String(error)}\n`);
    }
  }
  return resolveChatWrapper(model, { warningLogs: false, noJinja: true });
}
