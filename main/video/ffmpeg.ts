import type { Readable } from 'node:stream';

/** Where a camera's pictures come from. */
export interface StreamSource {
  /** rtsp(s), rtp, udp, tcp or http(s) address; may hold credentials, so it is never shown unmasked. A path for a drill file. */
  readonly url: string;
  /** Only then may the source be a file. */
  readonly drillFile?: boolean;
  /** Of a playlist (HLS): hosts beside its own that it may lead to. */
  readonly hosts?: readonly string[];
  /** Its MPEG program stream, which somebody opened already and the url only names. Destroyed with the ffmpeg that reads it. */
  readonly program?: Readable;
}

/**
 * What a running ffmpeg hands over: H.264 as it came (Annex B), or raw I420 pictures of one size, back to back. `lenient`: it
 * also shows pictures of which parts
 * are not there yet, for streams that never have a whole one to begin with.
 */
export type StreamOutput =
  | { readonly kind: 'h264' }
  | {
      readonly kind: 'i420';
      readonly width: number;
      readonly height: number;
      readonly fps: number;
      readonly lenient?: boolean;
    };

/** What ffmpeg says of the pictures that come in. */
export interface StreamCodec {
  /** ffmpeg's name of it: h264, hevc, mjpeg … */
  readonly name: string;
  /** Pixels; 0 when not said. */
  readonly width: number;
  readonly height: number;
}

/** Why a stream ended or would not start. The page has a sentence for each, in each language. */
export type StreamEndCode =
  | 'ended'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'not-found'
  | 'preparing'
  | 'not-video'
  | 'not-onvif'
  | 'other-codec'
  | 'waiting-key'
  | 'redirected'
  | 'playlist'
  | 'too-large'
  | 'busy'
  | 'no-such-camera'
  | 'forbidden-address'
  | 'no-ffmpeg'
  | 'crashed'
  | 'failed';

/** The end of a stream: a code to act on, and ffmpeg's own last words, masked and cut. */
export interface StreamEnd {
  readonly code: StreamEndCode;
  readonly detail: string;
}

/** Called as the stream goes. After `ended` nothing more is called; after `stop()` nothing at all. */
export interface StreamHandlers {
  codec(codec: StreamCodec): void;
  bytes(chunk: Uint8Array): void;
  /** Something came from the camera, whether or not it makes a picture yet. */
  arrived?(): void;
  ended(end: StreamEnd): void;
}

/** A running ffmpeg. */
export interface RunningStream {
  readonly pid: number | undefined;
  /** Ends the process; kills it when it will not go. May be called more than once. */
  stop(): void;
  /** Resolves once the process is gone: it has ended, or was killed. */
  readonly exited: Promise<void>;
}

/** A picture to be made into a JPEG: the last one of what is given, or the next one from the camera. */
export type PictureSource<S = StreamSource> =
  | { readonly kind: 'stream'; readonly source: S }
  | { readonly kind: 'h264'; readonly bytes: Uint8Array }
  | { readonly kind: 'i420'; readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** Which ffmpeg was chosen. */
export interface FfmpegBinary {
  readonly path: string;
  /** As it calls itself, such as `5.1.9-0+deb12u1`. */
  readonly version: string;
  readonly from: 'FFMPEG_PATH' | 'PATH' | 'bundled';
}

/** What the video service needs of ffmpeg; native/ffmpeg is the one over the real binary. `S`: what it takes for a source. */
export interface Ffmpeg<S = StreamSource> {
  /** `undefined`: none was found; every stream ends at once with `no-ffmpeg`. */
  readonly binary: FfmpegBinary | undefined;
  pull(source: S, output: StreamOutput, handlers: StreamHandlers): RunningStream;
  /** JPEG bytes. Rejects with an Error that says why, masked. */
  picture(source: PictureSource<S>): Promise<Uint8Array>;
}
