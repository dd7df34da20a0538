import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { FeedDirectory } from './feed.ts';
import type { Playback } from './recording/playback.ts';

/** What a feed of any protocol is made of. */
export interface FeedDeps {
  clock: Clock;
  log: Log;
  directory: FeedDirectory;
  rejects: Rejects;
  /** Of this hall alone, the same at every start: what devices are given to show again is derived from it. */
  secret(): string;
  /**
   * Hears what a source sends as it came, before it is read, and from whom where there are several: for whoever tries or records a feed.
   *
   * @param shown the same without passwords, for a person; left out where there are none in it
   */
  heard?(message: Uint8Array, from: string, shown?: () => Uint8Array): void;
  /** A recording, which stands in place of the source. */
  played?: Playback;
  /** Share of the hall's thread that one source may use; half when left out. */
  workShare?: number;
}
