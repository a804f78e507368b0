import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';
import { entropyPerSign } from './entropy.ts';

/** Keys that say themselves what they are, as their makers document them. */
const known: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['aws-key', /(?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}(?![A-Za-z0-9])/g],
  ['github-token', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255})/g],
  ['gitlab-token', /(?<![A-Za-z0-9])gl(?:pat|ptt|dt|rt|cbt)-[A-Za-z0-9_-]{18,64}/g],
  ['slack-token', /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g],
  ['slack-webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,120}/g],
  ['stripe-key', /(?<![A-Za-z0-9])(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,250}/g],
  ['google-key', /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,45}/g],
  ['google-oauth', /(?<![A-Za-z0-9])(?:ya29\.[A-Za-z0-9_-]{20,250}|GOCSPX-[A-Za-z0-9_-]{20,40})/g],
  [
    'model-provider-key',
    /(?<![A-Za-z0-9])(?:sk-(?:ant-|proj-|or-v1-|svcacct-)?[A-Za-z0-9_-]{20,250}|hf_[A-Za-z0-9]{30,60}|gsk_[A-Za-z0-9]{40,80}|r8_[A-Za-z0-9]{30,60})/g,
  ],
  ['npm-token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,60}/g],
  ['pypi-token', /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{40,250}/g],
  ['sendgrid-key', /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,40}\.[A-Za-z0-9_-]{16,80}/g],
  ['twilio-key', /(?<![A-Za-z0-9])(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/g],
  ['telegram-token', /(?<![A-Za-z0-9])\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/g],
  ['aliyun-key', /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])/g],
  ['tencent-key', /(?<![A-Za-z0-9])AKID[A-Za-z0-9]{28,40}(?![A-Za-z0-9])/g],
  ['shop-token', /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}/g],
  [
    'cloud-token',
    /(?<![A-Za-z0-9])(?:dop_v1_[a-f0-9]{64}|dapi[a-f0-9]{32}|glsa_[A-Za-z0-9_]{40,60}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}|EAAC[A-Za-z0-9]{30,250})/g,
  ],
  ['age-key', /AGE-SECRET-KEY-1[A-Z0-9]{50,62}/g],
  ['jwt', /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g],
  ['bearer', /\b(?:bearer|basic)\s{1,3}(?<value>[A-Za-z0-9._~+/-]{20,2000}={0,2})/dgi],
];

/** RFC 3986: `scheme://user:password@host`. The password alone is the secret, but the rest tells where it opens. */
const connection =
  /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,24}:\/\/[^\s:/@'"<>]{0,128}:[^\s/@'"<>]{1,256}@[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[^\s'"<>)\]，。]{0,200})?/g;
const keyedConnection = /\b(?:AccountKey|SharedAccessKey|Pwd|Password)\s?=\s?(?<value>[^;\s'"]{4,256})/dgi;

const passwordWords =
  '(?:pass ?word|pass ?phrase|passwd|pwd|passcode|\\bpin(?: code)?|kennwort|passwort|mot de passe|contraseña|wi-?fi key|口令|密码|密碼|登录码|开机码)';
const password = new RegExp(
  `${passwordWords}\\s{0,2}(?:(?:is\\b|was\\b|to\\b|=>|->|=|:|：|是|为|改为|设为|改成)\\s{0,2}){1,3}["'“‘\`「]?(?<value>[^\\s"'“”‘’\`「」，。；,;、]{4,128})`,
  'dgi',
);
const looksSecret = /\d|[!@#$%^&*_+=~?]|[a-z][A-Z]/;

const assigned =
  /(?:api[ _-]?key|app[ _-]?key|access[ _-]?key(?:[ _-]?id)?|secret(?:[ _-]?(?:access[ _-]?)?key)?|client[ _-]?secret|private[ _-]?key|auth[ _-]?token|access[ _-]?token|refresh[ _-]?token|token|credential|signing[ _-]?key|encryption[ _-]?key|密钥|令牌|秘钥|凭证|授权码)\s{0,2}["']?\s{0,2}(?:(?:is\b|=>|=|:|：|是|为)\s{0,2}){1,2}["'“]?(?<value>[A-Za-z0-9_\-+/.=~]{12,512})/dgi;

export function findSecrets(read: ReadText): Candidate[] {
  const { text } = read;
  const found: Candidate[] = [...privateKeys(text)];
  const add = (rule: string, score: number, { start, end }: { start: number; end: number }): void => {
    let last = end;
    while (last > start && /[.,;:!?。]/.test(text[last - 1] ?? '')) last -= 1;
    found.push({ kind: 'secret', rule, start, end: last, score });
  };
  for (const [rule, pattern] of known) for (const place of stretchesOf(pattern, text)) add(rule, 0.99, place);
  for (const place of stretchesOf(connection, text)) add('connection-string', 0.99, place);
  for (const place of stretchesOf(keyedConnection, text)) add('connection-key', 0.9, place);
  for (const place of stretchesOf(password, text)) {
    // "The password is required" names no password.
    if (looksSecret.test(place.text) && !/^(?:[<{[*•]|\$\{)/.test(place.text)) add('password', 0.9, place);
  }
  for (const place of stretchesOf(assigned, text)) {
    if (entropyPerSign(place.text) >= 2.9 && /\d/.test(place.text)) add('assigned-secret', 0.9, place);
  }
  return found;
}

const begin = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const end = '-----END';
/** A key of 16,384 bits has about 13,000 signs. */
const mostKeyChars = 20_000;

/** RFC 7468. The end is looked for once, also where a text has a thousand beginnings and no end. */
function* privateKeys(text: string): Generator<Candidate> {
  let nextEnd = 0;
  for (const { start, end: behind } of stretchesOf(begin, text)) {
    if (nextEnd !== -1 && nextEnd < behind) nextEnd = text.indexOf(end, behind);
    const line = nextEnd === -1 ? -1 : text.indexOf('-----', nextEnd + end.length);
    const stop = line === -1 || line - start > mostKeyChars ? Math.min(text.length, behind + 4000) : line + 5;
    yield { kind: 'secret', rule: 'private-key', start, end: stop, score: 1 };
  }
}
