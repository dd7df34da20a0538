import type { CameraSource } from '../video/askedSource.ts';

/** Where the picture of each camera comes from; features that bring cameras add to it. */
export interface CameraSources {
  /** @param find answers undefined for a camera that is not its own */
  add(find: (camera: string) => CameraSource | undefined): void;
  source(camera: string): CameraSource | undefined;
}

export function createCameraSources(): CameraSources {
  const finders: ((camera: string) => CameraSource | undefined)[] = [];
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
