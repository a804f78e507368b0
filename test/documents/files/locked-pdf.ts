import { createHash } from 'node:crypto';

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const fileId = Buffer.alloc(16, 1);
const permissions = -44;

/** A PDF with one line of text, encrypted as PDF 1.4 does it: RC4 with 40 bits (ISO 32000-1, 7.6). */
export function makeLockedPdf(text: string, password: string): Buffer {
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const rights = Buffer.alloc(4);
  rights.writeInt32LE(permissions);
  const key = md5(padded(password), owner, rights, fileId).subarray(0, 5);
  const contentKey = md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10);
  const content = rc4(contentKey, Buffer.from(`BT /F1 20 Tf 72 700 Td (${text}) Tj ET`)).toString('latin1');
  const user = rc4(key, padding);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    `<< /Filter /Standard /V 1 /R 2 /P ${permissions} /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
  ];
  let file = '%PDF-1.4\n';
  const rows = objects.map((body, index) => {
    const row = `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return row;
  });
  const start = file.length;
  const id = fileId.toString('hex');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Encrypt 6 0 R /ID [<${id}> <${id}>] >>\n`;
  return Buffer.from(`${file}startxref\n${start}\n%%EOF\n`, 'latin1');
}

function padded(password: string): Buffer {
  return Buffer.concat([Buffer.from(password), padding]).subarray(0, 32);
}

function md5(...parts: Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const swap = (a: number, b: number): void => {
    const kept = state.readUInt8(a);
    state.writeUInt8(state.readUInt8(b), a);
    state.writeUInt8(kept, b);
  };
  let j = 0;
  for (let index = 0; index < 256; index += 1) {
    j = (j + state.readUInt8(index) + key.readUInt8(index % key.length)) % 256;
    swap(index, j);
  }
  let i = 0;
  j = 0;
  return Buffer.from(
    Array.from(data, (byte) => {
      i = (i + 1) % 256;
      j = (j + state.readUInt8(i)) % 256;
      swap(i, j);
      return byte ^ state.readUInt8((state.readUInt8(i) + state.readUInt8(j)) % 256);
    }),
  );
}
