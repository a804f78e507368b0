import type { PassageInfo } from '../../../shared/contract/index.ts';

type Unit = PassageInfo['unit'];
export type TaskLanguage = 'en' | 'zh';
/** Where something stands. */
export type Place = Pick<PassageInfo, 'documentName' | 'page' | 'unit' | 'pageLabel'>;

/** As it stands behind a fact: `(p. 12)`, `(lease.pdf, p. 12)`, `（第 12 页）`. */
export function placeMark(place: Place, language: TaskLanguage, withName: boolean): string {
  const where = pageMark(place, language);
  if (language === 'zh') return withName ? `（${place.documentName}，${where}）` : `（${where}）`;
  return withName ? `(${place.documentName}, ${where})` : `(${where})`;
}

export function pageMark({ page, unit, pageLabel }: Place, language: TaskLanguage): string {
  const shown = pageLabel ?? page;
  if (language === 'zh') return `第 ${shown} ${chinese[unit]}`;
  return unit === 'page' ? `p. ${shown}` : `${unit} ${shown}`;
}

/** `Pages 31–38`, `Page 3`, `第 31–38 页`; with the document's name where there are several. */
export function rangeWords(passages: readonly PassageInfo[], language: TaskLanguage, withName: boolean): string {
  const parts = [...Map.groupBy(passages, ({ documentId }) => documentId).values()].map((own) => {
    const pages = own.map(({ page }) => page);
    const [from, to] = [Math.min(...pages), Math.max(...pages)];
    const unit = own[0]?.unit ?? 'page';
    const name = own[0]?.documentName ?? '';
    const range = from === to ? `${from}` : `${from}–${to}`;
    const words =
      language === 'zh'
        ? `第 ${range} ${chinese[unit]}`
        : `${from === to ? english[unit] : `${english[unit]}s`} ${range}`;
    if (!withName) return words;
    return language === 'zh' ? `《${name}》${words}` : `${words} of ${name}`;
  });
  return parts.join(language === 'zh' ? '、' : ', ');
}

const english: Readonly<Record<Unit, string>> = {
  page: 'Page',
  slide: 'Slide',
  sheet: 'Sheet',
  chapter: 'Chapter',
  message: 'Message',
  part: 'Part',
};

const chinese: Readonly<Record<Unit, string>> = {
  page: '页',
  slide: '张幻灯片',
  sheet: '个工作表',
  chapter: '章',
  message: '封邮件',
  part: '部分',
};
