import type { EvalCheck } from './eval-set.ts';

const refusal = /does not say|doesn't say|not in the document|not mention|没有提到|没有说明|没有写|未提及/i;

/** Whether an answer is right. */
export function isRight(answer: string, check: EvalCheck): boolean {
  switch (check.kind) {
    case 'value':
      return containsExactly(answer, check.value);
    case 'absent':
      return refusal.test(answer);
    case 'call':
      return isCall(answer, check.name, check.arguments);
    case 'mentions': {
      const found = check.values.filter((value) => containsExactly(answer, value));
      return found.length >= Math.ceil(check.values.length / 2);
    }
    case 'patterns':
      return (
        check.must.every((pattern) => new RegExp(pattern, 'iu').test(answer)) &&
        !check.mustNot.some((pattern) => new RegExp(pattern, 'iu').test(answer))
      );
  }
}

/** The value, not a part of a longer number or word: 12 is not in 120 nor in 3.12. */
export function containsExactly(answer: string, value: string): boolean {
  const [text, wanted] = [answer.toLowerCase(), value.toLowerCase()];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + wanted.length)];
    const startsInside = /^[a-z0-9]/.test(wanted) && /[a-z0-9]$|\d[.,]$/.test(before);
    const endsInside = /[a-z0-9]$/.test(wanted) && /^[a-z0-9]|^[.,]\d/.test(after);
    if (!startsInside && !endsInside) return true;
  }
  return false;
}

function isCall(answer: string, name: string, args: Readonly<Record<string, string>>): boolean {
  const inside = /^\s*<tool_call>(.*)<\/tool_call>\s*$/s.exec(answer)?.[1];
  if (inside === undefined) return false;
  try {
    const call: unknown = JSON.parse(inside);
    return JSON.stringify(sorted(call)) === JSON.stringify(sorted({ name, arguments: args }));
  } catch {
    return false;
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
