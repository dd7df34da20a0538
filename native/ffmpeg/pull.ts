import { Writable } from 'node:stream';
import fluent from 'fluent-ffmpeg';
import { describeEnd, type EndCode } from './ends.ts';
import type { FoundFfmpeg } from './find.ts';
import { type InputSource, inputOptions } from './inputs.ts';

/** What is handed over; the shapes are those that main/video declares. */
export type PullOutput =
  | { readonly kind: 'h264' }
  | { readonly kind: 'i420'; readonly width: number; readonly height: number; readonly fps: number };

/** Called as the stream goes. */
export interface PullHandlers {
  codec(codec: { readonly name: string; readonly width: number; readonly height: number }): void;
  bytes(chunk: Uint8Array): void;
  ended(end: { readonly code: EndCode; readonly detail: string }): void;
}

/** A running ffmpeg. */
export interface Running {
  readonly pid: number | undefined;
  stop(): void;
}

/** Lines of stderr kept of each process, to say what went wrong. */
const STDERR_LINES = 60;
const KILL_AFTER_MS = 1_000;

/** Starts an ffmpeg on a camera's stream. Never throws: what goes wrong comes through `ended`. */
export function pullStream(
  ffmpeg: FoundFfmpeg,
  source: InputSource,
  output: PullOutput,
  handlers: PullHandlers,
): Running {
  let options: string[];
  try {
    options = inputOptions(source, ffmpeg);
  } catch (error) {
    queueMicrotask(() => handlers.ended(describeEnd(asError(error), '')));
    return { pid: undefined, stop() {} };
  }
  return runToSink(ffmpeg, handlers, (command) =>
    command
      .input(source.url)
      .inputOptions(...asMany(options))
      .outputOptions(...asMany(outputOptions(output, ffmpeg))),
  );
}

function outputOptions(output: PullOutput, ffmpeg: FoundFfmpeg): string[] {
  const first = ['-map', '0:v:0', '-an', '-sn', '-dn'];
  if (output.kind === 'h264') {
    // A camera may say its parameter sets only once, outside the stream: put them before every key picture.
    return [...first, '-c:v', 'copy', '-bsf:v', 'dump_extra=freq=keyframe', '-flush_packets', '1', '-f', 'h264'];
  }
  const { width, height, fps } = output;
  const filters = [
    // Drops pictures above the rate, and never repeats one to fill a gap as the fps filter would: a still stream must look still.
    `select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,${(1 / fps - 0.005).toFixed(4)})`,
    `scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease:flags=fast_bilinear:out_range=tv`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
    'format=yuv420p',
  ];
  const asTheyCome = ffmpeg.libavcodec >= 60_000_000 ? ['-fps_mode', 'passthrough'] : ['-vsync', 'passthrough'];
  return [
    ...first,
    ...asTheyCome,
    '-vf',
    filters.join(','),
    '-pix_fmt',
    'yuv420p',
    '-c:v',
    'rawvideo',
    '-f',
    'rawvideo',
  ];
}

/** Runs one command whose stdout goes to the handlers. */
export function runToSink(
  ffmpeg: FoundFfmpeg,
  handlers: PullHandlers,
  build: (command: fluent.FfmpegCommand) => fluent.FfmpegCommand,
  niceness = 0,
): Running {
  let stopped = false;
  let pid: number | undefined;
  let codecKnown = false;
  let killTimer: NodeJS.Timeout | undefined;
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      if (!stopped) handlers.bytes(chunk);
      done();
    },
  });
  const command = build(fluent({ stdoutLines: STDERR_LINES, niceness }));
  command.setFfmpegPath(ffmpeg.path); // fluent-ffmpeg keeps it for the whole process; a machine has one choice
  command.on('start', () => {
    pid = processId(command);
    if (stopped) command.kill('SIGKILL');
  });
  command.on('codecData', (data: { video?: string; video_details?: string[] }) => {
    const video = [data.video ?? '', ...(data.video_details ?? [])].join(', ');
    sayCodec(video);
  });
  command.on('error', (error: Error, _stdout: string | null, stderr: string | null) => over(error, stderr ?? ''));
  command.on('end', (_stdout: string | null, stderr: string | null) => over(undefined, stderr ?? ''));

  function sayCodec(text: string): void {
    const name = /^\s*([a-z0-9_]+)/i.exec(text)?.[1];
    if (!name || codecKnown || stopped) return;
    codecKnown = true;
    const size = /\b(\d{2,5})x(\d{2,5})\b/.exec(text);
    handlers.codec({ name, width: Number(size?.[1] ?? 0), height: Number(size?.[2] ?? 0) });
  }

  function over(error: Error | undefined, stderr: string): void {
    clearTimeout(killTimer);
    pid = undefined;
    if (stopped) return;
    // ffmpeg refuses to copy a codec that H.264's container will not hold before it says "Stream mapping".
    if (!codecKnown) sayCodec(/Stream #.*Video: (.*)/.exec(stderr)?.[1] ?? '');
    stopped = true;
    handlers.ended(describeEnd(error, stderr));
  }

  // Without `end: false` the pipe's end would be taken for an error of its own.
  command.writeToStream(sink, { end: false });
  return {
    get pid() {
      return pid;
    },
    stop() {
      if (stopped) return;
      stopped = true;
      if (pid === undefined) return; // killed as soon as it has started
      command.kill('SIGTERM');
      killTimer = setTimeout(() => {
        if (pid !== undefined) command.kill('SIGKILL');
      }, KILL_AFTER_MS);
      killTimer.unref();
    },
  };
}

/** fluent-ffmpeg splits a lone argument at its spaces, several it takes as they are. */
export function asMany(options: readonly string[]): [string, ...string[]] {
  const [first = '', ...rest] = options;
  return [first, ...rest];
}

function processId(command: fluent.FfmpegCommand): number | undefined {
  const held: unknown = Reflect.get(command, 'ffmpegProc');
  return typeof held === 'object' && held !== null && 'pid' in held && typeof held.pid === 'number'
    ? held.pid
    : undefined;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
