import type { DocumentFormat } from '../../../shared/model/documents/document-format.ts';
import { makeDocx, makePptx, makeXlsx } from './office-files.ts';
import { makeEpub, makeOdp, makeOds, makeOdt } from './open-document-files.ts';
import { makePdf, setLines } from './pdf-writer.ts';
import { chineseText, englishText } from './prose.ts';

/** A file of which is known what stands on each of its pages. */
export interface GoodFile {
  readonly name: string;
  readonly format: DocumentFormat;
  readonly bytes: Buffer;
  /** All the text of each page in reading order; white space does not count. */
  readonly pages: readonly string[];
}

const one = englishText(120, 1);
const two = englishText(90, 2);
const three = chineseText(160, 3);
const rows = [
  ['Region', 'Ships', 'Tonnes'],
  ['North', '12', '3400'],
  ['South', '7', '1250'],
];
const flat = rows.flat().join('');

const csv = Buffer.from('Name;Town;Note\nAnna;"Bern; old town";"said ""yes"""\nBo;Ulm;\n');
const markdown = `# Harbour\n\n${one}\n\n- nets\n- ropes\n\n| Region | Ships |\n|---|---|\n| North | 12 |\n\n\`\`\`ts\nconst a = 1;\n\`\`\`\n\n[^1]: A note.\n`;
const html = `<!doctype html><html><head><title>Harbour page</title><style>p{}</style><script>alert(1)</script></head><body><nav>Menu</nav><main><h1>Harbour</h1><p>${one}</p><ul><li>nets<li>ropes</ul><table><tr><th>Region<th>Ships</tr><tr><td>North<td>12</tr></table><p style="display:none">secret order</p><pre><code class="language-ts">a\n  b</code></pre></main></body></html>`;
const eml = [
  'From: =?utf-8?B?5byg5LiJ?= <z@example.org>',
  'To: b@example.org',
  'Subject: =?utf-8?Q?Harbour_caf=C3=A9?=',
  'Date: Mon, 1 Jan 2024 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  '--b1',
  'Content-Type: multipart/alternative; boundary=b2',
  '',
  '--b2',
  'Content-Type: text/plain; charset=gb2312',
  'Content-Transfer-Encoding: base64',
  '',
  // 你好
  Buffer.from([0xc4, 0xe3, 0xba, 0xc3]).toString('base64'),
  '--b2',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>other</p>',
  '--b2--',
  '--b1',
  'Content-Type: application/zip; name="things.zip"',
  'Content-Disposition: attachment; filename="things.zip"',
  'Content-Transfer-Encoding: base64',
  '',
  'UEsDBA==',
  '--b1--',
  '',
].join('\r\n');
const mbox = `From a@b Mon Jan  1 00:00:00 2024\nFrom: a@b\nSubject: First\n\n${two}\n\n>From here on.\n\nFrom c@d Tue Jan  2 00:00:00 2024\nFrom: c@d\nSubject: Second\n\nBye.\n`;
const rtf = `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\title Harbour}}\\pard\\outlinelevel0 Title\\par\\pard ${one}\\par caf\\'e9 \\u20320?\\u22909?\\par\\trowd\\pard\\intbl Region\\cell Ships\\cell\\row\\trowd\\pard\\intbl North\\cell 12\\cell\\row\\pard Note{\\footnote\\pard Small.}\\par\\page Next\\par}`;

const columnText = [englishText(150, 4), englishText(150, 5)] as const;

export const columnsPdf = makePdf(
  [
    {
      texts: [
        { x: 150, y: 740, size: 18, text: 'A title over both columns' },
        ...setLines(columnText[0], 50, 700, 9, 44),
        ...setLines(columnText[1], 320, 700, 9, 44),
        { x: 300, y: 40, size: 9, text: '1' },
      ],
    },
  ],
  { title: 'Columns' },
);

const tableRows = [
  ['Region', 'Ships', 'Cargo in tonnes'],
  ['North', '12', '3,400'],
  ['South', '7', '1,250'],
  ['East', '31', '9,875'],
];
export const tablePdf = makePdf([
  {
    texts: [
      { x: 72, y: 740, size: 16, text: 'Traffic' },
      ...setLines(one, 72, 700, 11, 68),
      ...tableRows.flatMap((row, at) =>
        row.map((text, column) => ({ x: 72 + column * 150, y: 500 - at * 16, size: 11, text })),
      ),
      ...setLines(two, 72, 420, 11, 68),
    ],
  },
]);

/** A page of about 2,700 letters. */
export function textPage(number: number) {
  return {
    text: `Chapter ${number} ${englishText(420, 100 + number)} Page ${number}`,
    page: {
      texts: [
        { x: 72, y: 740, size: 16, text: `Chapter ${number}` },
        ...setLines(englishText(420, 100 + number), 72, 705, 10, 78),
        { x: 290, y: 30, size: 10, text: `Page ${number}` },
      ],
    },
  };
}

export const goodFiles: readonly GoodFile[] = [
  { name: 'notes.txt', format: 'text', bytes: Buffer.from(`${one}\n\n${three}`), pages: [one + three] },
  {
    name: 'notes.md',
    format: 'markdown',
    bytes: Buffer.from(markdown),
    pages: [`Harbour${one}netsropesRegionShipsNorth12consta=1;A note.`],
  },
  { name: 'table.csv', format: 'csv', bytes: csv, pages: ['NameTownNoteAnnaBern; old townsaid "yes"BoUlm'] },
  { name: 'table.tsv', format: 'tsv', bytes: Buffer.from(rows.map((row) => row.join('\t')).join('\n')), pages: [flat] },
  {
    name: 'page.html',
    format: 'html',
    bytes: Buffer.from(html),
    pages: [`Harbour${one}netsropesRegionShipsNorth12a b`],
  },
  {
    name: 'data.json',
    format: 'json',
    bytes: Buffer.from('{"a": [1, 2, {"b": "c"}]}'),
    pages: ['{"a": [1, 2, {"b": "c"}]}'],
  },
  { name: 'data.yaml', format: 'yaml', bytes: Buffer.from('a:\n  - 1\n  - b\n'), pages: ['a:-1-b'] },
  {
    name: 'data.xml',
    format: 'xml',
    bytes: Buffer.from('<?xml version="1.0"?>\n<a><b>c</b></a>'),
    pages: ['<?xml version="1.0"?><a><b>c</b></a>'],
  },
  {
    name: 'program.py',
    format: 'code',
    bytes: Buffer.from('def f(x):\n    return x + 1\n'),
    pages: ['def f(x):return x + 1'],
  },
  {
    name: 'text.pdf',
    format: 'pdf',
    bytes: makePdf([{ texts: setLines(one, 72, 720, 11, 70) }, { texts: setLines(three, 72, 720, 11, 66) }]),
    pages: [one, three],
  },
  {
    name: 'columns.pdf',
    format: 'pdf',
    bytes: columnsPdf,
    pages: [`A title over both columns${columnText.join('')}1`],
  },
  { name: 'table.pdf', format: 'pdf', bytes: tablePdf, pages: [`Traffic${one}${tableRows.flat().join('')}${two}`] },
  {
    name: 'letter.docx',
    format: 'docx',
    bytes: makeDocx(
      [
        { heading: 'Harbour', level: 1 },
        { paragraph: one, note: 'A small note.' },
        { item: 'nets' },
        { item: 'first', numbered: true },
        { rows },
        'page break',
        { paragraph: three },
      ],
      { title: 'A letter' },
    ),
    pages: [`Harbour${one}[1]netsfirst${flat}A small note.`, three],
  },
  {
    name: 'book.xlsx',
    format: 'xlsx',
    bytes: makeXlsx([
      {
        name: 'Ships',
        rows: [
          ['Region', 'Ships', 'Since'],
          ['North', 12, { date: 45_292 }],
          ['South', 7.5, { date: 44_927 }],
        ],
      },
      { name: '备注', rows: [[three]] },
    ]),
    pages: ['RegionShipsSinceNorth122024-01-01South7.52023-01-01', three],
  },
  {
    name: 'talk.pptx',
    format: 'pptx',
    bytes: makePptx([
      { title: 'First slide', items: ['nets', 'ropes'], notes: 'Say hello.' },
      { title: '第二张', items: [three] },
    ]),
    pages: ['First slidenetsropesSay hello.', `第二张${three}`],
  },
  {
    name: 'letter.odt',
    format: 'odt',
    bytes: makeOdt({
      title: 'A letter',
      heading: 'Harbour',
      paragraphs: [one, two],
      items: ['nets', 'ropes'],
      rows,
      note: 'A note.',
      secondPage: three,
    }),
    pages: [`Harbour${one}${two}netsropes${flat}See[1]A note.`, three],
  },
  {
    name: 'book.ods',
    format: 'ods',
    bytes: makeOds([
      { name: 'Ships', rows },
      { name: 'Other', rows: [['', 'x']] },
    ]),
    pages: [flat, 'x'],
  },
  {
    name: 'talk.odp',
    format: 'odp',
    bytes: makeOdp([
      { name: 'one', paragraphs: [two] },
      { name: 'two', paragraphs: [three] },
    ]),
    pages: [two, three],
  },
  {
    name: 'book.epub',
    format: 'epub',
    bytes: makeEpub('A book', [
      { title: 'One', html: `<p>${one}</p>` },
      { title: '二', html: `<p>${three}</p>` },
    ]),
    pages: [`One${one}`, `二${three}`],
  },
  {
    name: 'letter.rtf',
    format: 'rtf',
    bytes: Buffer.from(rtf, 'latin1'),
    pages: [`Title${one}café 你好RegionShipsNorth12NoteSmall.`, 'Next'],
  },
  {
    name: 'mail.eml',
    format: 'eml',
    bytes: Buffer.from(eml),
    pages: ['Harbour caféFrom: 张三 <z@example.org>To: b@example.orgDate: Mon, 1 Jan 2024 10:00:00 +0000你好'],
  },
  {
    name: 'mails.mbox',
    format: 'mbox',
    bytes: Buffer.from(mbox),
    pages: [`FirstFrom: a@b${two}From here on.`, 'SecondFrom: c@dBye.'],
  },
];
