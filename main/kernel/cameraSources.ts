import type { CameraSource } from '../video/askedSource.ts';
import type { WhichStream } from '../video/output.ts';

/** Where the picture of a camera comes from: its own, or its smaller one. Undefined: it is somebody else's, or has none. */
type Find = (camera: string, which: WhichStream) => CameraSource | undefined;

/** Where the picture of each camera comes from; features that bring cameras add to it. */
export interface CameraSources {
  add(find: Find): void;
  readonly source: Find;
}

export function createCameraSources(): CameraSources {
  const finders: Find[] = [];
  return {
    add: (find) => void finders.push(find),
    source(camera, which) {
      for (const find of finders) {
        const found = find(camera, which);
        if (found) return found;
      }
      return undefined;
    },
  };
}
