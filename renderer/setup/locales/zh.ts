import type { Translation } from '../../ui/translation.ts';
import type { en } from './en.ts';

export const zh: Translation<typeof en> = {
  title: '角色与回答',
  edit: '角色与回答…',
  role: '角色',
  noRole: '无',
  chooseRole: '选择角色',
  ownSetup: '自定设置',
  changedRole: '{{name}}（已修改）',
  instructions: '指令',
  instructionsHint: '放在这个对话之前。留空时使用设置中的通用指令。',
  instructionsPlaceholder: '由谁回答，怎样回答？',
  model: '模型',
  defaultModel: '回答新消息的模型',
  missingModel: '{{id}}（已不存在）',
  automatic: '自动',
  off: '关闭',
  thinking: '思考',
  thinkingHint: '能先思考的模型是否先思考',
  more: '更多',
  parameter: {
    temperature: '温度',
    maxTokens: '回答长度上限',
    topP: 'Top P',
    topK: 'Top K',
    minP: 'Min P',
    repeatPenalty: '重复惩罚',
    seed: '随机种子',
  },
  parameterHint: {
    temperature: '0 到 2：从稳妥到出人意料',
    maxTokens: '以词元计，一个汉字约为一个多词元',
    topP: '0 到 1：只用合计达到此概率的最可能的词',
    topK: '只用这么多个最可能的词',
    minP: '0 到 1：不用概率低于最可能者此比例的词',
    repeatPenalty: '1 到 2：避免刚用过的词',
    seed: '相同的数字得到相同的回答',
  },
  saveAs: '保存为角色',
  roleName: '角色名称',
  save: '保存',
  cancel: '取消',
  updateRole: '更新“{{name}}”',
  removeRole: '删除角色',
  roleRemoved: '已删除角色“{{name}}”',
  inFolder: '在“{{name}}”中',
  notInFolder: '不放入这个文件夹',
  builtIn: {
    writer: {
      name: '写作者',
      prompt:
        '你帮我写作。用平实而生动的词语和具体的细节，不用陈词滥调。保持我给出的内容的口吻和事实。缺少关键信息时只问一个问题，否则直接写。',
    },
    translator: {
      name: '翻译',
      prompt:
        '翻译我写的内容：中文译成英文，其他语言译成中文，除非我指定语言。保持原意、语气和格式。只给出译文；有歧义时在下面用一行说明另一种可能的意思。',
    },
    proofreader: {
      name: '校对',
      prompt:
        '改正我文字中的错别字、语法和标点，其他都不改：保留我的用词、风格和语言。先给出改正后的全文，再简短列出改了什么、为什么。',
    },
    programmer: {
      name: '程序员',
      prompt:
        '你是经验丰富的程序员。先给出可运行的代码，再作简短说明。写明你的假设，处理错误和边界情况；有更简单的办法时告诉我。不要编造函数或库，不确定时请说明。',
    },
    teacher: {
      name: '耐心的老师',
      prompt:
        '从我已知的内容出发，一步一步讲解。先用一句话说出要点，再举例，然后讲细节。最后问一个能看出我是否理解的问题。我错了时，指出错在哪里和原因。',
    },
    ideas: {
      name: '点子',
      prompt:
        '帮我找点子。先给出十个简短而各不相同的想法，包括不寻常的，不作评判。然后挑出最有希望的两个，并各给出第一小步。',
    },
  },
};
