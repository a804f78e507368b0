import type { DocumentProblem } from './document-problem.ts';
import { formatNames } from './document-format.ts';
import { damagesZh, unreadKindsZh } from './problem-phrases.ts';

/** What happened, why, and what to do next, for a person. */
export function describeProblem(problem: DocumentProblem, language: 'en' | 'zh'): string {
  return language === 'zh' ? inChinese(problem) : inEnglish(problem);
}

function inEnglish({ code, data }: DocumentProblem): string {
  switch (code) {
    case 'FILE_UNREADABLE':
      return `The file cannot be opened (${data.reason}). Check that it is still there and that you may read it.`;
    case 'EMPTY':
      return 'The file is empty. There is nothing in it to read.';
    case 'TOO_LARGE':
      return `The file has ${size(data.sizeBytes)}, and at most ${size(data.limitBytes)} of this kind can be read. Split it, or drop only the part you need.`;
    case 'PASSWORD_PROTECTED':
      return 'The file is protected by a password. Save a copy without a password and drop that.';
    case 'CORRUPT':
      return `The file is damaged: ${data.detail}. Open it in the program it came from, save it again, and drop the new file.`;
    case 'NOT_SUPPORTED':
      return `This kind of file (${data.kind}) cannot be read. Save it as PDF, Word (.docx) or plain text and drop that.`;
    case 'HEIC_PICTURE':
      return 'This is a HEIC picture, as iPhones take them, and these cannot be read here. Open it in Preview, choose File > Export, save it as JPEG or PNG, and drop that.';
    case 'NO_TEXT':
      return 'No text was found in the file. If it is a picture of text, try a sharper or larger one.';
    case 'ZIP_BOMB':
      return `The file unpacks to more than ${size(data.limitBytes)}, as files made to overload a computer do. Reading was stopped.`;
    case 'TIME_LIMIT':
      return `Reading took longer than ${seconds(data.limitMs)} seconds${onPage(data.page)} and was stopped. What was read before is there.`;
    case 'MEMORY_LIMIT':
      return `Reading needed more than ${size(data.limitBytes)} of memory${onPage(data.page)} and was stopped. What was read before is there.`;
    case 'CRASHED':
      return `The reader ended unexpectedly${onPage(data.page)}. What was read before is there, and other files are not affected.`;
    case 'TRUNCATED':
      return `Only the first ${count(data.limitCharacters)} characters were read. Split the file to have the rest read too.`;
    case 'WRONG_EXTENSION':
      return `The name ends in “.${data.extension}”, but the content is ${formatNames[data.format].en}. It was read as that.`;
    case 'HAS_MACROS':
      return 'The file holds macros, which are small programs. They were not run; only the text was read.';
    case 'PAGES_WITHOUT_TEXT':
      return data.pages.length === 1
        ? `Page ${pageList(data.pages)} gave no text. It may be a picture or empty.`
        : `Pages ${pageList(data.pages)} gave no text. They may be pictures or empty.`;
    case 'PAGE_UNREADABLE':
      return `Page ${data.page} could not be read: ${data.detail}. The other pages are there.`;
    case 'ENCODING_UNSURE':
      return `The text was read as ${data.encoding}, and some characters do not fit. If it looks wrong, save the file as UTF-8.`;
    case 'ATTACHMENTS_NOT_READ':
      return `Files inside it were not read: ${data.names.join(', ')}. Save and drop them by themselves if you need them.`;
    case 'RECOGNITION_UNSURE':
      return `The text of page ${pageList(data.pages)} was recognised from a picture with only ${percent(data.confidence)} confidence. Check it against the original.`;
    case 'PICTURE_NOT_SHOWN':
      return `The picture in the file (${data.kind}) is stored in a way that cannot be shown here. Its header was read; open the picture in a DICOM viewer.`;
    default:
      return assertNever(code);
  }
}

function inChinese({ code, data }: DocumentProblem): string {
  switch (code) {
    case 'FILE_UNREADABLE':
      return `无法打开该文件（${data.reason}）。请确认它仍在原处，并且你有读取权限。`;
    case 'EMPTY':
      return '该文件是空的，没有可读的内容。';
    case 'TOO_LARGE':
      return `该文件大小为 ${size(data.sizeBytes)}，这类文件最多可读 ${size(data.limitBytes)}。请拆分文件，或只拖入需要的部分。`;
    case 'PASSWORD_PROTECTED':
      return '该文件有密码保护。请另存一份不带密码的副本，再拖入。';
    case 'CORRUPT':
      return `该文件已损坏：${damagesZh[data.detail]}。请用原来的程序打开并重新保存，再拖入新文件。`;
    case 'NOT_SUPPORTED':
      return `无法读取这类文件（${unreadKindsZh[data.kind]}）。请另存为 PDF、Word（.docx）或纯文本，再拖入。`;
    case 'HEIC_PICTURE':
      return '这是 HEIC 图片（iPhone 的拍照格式），这里无法读取。请在“预览”中打开，选择“文件 > 导出”，存为 JPEG 或 PNG，再拖入。';
    case 'NO_TEXT':
      return '该文件中没有找到文字。如果内容是文字的图片，请换一张更清晰、更大的。';
    case 'ZIP_BOMB':
      return `该文件解压后超过 ${size(data.limitBytes)}，这是恶意文件的常见特征。已停止读取。`;
    case 'TIME_LIMIT':
      return `读取${atPage(data.page)}超过 ${seconds(data.limitMs)} 秒，已停止。之前读到的内容仍然保留。`;
    case 'MEMORY_LIMIT':
      return `读取${atPage(data.page)}需要超过 ${size(data.limitBytes)} 的内存，已停止。之前读到的内容仍然保留。`;
    case 'CRASHED':
      return `读取${atPage(data.page)}时程序意外退出。之前读到的内容仍然保留，其他文件不受影响。`;
    case 'TRUNCATED':
      return `只读取了前 ${count(data.limitCharacters)} 个字符。如需其余内容，请拆分文件。`;
    case 'WRONG_EXTENSION':
      return `文件扩展名是“.${data.extension}”，但内容是 ${formatNames[data.format].zh}，已按实际内容读取。`;
    case 'HAS_MACROS':
      return '该文件含有宏（小程序）。宏没有运行，只读取了文字。';
    case 'PAGES_WITHOUT_TEXT':
      return `第 ${pageList(data.pages)} 页没有读到文字，可能是图片或空白页。`;
    case 'PAGE_UNREADABLE':
      return `第 ${data.page} 页无法读取：${damagesZh[data.detail]}。其他页不受影响。`;
    case 'ENCODING_UNSURE':
      return `文字按 ${data.encoding} 编码读取，但有些字符不符合。如果显示不对，请把文件另存为 UTF-8。`;
    case 'ATTACHMENTS_NOT_READ':
      return `其中的附件没有读取：${data.names.join('、')}。如有需要，请另存后单独拖入。`;
    case 'RECOGNITION_UNSURE':
      return `第 ${pageList(data.pages)} 页的文字由图片识别得到，可信度只有 ${percent(data.confidence)}。请与原件核对。`;
    case 'PICTURE_NOT_SHOWN':
      return `文件中的图像（${data.kind}）采用了这里无法显示的存储方式。文件头已读取；请用 DICOM 查看器打开图像。`;
    default:
      return assertNever(code);
  }
}

const onPage = (page: number | null): string => (page === null ? '' : ` on page ${page}`);
const atPage = (page: number | null): string => (page === null ? '' : `第 ${page} 页`);
const seconds = (ms: number): string => String(Math.round(ms / 1000));
const count = (number: number): string => number.toLocaleString('en-US');
const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}

/** `3, 5–8, 12`, cut after a few. */
function pageList(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && page <= last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  const shown = runs.slice(0, 8).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return runs.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

function assertNever(code: never): never {
  throw new Error(`An unknown problem: ${String(code)}`);
}
