import { createHmac } from 'node:crypto';

/** Registered by the standard itself, such as the class of an object: the same in every file. */
const ofTheStandard = /^1\.2\.840\.10008(?:\.\d{1,5}){1,8}$/;

/**
 * The same new UID for the same old one and key, so that the files of one study stay together, and nobody without the key
 * can tell which was replaced. Under the root for UUIDs (PS3.5, B.2).
 */
export function replaceUid(uid: string, key: Uint8Array): string {
  if (uid === '' || ofTheStandard.test(uid)) return uid;
  const digest = createHmac('sha256', key).update(uid).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${digest}`)}`;
}
