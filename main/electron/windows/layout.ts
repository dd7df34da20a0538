import type { Region } from '../../../contract/features/windows.ts';

/** A rectangle in the desktop's own pixels. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A monitor, as far as a layout cares. */
export interface Monitor {
  id: string;
  /** Without task bars and docks. */
  workArea: Rect;
}

/** One window of a layout. */
export interface Placed {
  region: Region;
  seat: string;
  bounds: Rect;
  fullscreen: boolean;
}

/** The windows of one set of monitors. */
export interface Layout {
  windows: Placed[];
}

/**
 * Names a set of monitors by where they are and how large: the same monitors plugged into other sockets are the same set,
 * because what the officer sees is the same.
 */
export function monitorSet(monitors: readonly Monitor[]): string {
  return monitors
    .map(({ workArea: w }) => `${w.width}x${w.height}@${w.x},${w.y}`)
    .sort()
    .join(' ');
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The monitor that shows most of a window; the first when none shows any. */
export function monitorOf(bounds: Rect, monitors: readonly Monitor[]): Monitor | undefined {
  return monitors.reduce<Monitor | undefined>(
    (best, each) => (best && overlap(bounds, best.workArea) >= overlap(bounds, each.workArea) ? best : each),
    undefined,
  );
}

/** The window moved, and shrunk where it must be, so that all of it is on a monitor that is there. */
export function keepOnScreen(bounds: Rect, monitors: readonly Monitor[]): Rect {
  const area = monitorOf(bounds, monitors)?.workArea;
  if (!area) return bounds;
  const width = Math.min(bounds.width, area.width);
  const height = Math.min(bounds.height, area.height);
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  return {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** Left to right, then top to bottom: the order people count monitors in. */
function inReadingOrder(monitors: readonly Monitor[]): Monitor[] {
  return [...monitors].sort((a, b) => a.workArea.x - b.workArea.x || a.workArea.y - b.workArea.y);
}

/**
 * The layout of a set of monitors nobody has arranged yet: everything on one; with two, the workspace with situation,
 * alarms and detail on the first (it leaves out what stands elsewhere), video over plan on the second.
 */
export function firstLayout(monitors: readonly Monitor[], seat: string): Layout {
  const [first, second] = inReadingOrder(monitors);
  if (!first) return { windows: [] };
  const place = (region: Region, bounds: Rect): Placed => ({
    region,
    seat,
    bounds: { ...bounds },
    fullscreen: false,
  });
  if (!second) return { windows: [place('workspace', first.workArea)] };
  const { x, y, width, height } = second.workArea;
  const half = Math.floor(height / 2);
  return {
    windows: [
      place('workspace', first.workArea),
      place('video', { x, y, width, height: half }),
      place('plan', { x, y: y + half, width, height: height - half }),
    ],
  };
}

/** Where a region that is torn off appears: on the monitor after the one it came from, in its middle. */
export function tearOffBounds(from: Rect | undefined, monitors: readonly Monitor[]): Rect {
  const ordered = inReadingOrder(monitors);
  const home = from && monitorOf(from, ordered);
  const next = ordered[((home ? ordered.indexOf(home) : -1) + 1) % ordered.length]?.workArea;
  if (!next) return { x: 0, y: 0, width: 1280, height: 800 };
  if (ordered.length > 1) return { ...next };
  const width = Math.round(next.width * 0.6);
  const height = Math.round(next.height * 0.6);
  return {
    x: next.x + Math.round((next.width - width) / 2),
    y: next.y + Math.round((next.height - height) / 2),
    width,
    height,
  };
}
