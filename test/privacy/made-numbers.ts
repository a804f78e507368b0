import type { Random } from './random.ts';

/** Makes numbers that keep their check digits, by trying: the checks here are written apart from the product's. */
const until = (make: () => string, good: (value: string) => boolean): string => {
  for (;;) {
    const value = make();
    if (good(value)) return value;
  }
};
const numberOf = (sign: string | undefined): number => Number.parseInt(sign ?? '0', 36);

function luhnSum(digits: string): number {
  return [...digits].toReversed().reduce((sum, sign, place) => {
    const twice = Number(sign) * (place % 2 === 1 ? 2 : 1);
    return sum + Math.trunc(twice / 10) + (twice % 10);
  }, 0);
}

export function makeCard(random: Random, valid = true): string {
  const [head, length] = random.pick([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2345', 16],
    ['37', 15],
    ['6011', 16],
    ['6222', 16],
    ['3530', 16],
  ] as const);
  return until(
    () => head + random.digits(length - head.length),
    (card) => (luhnSum(card) % 10 === 0) === valid,
  );
}

export function groupCard(card: string, gap: string): string {
  return card.length === 15
    ? [card.slice(0, 4), card.slice(4, 10), card.slice(10)].join(gap)
    : (card.match(/.{4}/g) ?? []).join(gap);
}

export function makeIban(random: Random, valid = true): string {
  const [country, length, letters] = random.pick([
    ['DE', 22, 0],
    ['GB', 22, 4],
    ['FR', 27, 0],
    ['ES', 24, 0],
    ['NL', 18, 4],
    ['IT', 27, 1],
    ['CH', 21, 0],
    ['PL', 28, 0],
  ] as const);
  const body = random.letters(letters, 'ABCDEFGHKLMNPRSTW') + random.digits(length - 4 - letters);
  const value = BigInt([...`${body}${country}00`].map((sign) => String(numberOf(sign))).join(''));
  const check = Number(98n - (value % 97n));
  return `${country}${String(valid ? check : (check + 13) % 98).padStart(2, '0')}${body}`;
}

export function makeResidentId(random: Random, valid = true): string {
  const area = random.pick(['110105', '310104', '440305', '510107', '330106', '420102', '610113', '320505', '370202']);
  const body = `${area}${1940 + random.below(70)}${two(1 + random.below(12))}${two(1 + random.below(28))}${random.digits(3)}`;
  const sum = [...body].reduce((total, sign, place) => total + Number(sign) * (2 ** (17 - place) % 11), 0);
  const rest = (12 - (sum % 11)) % 11;
  return body + (valid ? (rest === 10 ? 'X' : String(rest)) : String((rest + 3) % 10));
}

export const two = (value: number): string => String(value).padStart(2, '0');

export function makeSsn(random: Random): string {
  return until(
    () => `${100 + random.below(560)}-${10 + random.below(89)}-${1000 + random.below(8999)}`,
    (value) => !value.startsWith('666'),
  );
}

export function makeNhs(random: Random): string {
  return until(
    () => random.digits(10),
    (value) => {
      const total = [...value].reduce((sum, sign, place) => sum + Number(sign) * (place === 9 ? 1 : 10 - place), 0);
      return total % 11 === 0 && new Set(value).size > 3;
    },
  );
}

export function makeNino(random: Random): string {
  return `${random.pick(['AB', 'CE', 'HJ', 'KL', 'PW', 'SR'])} ${random.digits(2)} ${random.digits(2)} ${random.digits(2)} ${random.pick(['A', 'B', 'C', 'D'])}`;
}

export function makeTaxId(random: Random): string {
  const [...order] = '0123456789';
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other] ?? '', order[at] ?? ''];
  }
  if (order[0] === '0') order.reverse();
  order[9] = order[3] ?? '';
  const ten = order.join('');
  let rest = 10;
  for (const sign of ten) {
    let sum = (rest + Number(sign)) % 10;
    if (sum === 0) sum = 10;
    rest = (2 * sum) % 11;
  }
  return `${ten}${rest === 1 ? 0 : 11 - rest}`;
}

export function makeNir(random: Random): string {
  const body = `${1 + random.below(2)}${random.digits(2)}${two(1 + random.below(12))}${two(1 + random.below(95))}${random.digits(6)}`;
  return body + two(Number(97n - (BigInt(body) % 97n)));
}

export function makeDni(random: Random): string {
  const digits = random.digits(8);
  return digits + ('TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] ?? '');
}

export function makeCpf(random: Random): string {
  const digits = [...random.digits(9)].map(Number);
  for (const turn of [10, 11]) {
    const total = digits.reduce((sum, digit, place) => sum + digit * (turn - place), 0);
    digits.push(total % 11 < 2 ? 0 : 11 - (total % 11));
  }
  return digits.join('').replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4');
}

/** The tables of the dihedral group, written out. */
const times = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const turns = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

export function makeAadhaar(random: Random): string {
  return until(
    () => `${2 + random.below(8)}${random.digits(11)}`,
    (value) => {
      let state = 0;
      for (const [place, sign] of [...value].toReversed().entries()) {
        state = Number(times[state]?.[Number(turns[place % 8]?.[Number(sign)])]);
      }
      return state === 0;
    },
  ).replace(/(....)(....)(....)/, '$1 $2 $3');
}

/** Known good ones; the rule that makes the letters of a name is not needed here. */
export const taxCodes = [
  'RSSMRA85T10A562S',
  'VRDGPP73R10B293G',
  'BNCLRD76A01H501G',
  'FRRGLI90D45F205U',
  'CNTMRC68P12L219U',
] as const;
