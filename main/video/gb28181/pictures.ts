import { PassThrough, type Readable } from 'node:stream';

/** The program stream of one camera, for everyone who watches it. */
export interface Pictures {
  /** What one packet carried. */
  push(bytes: Buffer): void;
  /** From the next picture on. Destroying it is leaving. */
  join(): Readable;
  /** Ends all who watch. */
  end(error: Error): void;
}

/** What one reads so slowly is left out for it, from a picture to a picture. */
const MOST_WAITING = 4 * 1024 * 1024;
const PACK = Buffer.of(0, 0, 1, 0xba);

/** @param left called when nobody is left */
export function createPictures(left: () => void): Pictures {
  const watchers = new Map<PassThrough, { whole: boolean }>();
  return {
    push(bytes) {
      // Devices begin a picture in a packet of its own.
      const begins = bytes.subarray(0, PACK.length).equals(PACK);
      for (const [watcher, state] of watchers) {
        if (watcher.writableLength > MOST_WAITING) state.whole = false;
        else if (begins) state.whole = true;
        if (state.whole) watcher.write(bytes);
      }
    },
    join() {
      const watcher = new PassThrough();
      watchers.set(watcher, { whole: false });
      watcher.on('error', () => undefined); // Whoever reads it hears of it.
      watcher.on('close', () => {
        watchers.delete(watcher);
        if (watchers.size === 0) left();
      });
      return watcher;
    },
    end(error) {
      for (const watcher of [...watchers.keys()]) watcher.destroy(error);
    },
  };
}
