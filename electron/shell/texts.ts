export type ShellLanguage = 'en' | 'zh';

/** Every word the shell itself shows: menus, tray, dialogs. The pages have their own. */
export interface ShellTexts {
  readonly about: string;
  readonly settings: string;
  readonly services: string;
  readonly hide: string;
  readonly hideOthers: string;
  readonly showAll: string;
  readonly quit: string;
  readonly file: string;
  readonly newChat: string;
  readonly quickChat: string;
  readonly exportPdf: string;
  readonly print: string;
  readonly closeWindow: string;
  readonly edit: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly pasteAndMatchStyle: string;
  readonly selectAll: string;
  readonly copyLink: string;
  readonly view: string;
  readonly search: string;
  readonly commandPalette: string;
  readonly find: string;
  readonly toggleSidebar: string;
  readonly actualSize: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fullScreen: string;
  readonly developerTools: string;
  readonly window: string;
  readonly minimise: string;
  readonly zoom: string;
  readonly bringAllToFront: string;
  readonly help: string;
  readonly showDataFolder: string;
  readonly openWindow: string;
  readonly model: string;
  readonly noModel: string;
  readonly modelTooBig: string;
  readonly modelUnusable: string;
  readonly modelEmbedding: string;
  readonly modelReranking: string;
  readonly modelQuarantined: string;
  readonly openAtLogin: string;
  readonly trayIdle: string;
  readonly trayWorking: string;
  readonly trayHot: string;
  readonly trayCloud: string;
  readonly watchFolder: { readonly title: string; readonly button: string };
  readonly unresponsive: DialogTexts;
  readonly crashing: DialogTexts;
}

export interface DialogTexts {
  readonly message: string;
  readonly detail: string;
  /** What most people want; the default. */
  readonly primary: string;
  readonly secondary: string;
}

const en: ShellTexts = {
  about: 'About Clawdbot',
  settings: 'Settings…',
  services: 'Services',
  hide: 'Hide Clawdbot',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  quit: 'Quit Clawdbot',
  file: 'File',
  newChat: 'New Chat',
  quickChat: 'Quick Chat',
  exportPdf: 'Export as PDF…',
  print: 'Print…',
  closeWindow: 'Close Window',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste and Match Style',
  selectAll: 'Select All',
  copyLink: 'Copy Link',
  view: 'View',
  search: 'Search Chats',
  commandPalette: 'Command Palette…',
  find: 'Find in Conversation',
  toggleSidebar: 'Show or Hide Sidebar',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Toggle Full Screen',
  developerTools: 'Developer Tools',
  window: 'Window',
  minimise: 'Minimise',
  zoom: 'Zoom',
  bringAllToFront: 'Bring All to Front',
  help: 'Help',
  showDataFolder: 'Show Data Folder',
  openWindow: 'Open Clawdbot',
  model: 'Model',
  noModel: 'No model found',
  modelTooBig: 'does not fit in memory',
  modelUnusable: 'cannot be used',
  modelEmbedding: 'finds passages by meaning',
  modelReranking: 'puts the best passages first',
  modelQuarantined: 'crashed the engine',
  openAtLogin: 'Open at Login',
  trayIdle: 'Clawdbot',
  trayWorking: 'Clawdbot: answering',
  trayHot: 'Clawdbot: the machine is hot, answers are slower',
  trayCloud: 'Clawdbot: a cloud model is answering',
  watchFolder: { title: 'Choose a folder to watch', button: 'Watch' },
  unresponsive: {
    message: 'The Clawdbot window does not respond.',
    detail: 'Answers go on being written and nothing is lost. You can wait a little longer or reload the window.',
    primary: 'Wait',
    secondary: 'Reload Window',
  },
  crashing: {
    message: 'The Clawdbot window keeps crashing.',
    detail:
      'It was started again several times within a minute. Your conversations are stored. Quit and start Clawdbot again; if that does not help, restart the computer.',
    primary: 'Quit',
    secondary: 'Try Again',
  },
};

const zh: ShellTexts = {
  about: '关于 Clawdbot',
  settings: '设置…',
  services: '服务',
  hide: '隐藏 Clawdbot',
  hideOthers: '隐藏其他',
  showAll: '全部显示',
  quit: '退出 Clawdbot',
  file: '文件',
  newChat: '新建对话',
  quickChat: '快速对话',
  exportPdf: '导出为 PDF…',
  print: '打印…',
  closeWindow: '关闭窗口',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '拷贝',
  paste: '粘贴',
  pasteAndMatchStyle: '粘贴并匹配样式',
  selectAll: '全选',
  copyLink: '拷贝链接',
  view: '显示',
  search: '搜索对话',
  commandPalette: '命令面板…',
  find: '在对话中查找',
  toggleSidebar: '显示或隐藏边栏',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '切换全屏幕',
  developerTools: '开发者工具',
  window: '窗口',
  minimise: '最小化',
  zoom: '缩放',
  bringAllToFront: '前置全部窗口',
  help: '帮助',
  showDataFolder: '显示数据文件夹',
  openWindow: '打开 Clawdbot',
  model: '模型',
  noModel: '没有找到模型',
  modelTooBig: '内存放不下',
  modelUnusable: '无法使用',
  modelEmbedding: '按含义查找段落',
  modelReranking: '把最贴切的段落排在前面',
  modelQuarantined: '多次让引擎停止',
  openAtLogin: '登录时打开',
  trayIdle: 'Clawdbot',
  trayWorking: 'Clawdbot：正在回答',
  trayHot: 'Clawdbot：电脑过热，回答会变慢',
  trayCloud: 'Clawdbot：云端模型正在回答',
  watchFolder: { title: '选择要监视的文件夹', button: '监视' },
  unresponsive: {
    message: 'Clawdbot 窗口没有响应。',
    detail: '回答仍在继续写入，不会丢失任何内容。你可以再等一会儿，或重新载入窗口。',
    primary: '等待',
    secondary: '重新载入窗口',
  },
  crashing: {
    message: 'Clawdbot 窗口反复崩溃。',
    detail: '一分钟内已多次重新启动窗口。你的对话都已保存。请退出并重新打开 Clawdbot；如果仍不行，请重启电脑。',
    primary: '退出',
    secondary: '再试一次',
  },
};

const byLanguage: Readonly<Record<ShellLanguage, ShellTexts>> = { en, zh };

export function shellTexts(language: ShellLanguage): ShellTexts {
  return byLanguage[language];
}

/** `systemLanguages` as the system lists them, the preferred one first, such as `zh-Hans-CN`. */
export function chooseShellLanguage(
  setting: 'system' | ShellLanguage,
  systemLanguages: readonly string[],
): ShellLanguage {
  if (setting !== 'system') return setting;
  for (const tag of systemLanguages) {
    const primary = tag.toLowerCase().split(/[-_]/)[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}
