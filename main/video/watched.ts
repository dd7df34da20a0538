import type { VideoKind } from '../../contract/video.ts';
import type { CameraStream } from './cameraStream.ts';
import type { CameraHealth } from './health.ts';
import type { KnownCamera, WatchRequest, WhichStream } from './output.ts';

/** Where a window's packets go. */
export interface WatchSink {
  /**
   * `true`: taken. `false`: not now; the window is behind, and is offered this packet again with the next one, until a newer
   * key picture takes its place and the loss is counted. The bytes are shared with other windows: read only.
   */
  packet(packet: Uint8Array, key: boolean): boolean;
  state(health: CameraHealth): void;
}

/** One window and the stream it is given. */
export interface Watcher {
  readonly request: WatchRequest;
  readonly sink: WatchSink;
  stream: SharedStream;
  /** What it is being given, and how much of it it has. */
  group: readonly Uint8Array[] | undefined;
  next: number;
  /** It has everything up to now, so that the next packet is of use to it. */
  current: boolean;
  /** Since when it has no picture of a stream that is live. */
  waitsSince: number | undefined;
  /** It waited too long for a key picture to pass through: decoded for it. */
  decodes: boolean;
  cancelWait: () => void;
}

/** One ffmpeg and everyone who watches it. */
export interface SharedStream {
  readonly key: string;
  readonly kind: VideoKind;
  readonly stream: CameraStream;
  readonly watchers: Set<Watcher>;
  cancelLinger: () => void;
  /** Ends it now; there while nobody watches it. */
  end: (() => void) | undefined;
}

/** A camera that somebody watches, or watched, by one of its streams. */
export interface WatchedCamera extends KnownCamera {
  readonly id: string;
  readonly which: WhichStream;
  readonly streams: Map<string, SharedStream>;
  codecString: string | undefined;
  dropped: number;
  idleSince: number;
  lastFrameAt: number | undefined;
}
