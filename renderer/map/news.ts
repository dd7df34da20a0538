import type { Collection } from './overlays/collections.ts';

/** What the hall tells, until the map is to be drawn. */
export interface News {
  /** `data` is asked for then; what a source was to be before is forgotten. */
  tell(source: string, data: () => Collection): void;
  stop(): void;
}

/**
 * On a slow card a source is cut into tiles when the map may be drawn next, not for each message: what nobody sees in between only takes
 * the processor from who works beside the map.
 *
 * @param due ms until the map may be drawn; 0: now
 */
export function createNews(due: () => number, put: (source: string, data: Collection) => void): News {
  const waiting = new Map<string, () => Collection>();
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
      waiting.set(source, data);
      if (timer === null) look();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
