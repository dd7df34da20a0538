import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { inProject } from '../../../scripts/project.ts';

/** A person's screen. */
const VIEWPORT = { width: 1920, height: 1080 };
/** A step of a page that takes longer than this does not come. */
const PATIENCE_MS = 120_000;

/** How a window is opened. */
export interface DeskOptions {
  readonly seat?: string;
  /** What runs in the page before its own scripts. */
  readonly before?: () => void;
}

/** Opens the workspace in a window with nothing kept from before, in English. Close its context after use. */
export async function openDesk(
  browser: Browser,
  { url, token }: { url: string; token: string },
  { seat = 'duty', before }: DeskOptions = {},
): Promise<Page> {
  const page = await openBlank(browser, before);
  await page.goto(`${url}/?seat=${seat}&lang=en#token=${token}`, { waitUntil: 'commit' });
  return page;
}

/** A window of the same size, with nothing in it. */
export async function openBlank(browser: Browser, before?: () => void): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.setDefaultNavigationTimeout(PATIENCE_MS);
  if (before) await page.addInitScript(before);
  return page;
}

const { building } = JSON.parse(readFileSync(inProject('renderer/i18n/locales/en/map.json'), 'utf8')) as {
  building: string;
};

/** Waits until the map is drawn with all that it shows. @returns ms since the page was asked for */
export const mapDrawn = (page: Page): Promise<number> =>
  seen(page, { one: '[data-region=situation]:has(canvas)', without: building });

/** Waits until the strip tells how the network stands. @returns ms since the page was asked for */
export const stripShown = (page: Page): Promise<number> => seen(page, { one: '[data-link] [role=status]' });

/**
 * Looks at each frame whether there is such an element that has text, and not the one that tells that it is not ready.
 *
 * @returns ms since the page was asked for
 */
export function seen(page: Page, looked: { one: string; without?: string }): Promise<number> {
  return page.evaluate(
    ([one, without, patience]) =>
      new Promise<number>((resolve, reject) => {
        const look = () => {
          const text = document.querySelector(one)?.textContent ?? '';
          if (text !== '' && (without === undefined || !text.includes(without))) resolve(performance.now());
          else if (performance.now() > patience) reject(new Error(`${one} did not come, its text is "${text}"`));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [looked.one, looked.without, PATIENCE_MS] as const,
  );
}

/** The longest time between two frames of a page, ms, while something is done. */
export async function worstFrame(page: Page, doing: () => Promise<void>): Promise<number> {
  const frames = await page.evaluateHandle(() => {
    const seen = { worst: 0, last: performance.now(), over: false };
    const look = () => {
      const now = performance.now();
      seen.worst = Math.max(seen.worst, now - seen.last);
      seen.last = now;
      if (!seen.over) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  await doing();
  return frames.evaluate((seen) => {
    seen.over = true;
    return Math.max(seen.worst, performance.now() - seen.last);
  });
}

/** Between two moves of the hand. */
const STEP_MS = 30;
/** Pixels to either side of the middle. */
const REACH = 200;

/** Has a hand move the map to and fro for as long. */
export async function dragMap(page: Page, ms: number): Promise<void> {
  const box = await page.locator('[data-region=situation] canvas').first().boundingBox();
  if (!box) throw new Error('the window has no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const began = performance.now();
  for (let passed = 0; passed < ms; passed = performance.now() - began) {
    await page.mouse.move(x + REACH * Math.sin(passed / 500), y + (REACH / 2) * Math.sin(passed / 700));
    await page.waitForTimeout(STEP_MS);
  }
  await page.mouse.up();
}

/** A process of the browser. */
interface DrawingProcess {
  readonly pid: number;
  /** Processor it has had so far. */
  readonly cpuSeconds: number;
  /** Whether it is a page's, and not that of the graphics. */
  readonly page: boolean;
}

/** The processes that draw: those of the pages, and the one of the graphics. */
export async function drawingProcesses(browser: Browser): Promise<DrawingProcess[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer' || type === 'GPU')
    .map(({ id, type, cpuTime }) => ({ pid: id, cpuSeconds: cpuTime, page: type === 'renderer' }));
}
