import type { FoundFfmpeg } from './find.ts';

/** Where pictures come from: an address, or a file where the caller says that it is the drill's own. */
export interface InputSource {
  readonly url: string;
  readonly drillFile?: boolean;
}

/** An address that this hall will not open: what it is, and what may stand there. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** What ffmpeg itself may open, whatever a playlist or redirect tells it. */
const NETWORK_PROTOCOLS = 'rtsp,rtp,rtcp,tcp,udp,tls,http,https';
const SCHEMES: ReadonlySet<string> = new Set(['rtsp:', 'rtsps:', 'rtp:', 'udp:', 'tcp:', 'http:', 'https:']);
const READ_TIMEOUT_MICROS = '8000000';

/**
 * ffmpeg's options before `-i`: protocols it may use, timeouts on every read, RTSP over TCP, and a short look at the
 * stream (ffmpeg would otherwise watch for five seconds before the first picture).
 * @throws ForbiddenAddressError when the address is not one of a camera's
 */
export function inputOptions(source: InputSource, ffmpeg: FoundFfmpeg): string[] {
  const quiet = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info'];
  if (source.drillFile) return [...quiet, '-protocol_whitelist', 'file'];
  const scheme = schemeOf(source.url);
  if (!scheme || !SCHEMES.has(scheme)) {
    throw new ForbiddenAddressError(
      `${scheme ?? 'this address'} is not a camera's address; use rtsp, rtsps, rtp, udp, tcp, http or https`,
    );
  }
  const options = [
    ...quiet,
    '-protocol_whitelist',
    NETWORK_PROTOCOLS,
    '-fpsprobesize',
    '0',
    '-analyzeduration',
    '1000000',
    '-probesize',
    '1000000',
  ];
  if (scheme === 'rtsp:' || scheme === 'rtsps:') {
    return [...options, '-rtsp_transport', 'tcp', ffmpeg.rtspTimeoutOption, READ_TIMEOUT_MICROS];
  }
  return [...options, '-rw_timeout', READ_TIMEOUT_MICROS];
}

function schemeOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return new URL(url).protocol;
}
