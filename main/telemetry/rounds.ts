/** One window that follows things, or some of them. */
export interface RoundsWatcher {
  /** Indices in the directory, each once; null for all. */
  readonly only: Uint32Array | null;
  /** Whether a frame would leave now. While it would not, none is made: the next that does brings all that changed meanwhile. */
  room(): boolean;
  /** Whether it wants a frame by now; what changed meanwhile is in the next that it wants. Left out: at each tick. */
  due?(): boolean;
  push(frame: Uint8Array): void;
  /** Hears that a frame was not made for want of room. */
  skipped(): void;
}

/** Makes payloads of what changed, at the pace of its `tick`. */
export interface Rounds {
  /** A thing that was heard of is told of anew. Costs next to nothing while nobody watches. */
  changed(index: number): void;
  /** Sends what is known at once, then what changed at each tick. Answers how to stop. */
  watch(watcher: RoundsWatcher): () => void;
  /**
   * @param all a frame goes to those as well for whom nothing changed
   * @returns bytes that were sent, to all together
   */
  tick(all?: boolean): number;
  /** Whether anybody watches. */
  watched(): boolean;
}

/**
 * Remembers of each thing in which round between two ticks it changed last, and of each window up to which round it has seen: so a
 * window that is behind costs no memory, and those that are not share one frame.
 *
 * @param count of things in the directory
 * @param encode a payload of these; `whole`: of all that were heard of, for a window that has none
 */
export function createRounds(count: number, encode: (indices: Uint32Array, whole: boolean) => Uint8Array): Rounds {
  /** 0: never heard of. */
  const changedIn = new Float64Array(count);
  const chosen = new Uint32Array(count);
  const seen = new Map<RoundsWatcher, number>();
  let round = 1;
  let lastChange = 0;
  /** Everything, as it was somewhen in a round. */
  let everything: { round: number; frame: Uint8Array } = { round: 0, frame: new Uint8Array() };

  function frameSince(since: number, only: Uint32Array | null): Uint8Array {
    let n = 0;
    if (only === null) {
      for (let i = 0; i < count; i++) if ((changedIn[i] as number) > since) chosen[n++] = i;
    } else for (const i of only) if ((changedIn[i] as number) > since) chosen[n++] = i;
    return encode(chosen.subarray(0, n), since === 0);
  }

  /** @returns bytes */
  function send(watcher: RoundsWatcher, since: number, make: () => Uint8Array): number {
    if (!watcher.room()) {
      watcher.skipped();
      return 0;
    }
    // Before it is sent: whoever is ended by it is not to come back.
    seen.set(watcher, since);
    const frame = make();
    watcher.push(frame);
    return frame.byteLength;
  }

  return {
    changed(index) {
      changedIn[index] = round;
      lastChange = round;
    },
    watch(watcher) {
      // What changed while nobody watched is in the first frame.
      if (seen.size === 0) round++;
      seen.set(watcher, 0);
      // What changed in this round is told again with its end: so those who come in one round are sent the same.
      send(watcher, round - 1, () => {
        if (watcher.only !== null) return frameSince(0, watcher.only);
        if (everything.round !== round) everything = { round, frame: frameSince(0, null) };
        return everything.frame;
      });
      return () => seen.delete(watcher);
    },
    tick(all = false) {
      everything = { round: 0, frame: new Uint8Array() };
      if (seen.size === 0) return 0;
      const frames = new Map<number, Uint8Array>();
      const sharedFrame = (since: number) => {
        const frame = frames.get(since) ?? frameSince(since, null);
        frames.set(since, frame);
        return frame;
      };
      let bytes = 0;
      for (const [watcher, since] of [...seen]) {
        if ((since >= lastChange && !all) || !seen.has(watcher) || watcher.due?.() === false) continue;
        bytes += send(watcher, round, () =>
          watcher.only === null ? sharedFrame(since) : frameSince(since, watcher.only),
        );
      }
      round++;
      return bytes;
    },
    watched: () => seen.size > 0,
  };
}
