import { encodeObservations, type ObservationColumns } from '../../contract/observations.ts';

/** One window that follows observations, or some of them. */
export interface ObservationWatcher {
  /** Indices in the directory, each once; null for all. */
  readonly only: Uint32Array | null;
  /** Whether a frame would leave now. While it would not, none is made: the next that does brings all that changed meanwhile. */
  room(): boolean;
  push(frame: Uint8Array): void;
  /** Hears that a frame was not made for want of room. */
  skipped(): void;
}

/** Makes `observations` payloads of what changed, at the pace of its `tick`. */
export interface ObservationFrames {
  /** A sensor that was heard of has another value, quality or level than before. Costs next to nothing while nobody watches. */
  changed(index: number): void;
  /** Sends what is known at once, then what changed at each tick. Answers how to stop. */
  watch(watcher: ObservationWatcher): () => void;
  tick(): void;
}

/**
 * Remembers of each sensor in which round between two ticks it changed last, and of each window up to which round it has seen: so a
 * window that is behind costs no memory, and those that are not share one frame.
 *
 * @param version of the directory
 */
export function createObservationFrames(version: number, columns: ObservationColumns): ObservationFrames {
  const count = columns.t.length;
  /** 0: never heard of. */
  const changedIn = new Float64Array(count);
  const chosen = new Uint32Array(count);
  const seen = new Map<ObservationWatcher, number>();
  let round = 1;
  let lastChange = 0;
  /** Everything, as it was somewhen in a round. */
  let everything = { round: 0, frame: new Uint8Array() };

  function encode(since: number, only: Uint32Array | null) {
    let n = 0;
    if (only === null) {
      for (let i = 0; i < count; i++) if ((changedIn[i] as number) > since) chosen[n++] = i;
    } else for (const i of only) if ((changedIn[i] as number) > since) chosen[n++] = i;
    return encodeObservations(version, columns, chosen.subarray(0, n));
  }

  function send(watcher: ObservationWatcher, since: number, frame: () => Uint8Array): void {
    if (!watcher.room()) {
      watcher.skipped();
      return;
    }
    // Before it is sent: whoever is ended by it is not to come back.
    seen.set(watcher, since);
    watcher.push(frame());
  }

  return {
    changed(index) {
      changedIn[index] = round;
      lastChange = round;
    },
    watch(watcher) {
      seen.set(watcher, 0);
      // What changed in this round is told again with its end: so those who come in one round are sent the same.
      send(watcher, round - 1, () => {
        if (watcher.only !== null) return encode(0, watcher.only);
        if (everything.round !== round) everything = { round, frame: encode(0, null) };
        return everything.frame;
      });
      return () => seen.delete(watcher);
    },
    tick() {
      everything = { round: 0, frame: new Uint8Array() };
      if (seen.size === 0) return;
      const frames = new Map<number, Uint8Array>();
      const sharedFrame = (since: number) => {
        const frame = frames.get(since) ?? encode(since, null);
        frames.set(since, frame);
        return frame;
      };
      for (const [watcher, since] of [...seen]) {
        if (since >= lastChange || !seen.has(watcher)) continue;
        send(watcher, round, () => (watcher.only === null ? sharedFrame(since) : encode(since, watcher.only)));
      }
      round++;
    },
  };
}
