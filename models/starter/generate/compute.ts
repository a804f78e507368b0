/**
 * The value of an expression of numbers, + - * / ** and brackets, rounded to two decimals; undefined when it is none.
 */
export function tryCompute(expression: string): string | undefined {
  const tokens = expression.match(/\d+(?:\.\d+)?|\*\*|[-+*/()]/g) ?? [];
  if (tokens.join('') !== expression.replaceAll(/\s/g, '')) return undefined;
  let at = 0;
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = tokens[at] === '+' ? 1 : -1;
      at += 1;
      value += sign * product();
    }
    return value;
  };
  const product = (): number => {
    let value = power();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const times = tokens[at] === '*';
      at += 1;
      const next = power();
      value = times ? value * next : value / next;
    }
    return value;
  };
  const power = (): number => {
    const base = atom();
    if (tokens[at] !== '**') return base;
    at += 1;
    return base ** power();
  };
  const atom = (): number => {
    const token = tokens[at];
    at += 1;
    if (token === '-') return -atom();
    if (token !== '(') return token === undefined ? Number.NaN : Number(token);
    const value = sum();
    at += 1;
    return value;
  };
  const value = sum();
  if (at !== tokens.length || !Number.isFinite(value)) return undefined;
  return String(Math.round(value * 100) / 100);
}
