import { writeScriptedModel, type ScriptedModel } from './scripted-model.ts';

/** Everything the stand-in can say. It must claim nothing that is not so. */
export const placeholderText = `I am a placeholder, not a real model. I know nothing, I cannot read your question, and these words are all I ever say.

To get real answers, put a model in the GGUF format into the models folder, or start Clawdbot with \`--model FILE\`.

我只是一个占位模型，并不是真正的模型。我没有任何知识，看不懂你的问题，每次都只会说这几句话。

想得到真正的回答，请把 GGUF 格式的模型放进模型文件夹，或用 \`--model 文件路径\` 启动 Clawdbot。`;

export function writePlaceholderModel(path: string): Promise<ScriptedModel> {
  return writeScriptedModel(path, { text: placeholderText, name: 'Placeholder', placeholder: true });
}
