import type { ComparedSide, Comparison } from '../../../shared/contract/index.ts';

const texts = {
  en: {
    title: (before: string, after: string) => `# What changed from ${before} to ${after}`,
    counts: ({ changed, added, removed, moved, same }: Comparison['counts']) =>
      `${changed} changed, ${added} added, ${removed} removed, ${moved} moved, ${same} the same.`,
    changed: 'Changed',
    added: 'Added',
    removed: 'Removed',
    moved: 'Moved',
    page: (page: number) => `page ${page}`,
    before: 'Before',
    after: 'After',
    left: (count: number) => `… and ${count} more changes that did not fit.`,
    nothing: 'The texts are the same.',
  },
  zh: {
    title: (before: string, after: string) => `# 从《${before}》到《${after}》的变化`,
    counts: ({ changed, added, removed, moved, same }: Comparison['counts']) =>
      `修改 ${changed} 处，新增 ${added} 处，删除 ${removed} 处，移动 ${moved} 处，相同 ${same} 段。`,
    changed: '修改',
    added: '新增',
    removed: '删除',
    moved: '移动',
    page: (page: number) => `第 ${page} 页`,
    before: '之前',
    after: '之后',
    left: (count: number) => `……另有 ${count} 处变化未列出。`,
    nothing: '两份文字相同。',
  },
} as const;

/** As much of the list of changes as fits; `left` is how many do not. */
export function describeChanges(
  comparison: Comparison,
  { language, limitChars }: { readonly language: 'en' | 'zh'; readonly limitChars: number },
): { markdown: string; left: number } {
  const words = texts[language];
  const head = [words.title(comparison.before.name, comparison.after.name), words.counts(comparison.counts)];
  const entries = comparison.rows.flatMap(({ kind, before, after }): string[] => {
    if (kind === 'same' || kind === 'movedAway') return [];
    const pages = [before, after].flatMap((side) => (side === null ? [] : [words.page(side.page)]));
    const title = `## ${words[kind]} (${[...new Set(pages)].join(' → ')})`;
    if (kind === 'changed' && before !== null && after !== null) {
      return [
        [title, `${words.before}: ${marked(before, '~~')}`, `${words.after}: ${marked(after, '**')}`].join('\n\n'),
      ];
    }
    const side = after ?? before;
    return side === null ? [] : [[title, plainText(side)].join('\n\n')];
  });
  const kept: string[] = [];
  let length = head.join('\n\n').length;
  for (const entry of entries) {
    if (length + entry.length + 2 > limitChars) break;
    kept.push(entry);
    length += entry.length + 2;
  }
  const left = entries.length - kept.length;
  const end = left > 0 ? [words.left(left)] : entries.length === 0 ? [words.nothing] : [];
  return { markdown: `${[...head, ...kept, ...end].join('\n\n')}\n`, left };
}

function marked({ pieces }: ComparedSide, mark: string): string {
  return pieces
    .map(({ text, changed }) =>
      changed && text.trim() !== '' ? text.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1${mark}$2${mark}$3`) : text,
    )
    .join('');
}

function plainText({ pieces }: ComparedSide): string {
  return pieces.map(({ text }) => text).join('');
}
