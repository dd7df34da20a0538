import type { ElectronApplication, Page } from 'playwright';
import { until } from '../../support/until.ts';

/** A window of the desktop app, as the system sees it. */
export interface DesktopWindow {
  route: string;
  bounds: { x: number; y: number; width: number; height: number };
}

/** Every open window: which region, and where it stands. */
export function windowsOf(app: ElectronApplication): Promise<DesktopWindow[]> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      route: window.webContents.getURL().replace(/^[^#]*/, ''), // Empty for a window that has only just been made.
      bounds: window.getBounds(),
    })),
  );
}

/** The page of a region's window, once it is open. */
export function pageOf(app: ElectronApplication, route: string): Promise<Page> {
  return until(() => app.windows().find((page) => page.url().endsWith(route)), {
    what: `a window ${route}`,
    within: 60_000,
  });
}

/** Number of the 1920 pixels wide monitor, from the left, that holds the window's middle. */
export function monitorOf({ bounds }: DesktopWindow): number {
  return Math.floor((bounds.x + bounds.width / 2) / 1920);
}

/** Route → monitor, for every window. */
export async function monitors(app: ElectronApplication): Promise<Record<string, number>> {
  return Object.fromEntries((await windowsOf(app)).map((window) => [window.route, monitorOf(window)]));
}

/** Waits until exactly these windows stand open, each on its monitor. A window that has only just been made has no address yet. */
export async function windowsStand(app: ElectronApplication, expected: Record<string, number>): Promise<void> {
  const sorted = (places: Record<string, number>) => JSON.stringify(Object.entries(places).sort());
  let seen: Record<string, number> = {};
  await until(
    async () => {
      seen = await monitors(app);
      if (sorted(seen) === sorted(expected)) return true;
      throw new Error(`the windows stand at ${JSON.stringify(seen)}`);
    },
    { what: `windows at ${JSON.stringify(expected)}`, within: 60_000 },
  );
}
