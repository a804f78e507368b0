import type { Random } from './random.ts';

const any = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A sentence around a secret: what stands before it, the secret, what stands behind. */
export function madeSecret(random: Random): readonly [before: string, secret: string, behind: string] {
  const sign = (length: number, from = any): string => random.letters(length, from);
  return random.pick<() => readonly [string, string, string]>([
    () => ['The deploy uses ', `AKIA${sign(16, capitals)}`, ' for uploads.'],
    () => ['export GH=', `ghp_${sign(36)}`, '\n'],
    () => ['部署用的令牌是 ', `github_pat_${sign(60)}`, '，别外传。'],
    () => ['slack: ', `xoxb-${random.digits(12)}-${random.digits(12)}-${sign(24)}`, ''],
    () => ['Payments run with ', `sk_live_${sign(24)}`, ', rotate it soon.'],
    () => ['map key ', `AIza${sign(35)}`, ' is public'],
    () => ['He pasted ', `sk-proj-${sign(48)}`, ' into the chat.'],
    () => ['', `sk-ant-api03-${sign(80)}`, ' expires in May.'],
    () => ['registry line ', `npm_${sign(36)}`, ''],
    () => ['mail: ', `SG.${sign(22)}.${sign(43)}`, ' works'],
    () => ['cookie=', `eyJ${sign(30)}.eyJ${sign(60)}.${sign(43)}`, '; path=/'],
    () => ['Authorization: Bearer ', sign(40), ''],
    () => [
      '',
      `-----BEGIN RSA PRIVATE KEY-----\n${sign(64)}\n${sign(64)}\n-----END RSA PRIVATE KEY-----`,
      '\nkeep it safe',
    ],
    () => ['', `-----BEGIN OPENSSH PRIVATE KEY-----\n${sign(70)}\n-----END OPENSSH PRIVATE KEY-----`, ''],
    () => ['My password is ', `${sign(6)}!${random.digits(3)}`, ', do not tell.'],
    () => ['password: ', `${sign(9)}${random.digits(2)}`, '\nuser: admin'],
    () => ['后台密码：', `${sign(5)}@${random.digits(4)}`, '，用户名 admin'],
    () => ['邮箱密码是', `${sign(8)}${random.digits(2)}`, '。'],
    () => ['', `postgres://app:${sign(12)}@db.internal:5432/main`, ' is the database'],
    () => ['连接串 ', `mongodb+srv://root:${sign(10)}@cluster0.example.net/test`, ''],
    () => ['api_key = "', `${sign(30)}${random.digits(2)}`, '"'],
    () => ['client_secret: ', `${sign(28)}${random.digits(4)}`, ''],
    () => ['aws_secret_access_key=', `${sign(36)}${random.digits(4)}`, '\nregion=eu-west-1'],
    () => ['阿里云 ', `LTAI${sign(20)}`, ' 已停用'],
    () => ['bot ', `${random.digits(9)}:${sign(35)}`, ' answers'],
    () => ['pipeline token ', `glpat-${sign(20)}`, ''],
  ])();
}
