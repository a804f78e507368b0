import { bytesOf } from './dicom-values.ts';
import { encodePng } from './encode-png.ts';
import type { DicomFile } from './open-dicom.ts';
import { explicitLittleEndian, implicitLittleEndian, syntaxName } from './transfer-syntaxes.ts';

const mostPixels = 40_000_000;

export interface DicomPicture {
  /** In pixels; absent where the file holds no picture. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Why it cannot be shown, as an English name of what it is. */
  readonly refusal?: string;
  /** The first frame as PNG; absent where there is none to show. */
  readonly draw?: () => Buffer;
}

/** What can be shown: uncompressed little endian, grey with 8 or 16 bits, or RGB with 8. */
export function planPicture({ dataSet, transferSyntax }: DicomFile): DicomPicture {
  const height = dataSet.uint16('x00280010') ?? 0;
  const width = dataSet.uint16('x00280011') ?? 0;
  const element = dataSet.elements['x7fe00010'];
  if (element === undefined || width === 0 || height === 0) return {};
  const size = { width, height };
  const isPlain = transferSyntax === implicitLittleEndian || transferSyntax === explicitLittleEndian;
  if (!isPlain || element.encapsulatedPixelData === true) return { size, refusal: syntaxName(transferSyntax) };
  const samples = dataSet.uint16('x00280002') ?? 1;
  const bits = dataSet.uint16('x00280100') ?? 0;
  const kind = dataSet.string('x00280004') ?? '';
  const isGrey = samples === 1 && /^MONOCHROME[12]$/.test(kind) && (bits === 8 || bits === 16);
  const isColour = samples === 3 && kind === 'RGB' && bits === 8;
  if (!isGrey && !isColour) return { size, refusal: `${kind === '' ? '?' : kind.slice(0, 32)}, ${bits} bit` };
  if (width * height > mostPixels) return { size, refusal: `${width} × ${height}` };
  const frame = bytesOf(dataSet, element).subarray(0, (width * height * samples * bits) / 8);
  if (frame.length < (width * height * samples * bits) / 8) return { size, refusal: 'incomplete pixel data' };
  return {
    size,
    draw() {
      if (isColour) {
        const isPlanar = dataSet.uint16('x00280006') === 1;
        return encodePng(isPlanar ? interleave(frame, width * height) : frame, width, height, 3);
      }
      return encodePng(
        grey(frame, readGreyWay({ dataSet, bits, isInverted: kind === 'MONOCHROME1' })),
        width,
        height,
        1,
      );
    },
  };
}

function interleave(planes: Uint8Array, pixels: number): Uint8Array {
  const mixed = new Uint8Array(planes.length);
  for (let at = 0; at < pixels; at += 1) {
    for (let plane = 0; plane < 3; plane += 1) mixed[at * 3 + plane] = planes[plane * pixels + at] ?? 0;
  }
  return mixed;
}

interface GreyWay {
  readonly bits: number;
  /** What a stored number stands for. */
  readonly valueOf: (raw: number) => number;
  /** Undefined where the file names none; then all there is is shown. */
  readonly window: { readonly centre: number; readonly width: number } | undefined;
  readonly isInverted: boolean;
}

function readGreyWay({
  dataSet,
  bits,
  isInverted,
}: Pick<DicomFile, 'dataSet'> & { bits: number; isInverted: boolean }): GreyWay {
  const stored = Math.min(bits, Math.max(1, dataSet.uint16('x00280101') ?? bits));
  const shift = Math.min(bits - stored, Math.max(0, (dataSet.uint16('x00280102') ?? stored - 1) + 1 - stored));
  const isSigned = dataSet.uint16('x00280103') === 1;
  const slope = dataSet.floatString('x00281053') ?? 1;
  const intercept = dataSet.floatString('x00281052') ?? 0;
  const [centre, width] = [dataSet.floatString('x00281050'), dataSet.floatString('x00281051')];
  const isUsable = centre !== undefined && width !== undefined && Number.isFinite(centre) && width >= 1;
  return {
    bits,
    isInverted,
    window: isUsable ? { centre, width } : undefined,
    valueOf(raw) {
      const value = (raw >> shift) & (2 ** stored - 1);
      return (isSigned && value >= 2 ** (stored - 1) ? value - 2 ** stored : value) * slope + intercept;
    },
  };
}

/** The window of PS3.3, C.11.2.1.2.1, to 8 bits. */
function grey(frame: Uint8Array, { bits, valueOf, window, isInverted }: GreyWay): Uint8Array {
  const pixels = bits === 8 ? frame.length : frame.length >> 1;
  const rawAt = (at: number): number =>
    bits === 8 ? (frame[at] ?? 0) : (frame[2 * at] ?? 0) | ((frame[2 * at + 1] ?? 0) << 8);
  const { centre, width } = window ?? wholeRange(pixels, rawAt, valueOf);
  const shades = Uint8Array.from({ length: 2 ** bits }, (_, raw) => {
    const share = (valueOf(raw) - (centre - 0.5)) / Math.max(1e-9, width - 1) + 0.5;
    const shade = Math.round(255 * Math.min(1, Math.max(0, share)));
    return isInverted ? 255 - shade : shade;
  });
  const shown = new Uint8Array(pixels);
  for (let at = 0; at < pixels; at += 1) shown[at] = shades[rawAt(at)] ?? 0;
  return shown;
}

function wholeRange(pixels: number, rawAt: (at: number) => number, valueOf: (raw: number) => number) {
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < pixels; at += 1) {
    const value = valueOf(rawAt(at));
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { centre: (least + most + 1) / 2, width: most - least + 1 };
}
