import type { Readable } from 'node:stream';
import type { FoundFfmpeg } from './find.ts';
import { INPUT_LIMITS } from './limits.ts';

/** Where pictures come from: an address, or a file where the caller says that it is the drill's own. */
export interface InputSource {
  readonly url: string;
  readonly drillFile?: boolean;
  /** Of a playlist (HLS): hosts beside its own that it may lead to. */
  readonly hosts?: readonly string[];
  /** Its MPEG program stream, which the caller opened; the url only names it. */
  readonly program?: Readable;
}

/** How closely ffmpeg looks at a stream before its first picture. */
export interface Look {
  /** Milliseconds; short, since ffmpeg waits so long for what a container announces and never sends. */
  readonly ms: number;
  /** Bytes. */
  readonly bytes: number;
}

/** An address that this hall will not open: what it is, and what may stand there. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** How a camera's bytes get to ffmpeg. */
export type InputForm = 'pipe' | 'rtsp' | 'udp' | 'rtp';

/** What ffmpeg itself may open, by the form: nothing but what it is given. */
const PROTOCOLS: Readonly<Record<InputForm, string>> = {
  pipe: 'pipe',
  rtsp: 'rtsp,rtp,tcp',
  udp: 'udp',
  rtp: 'rtp,rtcp,udp',
};

/** Containers of cameras and encoders. No playlists, no descriptions of sessions, no lists of files. */
const CONTAINERS =
  'mpegts,mpeg,h264,hevc,m4v,mpegvideo,mpjpeg,mjpeg,jpeg_pipe,flv,live_flv,matroska,webm,mov,mp4,asf,avi,ogg,rtsp,rtp,sdp';
const SILENCE_MICROS = '65000000';
const FORMS = new Map<string, InputForm>([
  ['rtsp:', 'rtsp'],
  ['rtsps:', 'rtsp'],
  ['http:', 'pipe'],
  ['https:', 'pipe'],
  ['tcp:', 'pipe'],
  ['udp:', 'udp'],
  ['rtp:', 'rtp'],
]);

/** How the camera at an address is opened. @throws ForbiddenAddressError when it is not one of a camera's */
export function formOf(url: string): InputForm {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const form = address && FORMS.get(address.protocol);
  if (!form) {
    throw new ForbiddenAddressError(
      `${address?.protocol ?? 'this address'} is not a camera's address; use rtsp, rtsps, rtp, udp, tcp, http or https`,
    );
  }
  if (!address.hostname && form !== 'udp' && form !== 'rtp')
    throw new ForbiddenAddressError("a camera's address names a host");
  // Nothing would ask for them, and ffmpeg's command line would show them.
  if ((form === 'udp' || form === 'rtp') && (address.username || address.password))
    throw new ForbiddenAddressError(`${address.protocol} has neither user nor password; leave them out`);
  return form;
}

/** ffmpeg's options before `-i` for what comes by itself: what it may open, what it may take, how long it looks. */
export function inputOptions(
  form: InputForm,
  ffmpeg: Pick<FoundFfmpeg, 'rtspTimeoutOption'>,
  look: Look,
  format?: string,
): string[] {
  const options = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', ...INPUT_LIMITS],
    ...[
      '-protocol_whitelist',
      PROTOCOLS[form],
      '-format_whitelist',
      form === 'rtp' ? CONTAINERS : withoutSdp(CONTAINERS),
    ],
    ...['-fpsprobesize', '0', '-analyzeduration', String(look.ms * 1000), '-probesize', String(look.bytes)],
  ];
  switch (form) {
    case 'rtsp':
      return [...options, '-rtsp_transport', 'tcp', ffmpeg.rtspTimeoutOption, SILENCE_MICROS];
    case 'udp':
      return [...options, '-timeout', SILENCE_MICROS, '-f', 'mpegts'];
    case 'rtp':
      return [...options, '-rw_timeout', SILENCE_MICROS];
    case 'pipe':
      // Pictures without times of their own are as old as their coming; ffmpeg would count them as 25 a second.
      return format === 'mpjpeg'
        ? // One picture tells all; a slow camera's second may be far.
          [...options, '-analyzeduration', '1', '-use_wallclock_as_timestamps', '1', '-f', format]
        : format === 'mpeg'
          ? [...options, '-f', format]
          : // Of a playlist seconds come at once: they are read as they would pass.
            format === 'pieces'
            ? [...options, '-re']
            : options;
  }
}

/** Of the drill's own files. */
export function fileOptions(): string[] {
  return ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', ...INPUT_LIMITS, '-protocol_whitelist', 'file'];
}

function withoutSdp(containers: string): string {
  return containers.replace(/,sdp$/, '');
}
