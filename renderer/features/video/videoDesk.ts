import type { Slice } from '../../desk/slice.ts';

/** What a window knows of the cameras that it opened. */
export interface VideoDesk {
  /** The incident for which they were opened here; null where they were opened for something else. */
  readonly about: string | null;
}

export const videoDesk: Slice<VideoDesk> = { name: 'video', initial: () => ({ about: null }) };
