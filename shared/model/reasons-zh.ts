/** Reasons that stand inside error messages, by their English words, in Chinese. */
const reasons: Readonly<Record<string, string>> = {
  // a folder that cannot be followed
  'its path does not begin at the root of the disk': '路径不是从磁盘根目录开始的',
  'it is not a folder': '它不是文件夹',
  'there is no such folder': '没有这个文件夹',
  'it cannot be opened': '无法打开',
  'it is the whole disk': '它是整个磁盘',
  'Clawdbot keeps its own files there': 'Clawdbot 自己的文件存放在那里',
  // an import
  'it holds no conversations': '其中没有对话',
  'nothing in it could be read': '其中的内容都无法读取',
  'there is no file with conversations in the archive': '压缩包中没有存放对话的文件',
  'the archive is not complete: its end is missing': '压缩包不完整，缺少结尾',
  'the archive is not complete: its directory is missing': '压缩包不完整，缺少目录',
  'the archive is not complete': '压缩包不完整',
  'the directory of the archive cannot be found': '找不到压缩包的目录',
  'the directory of the archive cannot be read': '无法读取压缩包的目录',
  'the directory of the archive is damaged': '压缩包的目录已损坏',
  'the archive is damaged': '压缩包已损坏',
  'it is protected with a password': '有密码保护',
  // the engine
  'for an unknown reason': '原因不明',
  // a model file
  'It could not be read from the disk.': '无法从磁盘读取。',
  'It has no vocabulary, so it can neither read nor write.': '它没有词表，既不能读也不能写。',
  'It holds no weights, only a vocabulary.': '它只有词表，没有权重。',
  'It is a GGUF file of version 1, which llama.cpp no longer reads.': '它是第 1 版的 GGUF 文件，llama.cpp 已不再支持。',
  'It is a GGUF file for big-endian machines, which this machine cannot run.':
    '它是给大端序机器用的 GGUF 文件，无法在这台机器上运行。',
  'It is a speech model: it makes sound but cannot answer.': '它是语音模型，只能发声，不能回答。',
  'It is a web page or a text, not a model: the download probably needed a login.':
    '它是网页或文本，不是模型，下载时可能需要登录。',
  'It is an adapter (LoRA) for another model; by itself it cannot answer.':
    '它是另一个模型的适配器（LoRA），不能单独回答。',
  'It is an adapter that certain words switch on, which cannot be used yet.':
    '它是由特定词语启用的适配器，目前还不能使用。',
  'It is an archive, not a GGUF file. Unpack it first.': '它是压缩包，不是 GGUF 文件。请先解压。',
  'It is an embedding model of a kind that cannot be used here.': '它是这里不能使用的嵌入模型。',
  'It is no LoRA adapter.': '它不是 LoRA 适配器。',
  'It is not a GGUF file. Clawdbot runs models in the GGUF format.':
    '它不是 GGUF 文件。Clawdbot 运行 GGUF 格式的模型。',
  'It is the part of another model that sees images; by itself it cannot answer.':
    '它是另一个模型中看图片的部分，不能单独回答。',
  'It only speeds up another model; by itself it cannot answer.': '它只用来给另一个模型加速，不能单独回答。',
  'It does not write from left to right (an embedding or diffusion model), so it cannot chat.':
    '它不是从左到右书写的（嵌入或扩散模型），不能聊天。',
  'The file became shorter while it was being read.': '读取时文件变短了。',
  'The file is empty: the download was probably cut off.': '文件是空的，下载可能中断了。',
  'It is not there.': '它不在。',
  'The model cannot be used itself.': '模型本身不能使用。',
  'It is not smaller than the model itself.': '它不比模型本身小。',
  'Its vocabulary has other words.': '它的词表不同。',
  'It begins its texts with another token.': '它的起始词元不同。',
  'It ends its answers with another token.': '它的结束词元不同。',
};

/** Reasons with something inside. */
const patterns: readonly (readonly [reason: RegExp, chinese: string])[] = [
  [/^signal (\w+)$/, '信号 $1'],
  [/^exit code (-?\d+)$/, '退出代码 $1'],
  [/^it is packed in a way that is not known \((\d+)\)$/, '压缩方式未知（$1）'],
  [/^it is damaged \(.*\)$/s, '它已损坏'],
  [
    /^It is a GGUF file of version (\d+); versions 2 and 3 can be read\.$/,
    '它是第 $1 版的 GGUF 文件，只能读取第 2、3 版。',
  ],
  [
    /^It is part (\d+) of a model in (\d+) files\. .*$/s,
    '它是由 $2 个文件组成的模型的第 $1 部分。请选择第一部分，其余会随之找到。',
  ],
  [/^It was made for models of the kind ([\w.-]+), not ([\w.-]+)\.$/, '它适用于 $1 类模型，不适用于 $2。'],
  [/^The file ends .*$/s, '文件没有结束就中断了，下载可能不完整，或文件已损坏。'],
];

/** What is said of a model's file otherwise. Which of its numbers is wrong helps nobody to get a right one. */
const modelPatterns: readonly (readonly [reason: RegExp, chinese: string])[] = [
  [/damaged|made wrongly|cut off/, '文件内容有误，可能已损坏。'],
  [/^(?:It|Its|The|A|Entry|What|llama\.cpp)\b/, '文件内容不符合 llama.cpp 的要求。'],
];

/** A reason that stands in an error, in Chinese; one that is not known, such as the words of a system, as it is. */
export function reasonInChinese(reason: string): string {
  return findIn(patterns, reason) ?? reason;
}

/** Why a model's file cannot be used, in Chinese. */
export function modelReasonInChinese(reason: string): string {
  return findIn(patterns, reason) ?? modelPatterns.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}

function findIn(list: typeof patterns, reason: string): string | undefined {
  const known = reasons[reason];
  if (known !== undefined) return known;
  const found = list.find(([pattern]) => pattern.test(reason));
  return found && reason.replace(found[0], found[1]);
}
