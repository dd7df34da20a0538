import type { StreamSource } from '../video/ffmpeg.ts';

/** Where the picture of each camera comes from; features that bring cameras add to it. */
export interface CameraSources {
  /** @param find answers undefined for a camera that is not its own */
  add(find: (camera: string) => StreamSource | undefined): void;
  source(camera: string): StreamSource | undefined;
}

export function createCameraSources(): CameraSources {
  const finders: ((camera: string) => StreamSource | undefined)[] = [];
  return {
    add: (find) => void finders.push(find),
    source(camera) {
      for (const find of finders) {
        const found = find(camera);
        if (found) return found;
      }
      return undefined;
    },
  };
}
