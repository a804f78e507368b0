import { makeDicom, scanAttributes } from './dicom-writer.ts';
import { goodFiles } from './good-files.ts';
import { mutate, mutateInside } from './mutate.ts';

export interface DamagedFile {
  readonly name: string;
  readonly seed: number;
  readonly bytes: Buffer;
}

/** Of each good file. */
const mutations = 12;

/**
 * The same damage every time. Of an archive half of it is done to what is packed in it; elsewhere it would only be met by
 * the unpacking.
 */
export function damagedFiles(): DamagedFile[] {
  const scan = { name: 'scan.dcm', bytes: makeDicom({ attributes: scanAttributes }) };
  return [...goodFiles, scan].flatMap(({ name, bytes }) =>
    Array.from({ length: mutations }, (_, index) => {
      const seed = index + 1;
      const isArchive = bytes.toString('latin1', 0, 2) === 'PK';
      return { name, seed, bytes: isArchive && seed % 2 === 0 ? mutateInside(bytes, seed) : mutate(bytes, seed) };
    }),
  );
}
