/** What can be damaged in a file: each in English, which names it, and in Chinese. The list is closed. */
export const damagesZh = {
  'its content contradicts itself': '内容前后矛盾',
  'its content is damaged': '内容已损坏',
  'the part with its text is missing': '缺少存放文字的部分',
  'the part that lists its slides is missing': '缺少列出幻灯片的部分',
  'the part that lists its sheets is missing': '缺少列出工作表的部分',
  'the list of its chapters is missing': '缺少章节列表',
  'its texts are larger than any workbook is': '其中的文字超过了任何工作簿的大小',
  'its parts are nested without end': '各部分无休止地互相嵌套',
  'its elements are nested without end': '元素无休止地互相嵌套',
  'the border between its parts is missing': '缺少各部分之间的分界',
  'the picture cannot be decoded': '图片无法解码',
  'a part of it is not where it should be': '有一部分不在应在的位置',
  'a part of it is packed in an unknown way': '有一部分以未知的方式压缩',
  'a part of it cannot be unpacked': '有一部分无法解压',
  'its table of contents is too large': '文件目录过大',
  'its table of contents is missing': '缺少文件目录',
  'its end is missing': '缺少结尾',
  'its structure cannot be made out': '结构无法辨认',
  'its header cannot be made out': '文件头无法辨认',
  'its sequences are nested too deeply': '序列嵌套过深',
  'none of its pages can be read': '没有一页可以读取',
} as const;
export type Damage = keyof typeof damagesZh;

/** Kinds of files that are recognised but cannot be read. */
export const unreadKindsZh = {
  'unknown binary data': '未知的二进制数据',
  'ZIP archive': 'ZIP 压缩包',
  'gzip archive': 'gzip 压缩包',
  'bzip2 archive': 'bzip2 压缩包',
  'xz archive': 'xz 压缩包',
  '7z archive': '7z 压缩包',
  'RAR archive': 'RAR 压缩包',
  'Word 97 document': 'Word 97 文档',
  'Excel 97 workbook': 'Excel 97 工作簿',
  'PowerPoint 97 presentation': 'PowerPoint 97 演示文稿',
  'Outlook message': 'Outlook 邮件',
  'Visio drawing': 'Visio 绘图',
  'file of an old Office program': '旧版 Office 文件',
  'AVIF picture': 'AVIF 图片',
  'DICOM picture': 'DICOM 图片',
  'DICOM file with a deflated header': '文件头经过压缩的 DICOM 文件',
  'big endian DICOM file': '大端序的 DICOM 文件',
  video: '视频',
  audio: '音频',
  'audio or video': '音频或视频',
  program: '程序',
  database: '数据库',
  'language model': '语言模型',
  'binary property list': '二进制属性列表',
} as const;
export type UnreadKind = keyof typeof unreadKindsZh;

export const damages = keysOf(damagesZh);
export const unreadKinds = keysOf(unreadKindsZh);

function keysOf<Key extends string>(texts: Readonly<Record<Key, string>>): Key[] {
  const isKey = (key: string): key is Key => key in texts;
  return Object.keys(texts).filter(isKey);
}
