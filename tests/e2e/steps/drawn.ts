import type { Page } from 'playwright';

/** As much of a feature as is asked of it. */
interface Drawn {
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
}

/** Has a window keep what its map is given to draw: a canvas does not tell. */
export async function keepDrawn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const drawn: Record<string, unknown> = {};
    (globalThis as { drawn?: unknown }).drawn = drawn;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...more: never[]) {
      // How MapLibre hands a source's GeoJSON to its worker.
      const { source, data } = (message as { data?: { source?: unknown; data?: unknown } } | null)?.data ?? {};
      if (typeof source === 'string' && typeof data === 'object') drawn[source] = data;
      return Reflect.apply(post, this, [message, ...more]);
    };
  });
}

/** What a source of the window's map was last given to draw. */
export function drawnIn(page: Page, source: string): Promise<readonly Drawn[]> {
  return page.evaluate((name) => {
    const { drawn } = globalThis as unknown as { drawn: Record<string, { features?: Drawn[] } | undefined> };
    return drawn[name]?.features ?? [];
  }, source);
}
