import type { Collection } from './overlays/collections.ts';

/** What the hall tells, until the map is to be drawn. */
export interface News {
  /** `data` is asked for then; what a source was to be before is forgotten. */
  tell(source: string, data: () => Collection): void;
  /** For how many ms the oldest of it has waited; 0: nothing waits. */
  waitedMs(): number;
  stop(): void;
}

/**
 * On a slow card a source is cut into tiles when the map may be drawn next, not for each message: what nobody sees in between only takes
 * the processor from who works beside the map.
 *
 * @param now monotonic ms
 * @param due ms until the map may be drawn; 0: now
 */
export function createNews(
  now: () => number,
  due: () => number,
  put: (source: string, data: Collection) => void,
): News {
  const waiting = new Map<string, () => Collection>();
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    timer = null;
    const wait = due();
    if (wait > 0) {
      timer = setTimeout(look, wait);
      return;
    }
    const all = [...waiting];
    waiting.clear();
    for (const [source, data] of all) put(source, data());
  };
  return {
    tell(source, data) {
      if (waiting.size === 0) since = now();
      waiting.set(source, data);
      if (timer === null) look();
    },
    waitedMs: () => (waiting.size === 0 ? 0 : now() - since),
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
