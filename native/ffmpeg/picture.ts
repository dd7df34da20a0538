import { Readable } from 'node:stream';
import type { FoundFfmpeg } from './find.ts';
import { type InputSource, inputOptions } from './inputs.ts';
import { asMany, runToSink } from './pull.ts';

/** What a JPEG is made of; the shapes are those that main/video declares. */
export type PictureInput =
  | { readonly kind: 'stream'; readonly source: InputSource }
  | { readonly kind: 'h264'; readonly bytes: Uint8Array }
  | { readonly kind: 'i420'; readonly bytes: Uint8Array; readonly width: number; readonly height: number };

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const GIVE_UP_MS = 15_000;
const START_OF_IMAGE = Buffer.of(0xff, 0xd8, 0xff);

/**
 * Makes one JPEG: of the last picture in the bytes given, or of the next one from the camera.
 * @throws Error (masked) when no picture could be made within 15 s
 */
export function takePicture(ffmpeg: FoundFfmpeg, input: PictureInput): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const running = runToSink(
      ffmpeg,
      {
        codec() {},
        bytes(chunk) {
          chunks.push(chunk);
          size += chunk.length;
          if (size > MAX_OUTPUT_BYTES) giveUp('the pictures are too large');
        },
        ended(end) {
          clearTimeout(timer);
          const all = Buffer.concat(chunks);
          const last = all.lastIndexOf(START_OF_IMAGE);
          if (last < 0) reject(new Error(`no picture could be taken: ${end.detail || end.code}`));
          else resolve(new Uint8Array(all.subarray(last)));
        },
      },
      (command) => {
        const output = [
          '-map',
          '0:v:0',
          '-an',
          '-c:v',
          'mjpeg',
          '-q:v',
          '3',
          '-pix_fmt',
          'yuvj420p',
          '-f',
          'image2pipe',
        ];
        if (input.kind === 'stream') {
          return command
            .input(input.source.url)
            .inputOptions(...asMany(inputOptions(input.source, ffmpeg)))
            .outputOptions(...asMany(['-frames:v', '1', ...output]));
        }
        const format =
          input.kind === 'h264'
            ? ['-f', 'h264']
            : ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${input.width}x${input.height}`];
        return command
          .input(Readable.from([Buffer.from(input.bytes)]))
          .inputOptions(...asMany(['-hide_banner', '-nostats', '-protocol_whitelist', 'pipe', ...format]))
          .outputOptions(...asMany(output));
      },
    );
    const timer = setTimeout(() => giveUp(`no picture came within ${GIVE_UP_MS / 1000} s`), GIVE_UP_MS);
    function giveUp(why: string): void {
      clearTimeout(timer);
      running.stop();
      reject(new Error(`no picture could be taken: ${why}`));
    }
  });
}
