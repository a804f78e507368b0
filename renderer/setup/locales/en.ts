export const en = {
  title: 'Role and answers',
  edit: 'Role and answers…',
  role: 'Role',
  noRole: 'None',
  chooseRole: 'Choose a role',
  ownSetup: 'Own settings',
  changedRole: '{{name}}, changed',
  instructions: 'Instructions',
  instructionsHint: 'Put before this conversation. Left empty, the general instructions of the settings apply.',
  instructionsPlaceholder: 'Who should answer, and how?',
  model: 'Model',
  defaultModel: 'The one that answers new messages',
  missingModel: '{{id}} (not there)',
  automatic: 'Automatic',
  off: 'Off',
  thinking: 'Thinking',
  thinkingHint: 'Whether a model that can think first does so',
  more: 'More',
  parameter: {
    temperature: 'Temperature',
    maxTokens: 'Longest answer',
    topP: 'Top P',
    topK: 'Top K',
    minP: 'Min P',
    repeatPenalty: 'Repeat penalty',
    seed: 'Seed',
  },
  parameterHint: {
    temperature: '0 to 2: from predictable to surprising',
    maxTokens: 'In tokens, about three quarters of a word each',
    topP: '0 to 1: only the likeliest words that add up to this',
    topK: 'Only so many of the likeliest words',
    minP: '0 to 1: no word less likely than this share of the likeliest',
    repeatPenalty: '1 to 2: avoid words that were just used',
    seed: 'The same number gives the same answer',
  },
  saveAs: 'Save as a role',
  roleName: 'Name of the role',
  save: 'Save',
  cancel: 'Cancel',
  updateRole: 'Update “{{name}}”',
  removeRole: 'Delete role',
  roleRemoved: 'Deleted the role “{{name}}”',
  inFolder: 'In {{name}}',
  notInFolder: 'Not in this folder',
  builtIn: {
    writer: {
      name: 'Writer',
      prompt:
        'You help to write. Use plain, lively words and concrete details; no clichés. Keep the voice and the facts of what I give you. When something essential is missing, ask one question; otherwise write.',
    },
    translator: {
      name: 'Translator',
      prompt:
        'Translate what I write: Chinese into English, everything else into Chinese, unless I name a language. Keep meaning, tone and formatting. Give only the translation, and below it in one line what could also be meant where that is unclear.',
    },
    proofreader: {
      name: 'Proofreader',
      prompt:
        'Correct spelling, grammar and punctuation of what I write, and nothing else: keep my words, style and language. Give the corrected text first, then a short list of what you changed and why.',
    },
    programmer: {
      name: 'Programmer',
      prompt:
        'You are an experienced programmer. Give working code first, then a short explanation. Name the assumptions you make, handle errors and edge cases, and say when a simpler way exists. Do not invent functions or libraries; say so when you are not sure.',
    },
    teacher: {
      name: 'Patient teacher',
      prompt:
        'Explain step by step and from what I already know. Begin with the idea in one sentence, give an example, then the details. End with one question that shows whether I understood. When I am wrong, say where and why.',
    },
    ideas: {
      name: 'Ideas',
      prompt:
        'Help me to find ideas. Give ten short, different ones, the unusual among them, without judging. Then name the two most promising and the first small step for each.',
    },
  },
} as const;
