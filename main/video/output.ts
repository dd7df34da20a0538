import type { VideoKind } from '../../contract/video.ts';
import type { StreamOutput } from './ffmpeg.ts';

/** A camera's own pictures, or smaller ones that it sends beside them. */
export type WhichStream = 'main' | 'sub';

/** How a window wants a camera. */
export interface WatchRequest {
  /**
   * `h264`: passed through or nothing. `i420`: decoded by ffmpeg, for pages without WebCodecs. `auto`: passed through
   * where the camera sends H.264, decoded otherwise.
   */
  readonly mode: 'auto' | VideoKind;
  /** Pixels of the tile, for decoded pictures; rounded up to a size that windows share. */
  readonly width?: number;
  /** Of a camera that has two; `main` when left out. */
  readonly stream?: WhichStream;
}

/** What is known of what a camera sends. */
export interface KnownCamera {
  codec: string | undefined;
  /** Pixels, see {@link frameWidthOf}; 0 while not known. */
  frameWidth: number;
  /** Its H.264 has no picture at which a page could begin, by its making, or not soon. */
  keyless: 'lasting' | 'now' | undefined;
}

/** Decoded pictures come in these widths, 16:9, so that windows with slightly different tiles share one ffmpeg. */
const TILE_WIDTHS = [160, 240, 320, 480, 640, 960, 1280] as const;
const DECODED_FPS = 15;

/**
 * The form in which a window is given a camera.
 *
 * @param decodes it is decoded for this window whatever the camera sends
 */
export function outputFor(request: WatchRequest, camera: KnownCamera, decodes = false): StreamOutput {
  const canPass = !decodes && !camera.keyless && (camera.codec ?? 'h264') === 'h264';
  if (request.mode === 'h264' || (request.mode === 'auto' && canPass)) return { kind: 'h264' };
  // Larger than the camera's own would be the same picture in more bytes.
  const wanted = Math.min(request.width ?? 480, camera.frameWidth || Number.POSITIVE_INFINITY);
  const width = TILE_WIDTHS.find((each) => each >= wanted) ?? 1280;
  return { kind: 'i420', width, height: (width * 9) / 16 - (((width * 9) / 16) % 2), fps: DECODED_FPS };
}

/** Windows whose outputs have one key share one ffmpeg. */
export function keyOf(output: StreamOutput): string {
  return output.kind === 'h264' ? 'h264' : `i420:${output.width}`;
}

/** Width of the 16:9 frame that pictures of this size fill in full; 0 for a size that is not known. */
export function frameWidthOf(width: number, height: number): number {
  return width > 0 && height > 0 ? Math.max(width, Math.ceil((height * 16) / 9)) : 0;
}
