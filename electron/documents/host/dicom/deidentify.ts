import type { DataSet, Element } from 'dicom-parser';

import { corrupt, DocumentFailure } from '../failure.ts';
import { attributeOf } from './dicom-dictionary.ts';
import { bytesOf, isPrivate, tagOf, vrOf } from './dicom-values.ts';
import type { DicomFile } from './open-dicom.ts';
import { replaceUid } from './replaced-uids.ts';
import { explicitBigEndian, implicitLittleEndian } from './transfer-syntaxes.ts';
import { writeAttributes, writeMeta, type WrittenAttribute } from './write-dicom.ts';

const method = 'DICOM PS3.15 Basic Application Level Confidentiality Profile';
/** Ours, drawn once: under the root for UUIDs. */
const implementationUid = '2.25.220837105462954372190874561834790215534';
const deepest = 16;

/** In place of a value that may not be missing. */
const dummies: Readonly<Record<string, string>> = {
  DA: '19000101',
  DT: '19000101000000',
  TM: '000000',
  PN: 'REMOVED',
};
/** Nothing that the profile does not know may carry these. */
const unknownGone = new Set(['DA', 'TM', 'DT', 'AS', 'PN', 'UN', 'SH', 'LO', 'ST', 'LT', 'UT', 'UC', 'UR', 'AE', 'OB']);
const freeText = new Set(['SH', 'LO', 'ST', 'LT', 'UT', 'UC']);
/** Whose values may not stand in any text that stays: names, identifiers, addresses. */
const identifying = /^0010(0010|0020|1000|1001|1005|1040|1060|2154)$|^0008(0050|0090)$/;
const shortestIdentity = 3;

/**
 * A copy after the Basic Application Level Confidentiality Profile (DICOM PS3.15, Annex E), in the transfer syntax of the
 * file. What is drawn into the pixels stays. Beyond the profile, text and dates in attributes that the dictionary does not
 * know are removed, and with implicit VR everything it does not know outside the description of the pixels.
 *
 * @throws DocumentFailure NOT_SUPPORTED, CORRUPT
 */
export function deidentify({ dataSet, transferSyntax }: DicomFile, uidKey: Uint8Array): Buffer {
  if (transferSyntax === explicitBigEndian) {
    throw new DocumentFailure({ code: 'NOT_SUPPORTED', data: { kind: 'big endian DICOM file' } });
  }
  const isExplicit = transferSyntax !== implicitLittleEndian;
  const work: Work = { uidKey, isExplicit, identities: identitiesOf(dataSet) };
  const kept = keptAttributes(dataSet, work, 0);
  const written = new Map(kept.map((attribute) => [attribute.tag, attribute]));
  for (const attribute of marks()) written.set(attribute.tag, attribute);
  const sopClass = dataSet.string('x00080016') ?? dataSet.string('x00020002') ?? '';
  const sopInstance = dataSet.string('x00080018') ?? dataSet.string('x00020003') ?? '';
  const meta: WrittenAttribute[] = [
    { tag: '00020001', vr: 'OB', bytes: Uint8Array.of(0, 1) },
    text('00020002', 'UI', replaceUid(sopClass, uidKey)),
    text('00020003', 'UI', replaceUid(sopInstance, uidKey)),
    text('00020010', 'UI', transferSyntax),
    text('00020012', 'UI', implementationUid),
  ];
  return Buffer.concat([...writeMeta(meta), ...writeAttributes([...written.values()], isExplicit)]);
}

interface Work {
  readonly uidKey: Uint8Array;
  readonly isExplicit: boolean;
  /** In upper case. */
  readonly identities: readonly string[];
}

function keptAttributes(dataSet: DataSet, work: Work, depth: number): WrittenAttribute[] {
  if (depth > deepest) throw corrupt('its sequences are nested too deeply');
  return Object.values(dataSet.elements).flatMap((element) => keep(dataSet, element, work, depth) ?? []);
}

function keep(dataSet: DataSet, element: Element, work: Work, depth: number): WrittenAttribute | undefined {
  const tag = tagOf(element);
  const group = Number.parseInt(tag.slice(0, 4), 16);
  if (isPrivate(tag) || group < 8 || tag.endsWith('0000') || isDrawing(group)) return undefined;
  if (/^7FE000(08|09|10)$/.test(tag)) return depth === 0 ? pixels(dataSet, element, tag) : undefined;
  const attribute = attributeOf(tag);
  const vr = vrOf(element) ?? 'UN';
  switch (attribute?.action) {
    case 'X':
      return undefined;
    case 'Z':
      return vr === 'SQ' ? { tag, vr, items: [] } : { tag, vr, bytes: new Uint8Array() };
    case 'D':
      return vr === 'SQ' ? { tag, vr, items: [] } : text(tag, vr, dummies[vr] ?? 'REMOVED');
    case 'U':
      return text(tag, 'UI', replacedUids(dataSet, element, work));
    case 'K':
    case undefined:
      break;
  }
  if (element.items !== undefined) {
    const items = element.items.flatMap(({ dataSet: inner }) =>
      inner === undefined ? [] : [keptAttributes(inner, work, depth + 1)],
    );
    return { tag, vr: 'SQ', items };
  }
  if (vr === 'UI') return text(tag, vr, replacedUids(dataSet, element, work));
  if (attribute === undefined && (unknownGone.has(vr) || (!work.isExplicit && group !== 0x28))) return undefined;
  // A sequence that the parser did not take for one holds anything.
  if (vr === 'SQ') return { tag, vr, items: [] };
  const bytes = bytesOf(dataSet, element);
  const isHarmless = freeText.has(vr) ? !namesSomebody(bytes, work) : isWellFormed(vr, bytes);
  return isHarmless ? { tag, vr, bytes } : { tag, vr, bytes: new Uint8Array() };
}

/** Curves (PS3.15: all of them) and what is drawn or written over the picture. */
function isDrawing(group: number): boolean {
  return (group >= 0x5000 && group <= 0x50ff) || (group >= 0x6000 && group <= 0x60ff);
}

function pixels(dataSet: DataSet, element: Element, tag: string): WrittenAttribute {
  const bytes = bytesOf(dataSet, element);
  if (element.encapsulatedPixelData !== true) return { tag, vr: element.vr ?? 'OW', bytes };
  const delimiter = Buffer.from('FEFFDDE000000000', 'hex');
  const isEnded = Buffer.from(bytes.subarray(-8)).equals(delimiter);
  return { tag, vr: 'OB', fragments: isEnded ? bytes : Buffer.concat([bytes, delimiter]) };
}

function replacedUids(dataSet: DataSet, element: Element, { uidKey }: Work): string {
  const uids = Buffer.from(bytesOf(dataSet, element))
    .toString('latin1')
    .replaceAll(/[\0\s]+/g, '')
    .split('\\');
  return uids.map((uid) => replaceUid(uid, uidKey)).join('\\');
}

/** Codes and numbers whose form leaves no room for words in lower case, and no other kind of text for anything. */
function isWellFormed(vr: string, bytes: Uint8Array): boolean {
  const value = Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replaceAll('\0', '');
  switch (vr) {
    case 'CS':
      return /^[A-Z0-9 _\\]*$/.test(value);
    case 'DS':
    case 'IS':
      return /^[-+0-9.eE \\]*$/.test(value);
    case 'PN':
    case 'DA':
    case 'TM':
    case 'DT':
    case 'AS':
    case 'UR':
    case 'AE':
    case 'UN':
      return false;
    default:
      return true;
  }
}

function identitiesOf(dataSet: DataSet): string[] {
  return Object.values(dataSet.elements)
    .filter((element) => identifying.test(tagOf(element)))
    .flatMap((element) => squeezed(bytesOf(dataSet, element)).split(/[\\^= ,]+/))
    .filter((part) => part.length >= shortestIdentity);
}

function namesSomebody(bytes: Uint8Array, { identities }: Work): boolean {
  const value = squeezed(bytes);
  return identities.some((identity) => value.includes(identity));
}

function squeezed(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\0\s]+/g, ' ')
    .toUpperCase();
}

/** What says that it was done, and how (PS3.15, E.1.1). */
function marks(): WrittenAttribute[] {
  return [
    text('00120062', 'CS', 'YES'),
    text('00120063', 'LO', method),
    {
      tag: '00120064',
      vr: 'SQ',
      items: [
        [
          text('00080100', 'SH', '113100'),
          text('00080102', 'SH', 'DCM'),
          text('00080104', 'LO', 'Basic Application Confidentiality Profile'),
        ],
      ],
    },
    text('00280303', 'CS', 'REMOVED'),
  ];
}

function text(tag: string, vr: string, value: string): WrittenAttribute {
  return { tag, vr, bytes: Buffer.from(value, 'latin1') };
}
