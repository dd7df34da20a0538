import { type FoundFfmpeg, findFfmpeg } from './find.ts';
import type { InputSource } from './inputs.ts';
import { type PictureInput, takePicture } from './picture.ts';
import type { RunHandlers, Running } from './process.ts';
import { type PullOutput, pullStream } from './pull.ts';
import { createSceneTools, type SceneTools } from './scenes.ts';

/** ffmpeg as the hall uses it: the shape that main/video and simulator/cameras declare, over the real binary. */
export interface NativeFfmpeg extends SceneTools {
  readonly binary: FoundFfmpeg | undefined;
  pull(source: InputSource, output: PullOutput, handlers: RunHandlers): Running;
  picture(input: PictureInput): Promise<Uint8Array>;
}

/**
 * Chooses the ffmpeg of this machine: FFMPEG_PATH, else the newer of the one on PATH and the bundled one. Without any, every
 * stream ends at once with `no-ffmpeg`.
 */
export async function createFfmpeg(found?: FoundFfmpeg): Promise<NativeFfmpeg> {
  const binary = found ?? (await findFfmpeg());
  return {
    binary,
    pull(source, output, handlers) {
      if (binary) return pullStream(binary, source, output, handlers);
      queueMicrotask(() => handlers.ended({ code: 'no-ffmpeg', detail: NONE_FOUND }));
      return { pid: undefined, stop() {}, exited: Promise.resolve() };
    },
    picture(input) {
      return binary ? takePicture(binary, input) : Promise.reject(new Error(NONE_FOUND));
    },
    ...createSceneTools(binary),
  };
}

const NONE_FOUND = 'no ffmpeg that runs was found: install one, or name it in FFMPEG_PATH';

export type { FoundFfmpeg } from './find.ts';
