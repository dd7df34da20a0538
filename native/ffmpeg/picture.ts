import { Readable } from 'node:stream';
import type { FfmpegCommand } from './commandLine.ts';
import type { FoundFfmpeg } from './find.ts';
import type { InputSource } from './inputs.ts';
import { INPUT_LIMITS, PICTURE_LIMITS } from './limits.ts';
import { type RunHandlers, runFfmpeg } from './process.ts';
import { runOnSource } from './pull.ts';

/** What a JPEG is made of; the shapes are those that main/video declares. */
export type PictureInput =
  | { readonly kind: 'stream'; readonly source: InputSource }
  | { readonly kind: 'h264'; readonly bytes: Uint8Array }
  | { readonly kind: 'i420'; readonly bytes: Uint8Array; readonly width: number; readonly height: number };

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const GIVE_UP_MS = 15_000;
const START_OF_IMAGE = Buffer.of(0xff, 0xd8, 0xff);
const JPEG = ['-map', '0:v:0', '-an', '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-f', 'image2pipe'];

/**
 * Makes one JPEG: of the last picture in the bytes given, or of the next one from the camera.
 * @throws Error (masked) when no picture could be made within 15 s
 */
export async function takePicture(ffmpeg: FoundFfmpeg, input: PictureInput): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let why: string | undefined;
  const giveUp = (words: string) => {
    why ??= words;
    running.stop();
  };
  const handlers: RunHandlers = {
    bytes(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) giveUp('the pictures are too large');
    },
    ended(end) {
      why = end.detail || end.code;
    },
  };
  const running =
    input.kind === 'stream'
      ? runOnSource(ffmpeg, input.source, ['-frames:v', '1', ...JPEG], handlers, { limits: PICTURE_LIMITS })
      : runFfmpeg(
          ffmpeg,
          { command: fromBytes(input), input: Readable.from([input.bytes]), limits: PICTURE_LIMITS },
          handlers,
        );
  const timer = setTimeout(() => giveUp(`no picture came within ${GIVE_UP_MS / 1000} s`), GIVE_UP_MS);
  await running.exited;
  clearTimeout(timer);
  const all = Buffer.concat(chunks);
  const last = size > MAX_OUTPUT_BYTES ? -1 : all.lastIndexOf(START_OF_IMAGE);
  if (last < 0) throw new Error(`no picture could be taken: ${why ?? 'none came'}`);
  return new Uint8Array(all.subarray(last));
}

function fromBytes(input: Exclude<PictureInput, { kind: 'stream' }>): FfmpegCommand {
  const format =
    input.kind === 'h264'
      ? ['-f', 'h264']
      : ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${input.width}x${input.height}`];
  const quiet = ['-hide_banner', '-nostats', ...INPUT_LIMITS, '-protocol_whitelist', 'pipe'];
  return { from: 'pipe:0', reading: [...quiet, ...format], writing: JPEG, to: 'pipe:1' };
}
