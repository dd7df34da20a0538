import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type FoundFfmpeg, runBinary } from './find.ts';
import { type RunHandlers, type Running, runFfmpeg } from './process.ts';

/** Rendered pictures on their way into a loop file. */
export interface SceneEncoding {
  /** One RGBA picture; resolves when the next may come. */
  write(rgba: Uint8Array): Promise<void>;
  /** No more pictures: resolves when the file is whole. Rejects with ffmpeg's words when it is not. */
  finish(): Promise<void>;
  abort(): void;
}

/** How a loop file is written. */
export interface SceneEncodingRequest {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Path of the mp4 to write. */
  readonly output: string;
}

/** How a drawn camera is streamed from its scene's loop file. */
export interface SceneStreamRequest {
  readonly file: string;
  readonly fps: number;
  /** Where in the loop this camera begins, seconds. */
  readonly offsetSeconds: number;
  /** ffmpeg filters that make this camera's picture its own: mirror, hue, crop. */
  readonly look: readonly string[];
  /** Burnt in when this ffmpeg can draw text. `nameFile` holds the camera's name, so that no name needs escaping. */
  readonly overlay: { readonly nameFile: string; readonly fontFile: string | undefined } | undefined;
  /** MPEG-TS when left out; `h264` is its elementary stream with a delimiter before each picture, from an encoder of H.264. */
  readonly form?: 'mpegts' | 'h264';
}

/** What this ffmpeg can do for drawn cameras. */
export interface SceneAbilities {
  /** The H.264 encoder to use, or `mpeg4` where there is none (then windows get decoded pictures). */
  readonly encoder: string;
  readonly drawText: boolean;
}

/** ffmpeg for cameras that are drawn. */
export interface SceneTools {
  abilities(): Promise<SceneAbilities | undefined>;
  encodeScene(request: SceneEncodingRequest, abilities: SceneAbilities): SceneEncoding;
  /** Pictures at the speed of life, for ever, through `bytes`. */
  streamScene(request: SceneStreamRequest, abilities: SceneAbilities, handlers: RunHandlers): Running;
}

const ENCODERS = ['libx264', 'libopenh264', 'h264_videotoolbox', 'h264_mf'] as const;

/** These tools over one binary. */
export function createSceneTools(binary: FoundFfmpeg | undefined): SceneTools {
  let asked: Promise<SceneAbilities> | undefined;
  return {
    async abilities() {
      if (!binary) return undefined;
      asked ??= askAbilities(binary);
      return asked;
    },
    encodeScene(request, abilities) {
      if (!binary) throw new Error('no ffmpeg to write the scene with');
      return encodeScene(binary, request, abilities);
    },
    streamScene(request, abilities, handlers) {
      if (!binary) throw new Error('no ffmpeg to stream the scene with');
      const writing = liveOutput(request, abilities);
      const command = { from: request.file, reading: sceneInput(request), writing, to: 'pipe:1' };
      return runFfmpeg(binary, { command }, handlers);
    },
  };
}

async function askAbilities(binary: FoundFfmpeg): Promise<SceneAbilities> {
  const [encoders, filters] = await Promise.all([
    runBinary(binary.path, ['-hide_banner', '-encoders']),
    runBinary(binary.path, ['-hide_banner', '-filters']),
  ]);
  const encoder = ENCODERS.find((name) => new RegExp(`^ V\\S+ ${name} `, 'm').test(encoders)) ?? 'mpeg4';
  return { encoder, drawText: / drawtext /.test(filters) };
}

function encodeScene(binary: FoundFfmpeg, request: SceneEncodingRequest, abilities: SceneAbilities): SceneEncoding {
  const { width, height, fps, output } = request;
  const pictures = new PassThrough({ highWaterMark: width * height * 4 * 2 });
  const gop = Math.round(fps);
  let finished = false;
  const quality =
    abilities.encoder === 'libx264'
      ? ['-preset', 'veryfast', '-crf', '24', '-profile:v', 'main', '-bf', '0', '-threads', '1']
      : ['-b:v', '1200k'];
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`, '-r', String(fps)];
  const coded = ['-c:v', abilities.encoder, ...quality, '-pix_fmt', 'yuv420p', '-g', String(gop), '-f', 'mp4'];
  let failure: Error | undefined;
  const running = runFfmpeg(
    binary,
    {
      command: { from: 'pipe:0', reading: ['-hide_banner', '-nostats', ...raw], writing: coded, to: output },
      input: pictures,
    },
    {
      bytes() {},
      ended({ code, detail }) {
        if (code !== 'ended' || !finished) failure = new Error(`the scene could not be written: ${detail || code}`);
        pictures.destroy();
      },
    },
  );
  const done = running.exited.then(() => {
    if (failure) throw failure;
  });
  done.catch(() => {}); // heard through finish()
  return {
    async write(rgba) {
      if (pictures.destroyed) return done;
      if (!pictures.write(rgba)) await Promise.race([once(pictures, 'drain'), done]);
    },
    finish() {
      finished = true;
      pictures.end();
      return done;
    },
    abort() {
      pictures.destroy();
      running.stop();
    },
  };
}

function sceneInput(request: SceneStreamRequest): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-protocol_whitelist', 'file'],
    ...['-threads', '1', '-re', '-stream_loop', '-1', '-ss', request.offsetSeconds.toFixed(2)],
  ];
}

function liveOutput(request: SceneStreamRequest, abilities: SceneAbilities): string[] {
  const filters = [
    ...request.look,
    ...(request.overlay && abilities.drawText ? overlayFilters(request.overlay) : []),
    'format=yuv420p',
  ];
  const speed =
    abilities.encoder === 'libx264'
      ? [
          '-preset',
          'ultrafast',
          '-tune',
          'zerolatency',
          '-crf',
          '26',
          '-maxrate',
          '1500k',
          '-bufsize',
          '1500k',
          '-threads',
          '1',
        ]
      : ['-b:v', '1000k'];
  const gop = String(Math.round(request.fps));
  return [
    ...['-map', '0:v:0', '-an', '-filter_threads', '1', '-vf', filters.join(','), '-c:v', abilities.encoder, ...speed],
    ...['-g', gop, '-keyint_min', gop, '-muxdelay', '0', '-muxpreload', '0', '-flush_packets', '1'],
    ...(request.form === 'h264' ? ['-bsf:v', 'h264_metadata=aud=insert', '-f', 'h264'] : ['-f', 'mpegts']),
  ];
}

/** Name at the lower left, running clock at the upper left, as street cameras have them. */
function overlayFilters(overlay: { readonly nameFile: string; readonly fontFile: string | undefined }): string[] {
  const font = overlay.fontFile ? `fontfile=${escapeFilterPath(overlay.fontFile)}:` : '';
  const ink = 'fontcolor=white@0.95:borderw=2:bordercolor=black@0.75';
  return [
    `drawtext=${font}text=%{localtime}:fontsize=20:x=14:y=12:${ink}`,
    `drawtext=${font}textfile=${escapeFilterPath(overlay.nameFile)}:expansion=none:fontsize=21:x=14:y=h-36:${ink}`,
  ];
}

/** A path inside a filter's option inside a filter graph: both levels of ffmpeg's escaping, Windows drive letters too. */
function escapeFilterPath(path: string): string {
  const option = path.replaceAll('\\', '/').replace(/[:']/g, '\\$&');
  return option.replace(/[\\'[\],;]/g, '\\$&');
}
