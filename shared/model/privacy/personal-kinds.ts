/** Kinds of personal data, in the order in which they are shown. The list is closed. */
export const personalKinds = [
  'name',
  'organisation',
  'email',
  'phone',
  'address',
  'birthDate',
  'nationalId',
  'passport',
  'medicalRecord',
  'card',
  'iban',
  'ipAddress',
  'macAddress',
  'secret',
  'own',
] as const;

export type PersonalKind = (typeof personalKinds)[number];

/** What stands in place of a value of the kind, without its number. */
const placeholderWords: Readonly<Record<PersonalKind, { readonly en: string; readonly zh: string }>> = {
  name: { en: 'NAME', zh: '姓名' },
  organisation: { en: 'ORGANISATION', zh: '机构' },
  email: { en: 'EMAIL', zh: '邮箱' },
  phone: { en: 'PHONE', zh: '电话' },
  address: { en: 'ADDRESS', zh: '地址' },
  birthDate: { en: 'BIRTH DATE', zh: '出生日期' },
  nationalId: { en: 'ID NUMBER', zh: '证件号' },
  passport: { en: 'PASSPORT', zh: '护照' },
  medicalRecord: { en: 'MEDICAL RECORD', zh: '病历号' },
  card: { en: 'CARD', zh: '卡号' },
  iban: { en: 'IBAN', zh: '银行账号' },
  ipAddress: { en: 'IP ADDRESS', zh: 'IP 地址' },
  macAddress: { en: 'MAC ADDRESS', zh: 'MAC 地址' },
  secret: { en: 'SECRET', zh: '密钥' },
  own: { en: 'REMOVED', zh: '隐去' },
};

/** `[NAME 1]`, `[姓名 1]`; `number` from 1. */
export function placeholderOf(kind: PersonalKind, number: number, language: 'en' | 'zh'): string {
  return `[${placeholderWords[kind][language]} ${number}]`;
}
