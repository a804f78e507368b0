import type { DataSet } from 'dicom-parser';

import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import type { Reading } from '../reading.ts';
import type { SourceFile } from '../source-file.ts';
import { attributeOf } from './dicom-dictionary.ts';
import { planPicture } from './dicom-picture.ts';
import { decoderOf, isPrivate, tagOf, tryShowValue, vrOf } from './dicom-values.ts';
import { openDicom } from './open-dicom.ts';
import { syntaxName } from './transfer-syntaxes.ts';

/** Sequences within sequences; the standard knows no need for more. */
const deepest = 8;
const mostRows = 5000;

/** A medical picture (DICOM PS3.10): its header as a table, with what tells of a person marked. @throws DocumentFailure */
export async function readDicom(file: SourceFile, reading: Reading): Promise<void> {
  await reading.recognised('dicom', 1);
  const dicom = await openDicom(file);
  const { dataSet, transferSyntax } = dicom;
  const rows: string[][] = [];
  const counts = { private: 0, personal: 0 };
  listRows(dataSet, decoderOf(dataSet), 0, rows, counts);
  const frames = dataSet.intString('x00280008') ?? 1;
  const { size, refusal } = planPicture(dicom);
  const facts = [
    `Transfer syntax: ${syntaxName(transferSyntax)}`,
    ...(size === undefined ? ['No picture'] : [`Picture: ${size.width} × ${size.height}`, `Frames: ${frames}`]),
    `Private attributes: ${counts.private}`,
    `Personal attributes (PHI): ${counts.personal}`,
  ];
  const blocks: DocumentBlock[] = [
    ...facts.map((text): DocumentBlock => ({ kind: 'paragraph', text })),
    { kind: 'table', header: ['Tag', 'Name', 'Value'], rows: rows.slice(0, mostRows) },
  ];
  await reading.page({
    unit: 'page',
    ...(size === undefined ? {} : { widthPt: size.width, heightPt: size.height }),
    blocks,
    pictures: size === undefined ? 0 : 1,
  });
  if (refusal !== undefined) reading.problem({ code: 'PICTURE_NOT_SHOWN', data: { kind: refusal } });
}

interface Counts {
  private: number;
  personal: number;
}

function listRows(dataSet: DataSet, decoder: TextDecoder, depth: number, rows: string[][], counts: Counts): void {
  for (const element of Object.values(dataSet.elements).toSorted((a, b) => (a.tag < b.tag ? -1 : 1))) {
    if (rows.length >= mostRows) return;
    const tag = tagOf(element);
    // Of no standard: nobody but the maker of the device knows what they mean.
    if (isPrivate(tag)) {
      counts.private += 1;
      continue;
    }
    if (tag.endsWith('0000') || tag === '7FE00010') continue;
    const attribute = attributeOf(tag);
    const isPersonal = attribute !== undefined && attribute.action !== 'K';
    const nested = element.items;
    const value = nested === undefined ? (tryShowValue(dataSet, element, decoder) ?? `${element.length} bytes`) : '';
    if (isPersonal && (value !== '' || nested !== undefined)) counts.personal += 1;
    const name = attribute?.name ?? `(${vrOf(element) ?? '?'})`;
    rows.push([`${'> '.repeat(depth)}${showTag(tag)}`, isPersonal ? `${name} (PHI)` : name, value]);
    if (nested === undefined || depth >= deepest) continue;
    for (const { dataSet: inner } of nested) if (inner !== undefined) listRows(inner, decoder, depth + 1, rows, counts);
  }
}

function showTag(tag: string): string {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`;
}
