import type { BrowserContext, Page, ViewportSize } from 'playwright';
import { launchBrowser } from '../../support/browser.ts';
import type { HallProcess } from '../../support/hallProcess.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

/** How a window is opened. */
export interface Looks {
  /** Default 1366 × 768, the smallest screen of a desk. */
  readonly viewport?: ViewportSize;
  /**
   * Whether its map is drawn (default no: in the map's place it says that this machine cannot). Without a graphics card a map takes most of
   * two cores, and half a minute until it stands: for tests whose subject is the map, or beside it.
   */
  readonly map?: boolean;
  /** Whether it knows what earlier windows of this PC have kept (default no). */
  readonly remembers?: boolean;
  /** Done before anything of the page runs. */
  readonly before?: (page: Page) => Promise<void>;
}

/** Windows of a file's halls: one browser, one profile, so that what one window has fetched the next has at once. */
export interface Pages {
  readonly context: BrowserContext;
  /** Errors that no window was to meet, each with the window's address. */
  readonly faults: readonly string[];
  /** Opens a window, `?seat=duty&lang=zh-CN#/plan`. Without a token it has to ask for one. */
  open(hall: Pick<HallProcess, 'url' | 'token'>, address: string, looks?: Looks): Promise<Page>;
  close(): Promise<void>;
}

/** Launches the browser. Its people want no movement: a map that is sent somewhere is there. */
export async function launchPages(): Promise<Pages> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ acceptDownloads: true, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  return {
    context,
    faults,
    async open({ url, token }, address, looks = {}) {
      const { viewport = { width: 1366, height: 768 }, map = false, remembers = false, before } = looks;
      const page = await context.newPage();
      await page.setViewportSize(viewport);
      page.on('pageerror', (error) => faults.push(`${address}: ${error.message}`));
      if (!remembers) {
        const profile = await context.newCDPSession(page);
        await profile.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'local_storage,indexeddb' });
        await profile.detach();
      }
      if (!map) await drawNoMap(page);
      await before?.(page);
      const shown = token === '' ? '' : `${address.includes('#') ? '&' : '#'}token=${token}`;
      await page.goto(`${url}/${address}${shown}`);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Leaves a window that is opened after this without its map. */
export async function drawNoMap(page: Page): Promise<void> {
  await page.addInitScript(withoutWebGl2);
}

/** Runs in the page. */
function withoutWebGl2(): void {
  const made = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
    return kind === 'webgl2' ? null : Reflect.apply(made, this, [kind, ...more]);
  } as typeof made;
}
