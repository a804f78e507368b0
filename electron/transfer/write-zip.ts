import { crc32 } from 'node:zlib';

/**
 * Writes a zip archive piece by piece (PKWARE's APPNOTE 6.3.10: 4.3.7 local header, 4.3.12 central directory, 4.3.14 and
 * 4.3.16 its ends). Names are UTF-8. Beyond 65,535 files or 4 GiB the Zip64 records are written as well.
 */
export interface ZipWriter {
  /** A file with its header. `compressed` is the content deflated without a header. */
  entry(file: {
    readonly name: string;
    readonly content: Buffer;
    readonly compressed: Buffer;
    readonly atMs: number;
  }): Buffer;
  /** The directory at the end; nothing may come after it. */
  end(): Buffer;
}

const utf8Names = 0x0800;
const deflated = 8;
const most16 = 0xffff;
const most32 = 0xffffffff;

export function createZipWriter(): ZipWriter {
  const directory: Buffer[] = [];
  let offset = 0;

  return {
    entry({ name, content, compressed, atMs }) {
      const nameBytes = Buffer.from(name);
      const common = Buffer.alloc(26);
      common.writeUInt16LE(20, 0);
      common.writeUInt16LE(utf8Names, 2);
      common.writeUInt16LE(deflated, 4);
      const { date, time } = dosTime(atMs);
      common.writeUInt16LE(time, 6);
      common.writeUInt16LE(date, 8);
      common.writeUInt32LE(crc32(content), 10);
      common.writeUInt32LE(compressed.length, 14);
      common.writeUInt32LE(content.length, 18);
      common.writeUInt16LE(nameBytes.length, 22);

      // Only the place of a file can be beyond 4 GiB: its content is in memory.
      const far = offset > most32 ? Buffer.alloc(12) : Buffer.alloc(0);
      if (far.length > 0) {
        far.writeUInt16LE(1, 0);
        far.writeUInt16LE(8, 2);
        far.writeBigUInt64LE(BigInt(offset), 4);
      }
      const central = Buffer.alloc(46);
      central.writeUInt32LE(0x02014b50, 0);
      central.writeUInt16LE(0x031e, 4);
      common.copy(central, 6);
      central.writeUInt16LE(far.length, 30);
      // An ordinary file that its owner may read and write.
      central.writeUInt32LE((0o100600 << 16) >>> 0, 38);
      central.writeUInt32LE(Math.min(offset, most32), 42);
      directory.push(central, nameBytes, far);

      const local = Buffer.alloc(4);
      local.writeUInt32LE(0x04034b50, 0);
      const piece = Buffer.concat([local, common, nameBytes, compressed]);
      offset += piece.length;
      return piece;
    },

    end() {
      const entries = directory.length / 3;
      const central = Buffer.concat(directory);
      const large = entries >= most16 || offset + central.length >= most32;
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(Math.min(entries, most16), 8);
      end.writeUInt16LE(Math.min(entries, most16), 10);
      end.writeUInt32LE(Math.min(central.length, most32), 12);
      end.writeUInt32LE(Math.min(offset, most32), 16);
      return Buffer.concat(large ? [central, zip64End(entries, central.length, offset), end] : [central, end]);
    },
  };
}

function zip64End(entries: number, directoryBytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + directoryBytes), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** Two seconds fine, from 1980 on, in the time zone of whoever unpacks it. */
function dosTime(atMs: number): { date: number; time: number } {
  const at = new Date(Math.max(atMs, Date.UTC(1980, 0, 1)));
  const year = Math.min(at.getUTCFullYear() - 1980, 127);
  return {
    date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}
