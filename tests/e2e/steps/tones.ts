import type { Page } from 'playwright';

/** Has a window count the tones it begins: they are made in the page, and nobody hears a test. */
export async function countTones(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const begin = OscillatorNode.prototype.start;
    const window = globalThis as { tones?: number };
    window.tones = 0;
    OscillatorNode.prototype.start = function (when) {
      window.tones = (window.tones ?? 0) + 1;
      begin.call(this, when);
    };
  });
}

/** How many tones a window has begun since it was loaded. */
export function tonesOf(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as { tones?: number }).tones ?? 0);
}
