import { join } from 'node:path';
import { startChild } from './child.ts';

type Codec = 'h264' | 'h265' | 'mjpeg';
/** What an RTSP stream shows: generated pictures, 640 × 360 unless told, at 25/s in a codec, or a file of H.264 in MP4. */
export type RtspSource = Codec | `${Codec}@${number}x${number}` | `file:${string}`;

/** A real RTSP server (GStreamer's) on loopback. */
export interface RtspServer {
  readonly port: number;
  /** Address of a stream by its name. */
  url(name: string): string;
  /** Ends the stream's sessions and refuses new ones, as a camera that lost power. */
  drop(name: string): void;
  /** The camera is back. */
  restore(name: string): void;
  /** SIGKILL: the network video recorder is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The system's Python, which sees Debian's python3-gi; a version manager's on the PATH does not. */
const PYTHON = '/usr/bin/python3';

/**
 * Starts an RTSP server with the given streams, e.g. `{ bridge: 'h264', gate: 'mjpeg' }`. Stop it after use.
 * @param login what every stream asks for; nothing without it
 */
export async function startRtspServer(
  streams: Readonly<Record<string, RtspSource>>,
  login?: { readonly user: string; readonly password: string; readonly how?: 'basic' | 'digest' },
): Promise<RtspServer> {
  const named = Object.entries(streams).map(([name, source]) => `${name}=${source}`);
  if (login) named.unshift('--login', login.how ?? 'digest', login.user, login.password);
  const child = startChild('the RTSP server', PYTHON, [join(import.meta.dirname, 'rtsp_server.py'), ...named]);
  const [, port = ''] = await child.line(/^rtsp ready (\d+)$/);
  return {
    port: Number(port),
    url: (name) => `rtsp://127.0.0.1:${port}/${name}`,
    drop: (name) => child.tell(`drop ${name}`),
    restore: (name) => child.tell(`restore ${name}`),
    kill: child.kill,
    stop: () => child.stop(),
  };
}
