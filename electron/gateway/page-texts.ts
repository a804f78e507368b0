export type PageKind = 'noSession' | 'wrongToken' | 'usedToken' | 'tooManyTokens' | 'foreignOrigin' | 'welcome';

export type PageLanguage = 'en' | 'zh';

interface PageText {
  readonly title: string;
  /** May hold markup; nothing in here comes from outside. */
  readonly sentences: readonly string[];
  /** Words of the link to the start page. */
  readonly link: string | null;
}

const readyLine = '<code>Clawdbot is ready at …</code>';
const anotherLine = '<code>To open it in another browser: …</code>';

export const pageTexts: Readonly<Record<PageLanguage, Readonly<Record<PageKind, PageText>>>> = {
  en: {
    noSession: {
      title: 'Open Clawdbot with its link',
      sentences: [
        'This browser has not been let in yet. Clawdbot answers only to the person who started it.',
        `Look at the terminal in which it runs and open the whole address after ${readyLine}. The link works once; this browser is then remembered for 30 days.`,
      ],
      link: 'I was let in before: try again',
    },
    wrongToken: {
      title: 'This link is not right',
      sentences: [
        'The part after <code>token=</code> does not match. It may have been cut off when it was copied, or it belongs to an earlier start.',
        `Copy the whole address after ${readyLine} or ${anotherLine} from the terminal.`,
      ],
      link: 'I was let in before: try again',
    },
    usedToken: {
      title: 'This link has been used',
      sentences: [
        'Each link lets one browser in, once. If that was you in this browser, just go on.',
        `For another browser, the terminal shows a fresh link after ${anotherLine}.`,
      ],
      link: 'Go on in this browser',
    },
    tooManyTokens: {
      title: 'Too many wrong links',
      sentences: ['Somebody tried links that do not match, so links rest for a moment. Wait ten seconds and reload.'],
      link: 'I was let in before: try again',
    },
    foreignOrigin: {
      title: 'This address is not Clawdbot’s',
      sentences: [
        'The request came under a name that Clawdbot does not answer to, or from another site. It was refused so that no other page can read your conversations.',
        'Open the address exactly as the terminal shows it, beginning with <code>http://127.0.0.1:</code>. A further name can be allowed with <code>allowedHosts</code> in the configuration file.',
      ],
      link: null,
    },
    welcome: {
      title: 'This browser is let in',
      sentences: ['Clawdbot opens now.'],
      link: 'Open Clawdbot',
    },
  },
  zh: {
    noSession: {
      title: '请用专用链接打开 Clawdbot',
      sentences: [
        '这个浏览器还没有获得许可。Clawdbot 只回应启动它的人。',
        `请在运行 Clawdbot 的终端里找到 ${readyLine}，打开后面的完整地址。链接只能使用一次，之后 30 天内会记住这个浏览器。`,
      ],
      link: '之前已获许可：再试一次',
    },
    wrongToken: {
      title: '链接不正确',
      sentences: [
        '<code>token=</code> 之后的内容不匹配。可能复制时被截断了，或者它属于上一次启动。',
        `请从终端复制 ${readyLine} 或 ${anotherLine} 后面的完整地址。`,
      ],
      link: '之前已获许可：再试一次',
    },
    usedToken: {
      title: '链接已被使用',
      sentences: [
        '每个链接只能让一个浏览器进入一次。如果就是你在这个浏览器里用过，直接继续即可。',
        `要在其他浏览器中打开，请使用终端里 ${anotherLine} 后面的新链接。`,
      ],
      link: '在这个浏览器中继续',
    },
    tooManyTokens: {
      title: '错误链接过多',
      sentences: ['有人尝试了不匹配的链接，因此链接暂停片刻。请等待十秒后刷新页面。'],
      link: '之前已获许可：再试一次',
    },
    foreignOrigin: {
      title: '这不是 Clawdbot 的地址',
      sentences: [
        '请求使用了 Clawdbot 不认识的名称，或来自其他网站。为了不让其他网页读取你的对话，请求已被拒绝。',
        '请完全按照终端显示的地址打开，开头是 <code>http://127.0.0.1:</code>。如需允许其他名称，请在配置文件的 <code>allowedHosts</code> 中添加。',
      ],
      link: null,
    },
    welcome: {
      title: '这个浏览器已获许可',
      sentences: ['正在打开 Clawdbot。'],
      link: '打开 Clawdbot',
    },
  },
};

/** Chinese when the browser prefers it to English, English otherwise. */
export function chooseLanguage(acceptLanguage: string | undefined): PageLanguage {
  // Long lists are hostile or useless; the first few entries decide.
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry, position) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, position, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.position - b.position);
  const first = wishes.find(({ tag }) => /^(zh|en)(-|$)/.test(tag));
  return first?.tag.startsWith('zh') === true ? 'zh' : 'en';
}
