import { describeEnd, type End } from './ends.ts';
import type { FoundFfmpeg } from './find.ts';
import type { InputSource, Look } from './inputs.ts';
import { CAMERA_LIMITS, type ProcessLimits } from './limits.ts';
import { maskOf } from './mask.ts';
import { type RunHandlers, type Running, runFfmpeg } from './process.ts';
import { openSource } from './sources/openSource.ts';

/** What is handed over; the shapes are those that main/video declares. */
export type PullOutput =
  | { readonly kind: 'h264' }
  | {
      readonly kind: 'i420';
      readonly width: number;
      readonly height: number;
      readonly fps: number;
      readonly lenient?: boolean;
    };

/** ffmpeg would look for five seconds; containers without a header are always looked at to the end of it. */
const LOOK: Look = { ms: 1_000, bytes: 1_000_000 };

/** Starts an ffmpeg on a camera's stream. Never throws: what goes wrong comes through `ended`. */
export function pullStream(
  ffmpeg: FoundFfmpeg,
  source: InputSource,
  output: PullOutput,
  handlers: RunHandlers,
): Running {
  return runOnSource(ffmpeg, source, outputOptions(output, ffmpeg), handlers, {
    limits: CAMERA_LIMITS,
    decoder: output.kind === 'i420' && output.lenient ? ['-flags', '+output_corrupt'] : [],
  });
}

/** Runs one ffmpeg on a camera, with the given options behind the camera's address. */
export function runOnSource(
  ffmpeg: FoundFfmpeg,
  source: InputSource,
  options: readonly string[],
  handlers: RunHandlers,
  how: { readonly limits: ProcessLimits; readonly decoder?: readonly string[] },
): Running {
  const stopping = new AbortController();
  const mask = maskOf(source.url);
  let running: Running | undefined;

  async function run(): Promise<void> {
    let end: End | undefined;
    try {
      const opened = await openSource(source, ffmpeg, LOOK, {
        signal: stopping.signal,
        arrived: () => handlers.arrived?.(),
      });
      try {
        if (stopping.signal.aborted) return;
        running = runFfmpeg(
          ffmpeg,
          {
            command: {
              from: opened.from,
              reading: [...(how.decoder ?? []), ...opened.reading],
              writing: options,
              to: 'pipe:1',
            },
            input: opened.body,
            limits: how.limits,
            mask,
          },
          {
            ...handlers,
            ended(said) {
              const fault = opened.fault();
              end = fault ? describeEnd(fault, '', mask) : said;
            },
          },
        );
        await running.exited;
      } finally {
        opened.close();
      }
    } catch (error) {
      end = describeEnd(error instanceof Error ? error : new Error(String(error)), '', mask);
    }
    if (end && !stopping.signal.aborted) handlers.ended(end);
  }

  return {
    get pid() {
      return running?.pid;
    },
    exited: run(),
    stop() {
      stopping.abort();
      running?.stop();
    },
  };
}

function outputOptions(output: PullOutput, ffmpeg: FoundFfmpeg): string[] {
  const first = ['-map', '0:v:0', '-an', '-sn', '-dn'];
  if (output.kind === 'h264') {
    // A camera may say its parameter sets only once, outside the stream: put them before every key picture.
    return [...first, '-c:v', 'copy', '-bsf:v', 'dump_extra=freq=keyframe', '-flush_packets', '1', '-f', 'h264'];
  }
  const { width, height, fps } = output;
  const filters = [
    `select=${atMost(fps)}`,
    `scale=w=${width}:h=${height}:force_original_aspect_ratio=decrease:flags=fast_bilinear:out_range=tv`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`,
    'format=yuv420p',
  ];
  const asTheyCome = ffmpeg.libavcodec >= 60_000_000 ? ['-fps_mode', 'passthrough'] : ['-vsync', 'passthrough'];
  return [
    ...first,
    ...asTheyCome,
    ...[
      '-filter_threads',
      '1',
      '-vf',
      filters.join(','),
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'rawvideo',
      '-flush_packets',
      '1',
      '-f',
      'rawvideo',
    ],
  ];
}

/** Pictures that may come in one burst, as a network or a busy machine bunches them, without one being left out. */
const BURST = 30;

/**
 * Lets a picture through while there is a token for it; `fps` tokens come a second. Never repeats one to fill a gap as the
 * fps filter would: a still stream must look still. Variable 0: tokens; 1: the time of
 * the picture before; 2: whether there was one.
 */
function atMost(fps: number): string {
  const earn = `st(0,if(ld(2),min(${BURST},ld(0)+max(t-ld(1),0)*${fps}),${BURST}))*0+st(1,t)*0+st(2,1)*0`;
  const spend = 'if(gte(ld(0),1),st(0,ld(0)-1)*0+1,0)';
  return `if(isnan(t),1,${earn}+${spend})`.replaceAll(',', '\\,');
}
