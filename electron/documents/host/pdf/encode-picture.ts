export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Rows of one bit a pixel begin at a whole byte. */
  readonly bitsPerPixel: 1 | 24 | 32;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Grey pixels as a PGM file, turned clockwise by 0, 90, 180 or 270 degrees. */
export function encodePicture(pixels: Pixels, degrees: number): { bytes: Uint8Array; width: number; height: number } {
  const turned = degrees === 90 || degrees === 270;
  const [width, height] = turned ? [pixels.height, pixels.width] : [pixels.width, pixels.height];
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const bytes = new Uint8Array(head.length + width * height);
  bytes.set(head);
  for (let y = 0; y < pixels.height; y += 1) {
    for (let x = 0; x < pixels.width; x += 1) {
      const at = placeOf(x, y, pixels, degrees, width);
      bytes[head.length + at] = greyAt(pixels, x, y);
    }
  }
  return { bytes, width, height };
}

function placeOf(x: number, y: number, { width, height }: Pixels, degrees: number, turnedWidth: number): number {
  switch (degrees) {
    case 90:
      return x * turnedWidth + (height - 1 - y);
    case 180:
      return (height - 1 - y) * turnedWidth + (width - 1 - x);
    case 270:
      return (width - 1 - x) * turnedWidth + y;
    default:
      return y * turnedWidth + x;
  }
}

/** ITU-R BT.601; what is transparent shows the paper. */
function greyAt({ data, width, bitsPerPixel }: Pixels, x: number, y: number): number {
  if (bitsPerPixel === 1) {
    const byte = data[y * Math.ceil(width / 8) + (x >> 3)] ?? 0xff;
    return (byte >> (7 - (x & 7))) & 1 ? 255 : 0;
  }
  const at = (y * width + x) * (bitsPerPixel / 8);
  const grey = (77 * (data[at] ?? 255) + 150 * (data[at + 1] ?? 255) + 29 * (data[at + 2] ?? 255)) >> 8;
  if (bitsPerPixel === 24) return grey;
  const alpha = (data[at + 3] ?? 255) / 255;
  return Math.round(grey * alpha + 255 * (1 - alpha));
}
