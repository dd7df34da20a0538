import { i420Bytes } from '../../../contract/video.ts';

/**
 * Raw I420 (BT.601, video range, as ffmpeg writes it) to RGBA, for pages without VideoFrame.
 * @param into width × height × 4 bytes, written whole
 * @throws RangeError when the bytes do not fit the size
 */
export function i420ToRgba(i420: Uint8Array, width: number, height: number, into: Uint8ClampedArray): void {
  if (i420.length !== i420Bytes(width, height) || into.length !== width * height * 4) {
    throw new RangeError(`${i420.length} bytes are not an I420 picture of ${width} × ${height}`);
  }
  const chromaWidth = width / 2;
  const uAt = width * height;
  const vAt = uAt + uAt / 4;
  let out = 0;
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const chromaRow = (y >> 1) * chromaWidth;
    for (let x = 0; x < width; x += 1) {
      const luma = 298 * ((i420[row + x] ?? 16) - 16);
      const u = (i420[uAt + chromaRow + (x >> 1)] ?? 128) - 128;
      const v = (i420[vAt + chromaRow + (x >> 1)] ?? 128) - 128;
      into[out] = (luma + 409 * v + 128) >> 8;
      into[out + 1] = (luma - 100 * u - 208 * v + 128) >> 8;
      into[out + 2] = (luma + 516 * u + 128) >> 8;
      into[out + 3] = 255;
      out += 4;
    }
  }
}
