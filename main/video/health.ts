import type { VideoKind } from '../../contract/video.ts';
import type { StreamEnd } from './ffmpeg.ts';

/**
 * `idle` nobody watches; `connecting` asked for, no picture yet; `live`; `stale` connected, but no picture for 2 s;
 * `gone` lost or never there, tried again by itself.
 */
export type CameraState = 'idle' | 'connecting' | 'live' | 'stale' | 'gone';

/** How one camera does. Times are wall clock milliseconds. */
export interface CameraHealth {
  readonly cameraId: string;
  readonly state: CameraState;
  /** Since when it is in this state. */
  readonly since: number;
  /** When its last picture came. */
  readonly lastFrameAt: number | undefined;
  /** What the camera sends, as ffmpeg names it: h264, hevc, mjpeg … Remembered while idle. */
  readonly codec: string | undefined;
  /** For WebCodecs: `avc1.PPCCLL`. */
  readonly codecString: string | undefined;
  /** What goes to the windows. */
  readonly mode: VideoKind | undefined;
  /** Of the pictures that go to the windows; 0 while unknown. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Of what comes from ffmpeg: the camera's own rate when H.264 is passed through. */
  readonly bitsPerSecond: number;
  /** Pictures that windows too slow for them did not take, and those that could not be used. */
  readonly dropped: number;
  /** Attempts to get it back since it was last live. */
  readonly attempts: number;
  /** When it will be tried again. */
  readonly retryAt: number | undefined;
  readonly lastError: StreamEnd | undefined;
  readonly watchers: number;
}

const ORDER: readonly CameraState[] = ['live', 'stale', 'connecting', 'gone', 'idle'];

/** Of several streams of one camera, the one that tells most about it: live before stale before connecting before gone. */
export function bestState<T extends { readonly state: CameraState }>(streams: readonly T[]): T | undefined {
  return [...streams].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))[0];
}
