import { memo, useEffect, useState, type ReactNode } from 'react';

import type { CodeLine } from './code-colours.ts';
import { tryCodeLanguage, type CodeLanguage } from './code-language.ts';
import { createCodePainter, type CodePainter } from './code-painter.ts';
import { CopyButton } from './CopyButton.tsx';
import { useTranslation } from '../ui/use-translation.ts';

/** Code with the name of its language and a button to copy it. Colours follow as they are ready; the text never waits. */
export function CodeBlock({ code, language }: { code: string; language: string }): ReactNode {
  const { t } = useTranslation('chat');
  const lines = useColouredLines(code, tryCodeLanguage(language));
  const label = language === '' ? t('code.label') : t('code.labelled', { language });
  return (
    <figure className="code-block" aria-label={label}>
      <figcaption>
        <span>{language === '' ? t('code.plain') : language}</span>
        <CopyButton label={t('code.copy')} text={() => code} />
      </figcaption>
      {/* It scrolls sideways, so the keyboard must be able to reach it. */}
      <pre tabIndex={0} aria-label={label} role="group">
        <code>
          {code.split('\n').map((text, index) => (
            // A line has no other identity than its number.
            <Line key={index} text={text} coloured={lines[index]} />
          ))}
        </code>
      </pre>
    </figure>
  );
}

interface LineProps {
  readonly text: string;
  readonly coloured: CodeLine | undefined;
}

const Line = memo(function Line({ text, coloured }: LineProps): ReactNode {
  // The colours may be those of a shorter text, a moment ago: what is known to be right is taken, the rest is plain.
  const tokens = coloured !== undefined && text.startsWith(joined(coloured)) ? coloured : [];
  return (
    <>
      {tokens.map((token, index) =>
        token.kind === null ? (
          token.text
        ) : (
          <span key={index} className={`code-${token.kind}`}>
            {token.text}
          </span>
        ),
      )}
      {text.slice(joined(tokens).length)}
      {'\n'}
    </>
  );
});

function joined(tokens: CodeLine): string {
  return tokens.map((token) => token.text).join('');
}

function useColouredLines(code: string, language: CodeLanguage | undefined): readonly CodeLine[] {
  const [lines, setLines] = useState<readonly CodeLine[]>([]);
  const [painter, setPainter] = useState<CodePainter>();
  useEffect(() => {
    setLines([]);
    if (language === undefined) return undefined;
    const created = createCodePainter(language, setLines);
    setPainter(created);
    return () => created[Symbol.dispose]();
  }, [language]);
  useEffect(() => painter?.paint(code), [painter, code]);
  return lines;
}
