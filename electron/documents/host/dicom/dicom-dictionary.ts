import { patientAttributes } from './patient-attributes.ts';
import { pictureAttributes } from './picture-attributes.ts';
import { procedureAttributes } from './procedure-attributes.ts';

/**
 * What the basic profile does with an attribute (DICOM PS3.15, Table E.1-1): `X` removes it, `Z` empties it, `D` puts a
 * dummy in its place, `U` replaces its UID by one that is the same throughout. Where the table leaves a choice by the type
 * of the attribute (`X/Z`, `X/Z/D`), the one that keeps the copy valid stands here. `K`: the profile does not name it.
 */
export type DicomAction = 'X' | 'Z' | 'D' | 'U' | 'K';

export interface DicomAttribute {
  readonly vr: string;
  readonly action: DicomAction;
  /** PS3.6. */
  readonly name: string;
}

/** By group and element in hexadecimal, as `00100010`. */
export function attributeOf(tag: string): DicomAttribute | undefined {
  return attributes.get(tag);
}

const attributes = new Map(
  [patientAttributes, pictureAttributes, procedureAttributes]
    .flatMap((table) => table.trim().split('\n'))
    .flatMap((line): [string, DicomAttribute][] => {
      const [tag = '', vr = '', action = '', ...name] = line.split(' ');
      return isAction(action) ? [[tag, { vr, action, name: name.join(' ') }]] : [];
    }),
);

function isAction(letter: string): letter is DicomAction {
  return /^[XZDUK]$/.test(letter);
}
