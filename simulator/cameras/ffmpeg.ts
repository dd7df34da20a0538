/** What comes of a stream. */
export interface SceneHandlers {
  bytes(chunk: Uint8Array): void;
  ended(why: { readonly code: string; readonly detail: string }): void;
}

/** A stream that runs. */
export interface RunningScene {
  readonly pid: number | undefined;
  stop(): void;
}

/** How a drill camera is streamed from its scene's loop file. */
export interface SceneStreamRequest {
  readonly file: string;
  readonly fps: number;
  /** Where in the loop this camera begins, seconds. */
  readonly offsetSeconds: number;
  /** ffmpeg filters that make this camera's picture its own. */
  readonly look: readonly string[];
  /** Burnt in; `nameFile` holds the camera's name as UTF-8 text. */
  readonly overlay: { readonly nameFile: string; readonly fontFile: string | undefined } | undefined;
  /** MPEG-TS when left out; `h264` is its elementary stream with a delimiter before each picture, from an encoder of H.264. */
  readonly form?: 'mpegts' | 'h264';
}

/** What the ffmpeg at hand can do. */
export interface SceneAbilities {
  readonly encoder: string;
  readonly drawText: boolean;
}

/** What the drill cameras need of ffmpeg; native/ffmpeg is the one over the real binary. */
export interface SceneFfmpeg {
  readonly binary: { readonly path: string; readonly version: string } | undefined;
  /** `undefined`: there is no ffmpeg. */
  abilities(): Promise<SceneAbilities | undefined>;
  /** Pictures at the speed of life, for ever, through `bytes`. */
  streamScene(request: SceneStreamRequest, abilities: SceneAbilities, handlers: SceneHandlers): RunningScene;
}
