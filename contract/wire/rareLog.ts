import type { WireClock } from './clock.ts';

/** Facts and a sentence for a log. */
type Write = (fields: object, message: string) => void;

/** Lines that anybody outside can cause, so that none can fill the log's disk. */
export interface RareLog {
  /**
   * Writes the first line of a cause and an address at once, and what follows within a minute as one line with a count.
   * @param cause one of the program's own words: the number of causes is not limited
   * @param from whom it came from, in anybody's words
   */
  say(cause: string, from: string, write: Write, fields: object, message: string): void;
  close(): void;
}

interface Line {
  since: number;
  /** Lines not written yet. */
  more: number;
  again: () => void;
}

/**
 * @param everyMs how often the same is said again
 * @param keep how many addresses are told apart; those beyond share one line a cause
 */
export function createRareLog({
  clock,
  everyMs = 60_000,
  keep = 256,
}: {
  clock: Pick<WireClock, 'monotonic' | 'setTimeout'>;
  everyMs?: number;
  keep?: number;
}): RareLog {
  const lines = new Map<string, Line>();
  let cancel: (() => void) | null = null;

  function sweep(): void {
    cancel = null;
    const now = clock.monotonic();
    for (const [key, line] of lines) {
      if (now - line.since < everyMs) continue;
      if (line.more === 0) lines.delete(key);
      else {
        line.again();
        line.more = 0;
        line.since = now;
      }
    }
    if (lines.size > 0) cancel = clock.setTimeout(sweep, everyMs);
  }

  return {
    say(cause, from, write, fields, message) {
      const own = `${cause}\n${from}`;
      const key = lines.has(own) || lines.size < keep ? own : `${cause}\nothers`;
      const line = lines.get(key);
      if (line) {
        line.more++;
        line.again = () => write({ ...fields, times: line.more }, message);
        return;
      }
      lines.set(key, { since: clock.monotonic(), more: 0, again: () => undefined });
      write(fields, message);
      cancel ??= clock.setTimeout(sweep, everyMs);
    },
    close() {
      cancel?.();
      for (const line of lines.values()) if (line.more > 0) line.again();
      lines.clear();
    },
  };
}
