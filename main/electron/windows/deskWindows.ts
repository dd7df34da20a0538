import { BrowserWindow, type Display, screen } from 'electron';
import { DESK_WINDOWS } from '../../../contract/features/windows.ts';
import { LIVE, WorldId } from '../../../contract/features/worlds.ts';
import {
  firstLayout,
  keepOnScreen,
  type Layout,
  type Monitor,
  monitorSet,
  type Placed,
  tearOffBounds,
} from './layout.ts';
import type { LayoutStore } from './layoutStore.ts';

const SAVE_AFTER_MS = 400;

/** The windows of the desk, and where they stand on which set of monitors. */
export interface DeskWindows {
  /** Opens the windows of the layout of the monitors that are there. */
  openAll(): void;
  /** Opens a region in a window of its own, or brings the one there is to the front. */
  tearOff(region: Placed['region'], seat: string, world: string): void;
  all(): BrowserWindow[];
  /** What stands open, for the pages. */
  open(): { id: string; region: Placed['region']; seat: string; world: string }[];
  onChange(listener: () => void): void;
  /** Writes the layout down for the last time: windows that close after this are closed by the app's end, not by a person. */
  leave(): void;
}

function monitors(): Monitor[] {
  return screen.getAllDisplays().map((display: Display) => ({ id: String(display.id), workArea: display.workArea }));
}

/** The world that a page's address names. */
function worldOf(url: string): string {
  const named = WorldId.safeParse(new URL(url).searchParams.get('world'));
  return named.success ? named.data : LIVE;
}

/** A window of the desk. */
interface Standing extends Placed {
  /** As its page has it now. */
  readonly world: string;
  /** It was opened for a drill: no layout remembers it. */
  readonly passing: boolean;
}

/** @param load fills a new window with its page */
export function createDeskWindows(options: {
  store: LayoutStore;
  seat: string;
  preload: string;
  load(window: BrowserWindow, placed: Placed, world: string): void;
}): DeskWindows {
  const { store, seat, preload, load } = options;
  const open = new Map<BrowserWindow, Standing>();
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let set = monitorSet(monitors());
  let saving: NodeJS.Timeout | null = null;
  let arranging = false;
  let leaving = false;

  function current(): Layout {
    const windows = [...open].filter(([window, { passing }]) => !window.isDestroyed() && !passing);
    return {
      windows: windows.map(([window, { region, seat: whose }]) => ({
        ...{ region, seat: whose },
        bounds: window.getNormalBounds(),
        fullscreen: window.isFullScreen(),
      })),
    };
  }

  function save(): void {
    if (saving) clearTimeout(saving);
    saving = null;
    const layout = current();
    if (layout.windows.length > 0) store.save(set, layout);
  }

  function saveSoon(): void {
    if (arranging || leaving) return;
    if (saving) clearTimeout(saving);
    saving = setTimeout(save, SAVE_AFTER_MS);
  }

  function create(placed: Placed, world: string = LIVE): void {
    const bounds = keepOnScreen(placed.bounds, monitors());
    const window = new BrowserWindow({
      ...bounds,
      fullscreen: placed.fullscreen,
      backgroundColor: '#0a0f17',
      title: 'OpsHall',
      show: true,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // A wall or a second monitor is seldom the focused window, and must not slow down for that.
        backgroundThrottling: false,
      },
    });
    window.setMenuBarVisibility(false);
    window.setBounds(bounds); // Some window managers ignore the position at creation.
    open.set(window, { ...placed, bounds, world, passing: world !== LIVE });
    window.webContents.on('did-navigate', (_event, url) => {
      const standing = open.get(window);
      const now = worldOf(url);
      if (!standing || standing.world === now) return;
      open.set(window, { ...standing, world: now });
      changed();
    });
    window.on('moved', saveSoon);
    window.on('resized', saveSoon);
    window.on('move', saveSoon);
    window.on('resize', saveSoon);
    window.on('closed', () => {
      open.delete(window);
      changed();
      if (open.size > 0) saveSoon();
    });
    load(window, placed, world);
    changed();
  }

  /** After a monitor came or went: its set's own layout where there is one, otherwise everything onto what is there. */
  function rearrange(): void {
    const now = monitorSet(monitors());
    if (now === set) return;
    arranging = true;
    const saved = store.get(now)?.windows ?? [];
    const taken = new Set<Placed>();
    for (const [window, placed] of open) {
      const own = saved.find((s) => !taken.has(s) && s.region === placed.region && s.seat === placed.seat);
      if (own) taken.add(own);
      window.setBounds(keepOnScreen(own?.bounds ?? window.getBounds(), monitors()));
    }
    set = now;
    arranging = false;
  }

  function beforeChange(): void {
    // The monitors have changed already, the windows' own bounds perhaps not: what was saved while they stood is kept.
    if (saving) clearTimeout(saving);
    saving = null;
    rearrange();
  }
  screen.on('display-added', beforeChange);
  screen.on('display-removed', beforeChange);
  screen.on('display-metrics-changed', beforeChange);

  return {
    openAll() {
      const layout = store.get(set) ?? firstLayout(monitors(), seat);
      for (const placed of layout.windows) create(placed);
      save();
    },
    tearOff(region, forSeat, world) {
      const ofWorld = [...open].filter(([, placed]) => placed.seat === forSeat && placed.world === world);
      const there = ofWorld.find(([, placed]) => placed.region === region);
      if (there) {
        there[0].show();
        there[0].focus();
        return;
      }
      if (open.size >= DESK_WINDOWS) return; // The hall has said so to whoever asked; a report settles it.
      // It is torn out of the seat's workspace; the focus says less, it may be anywhere by the time the hall has passed this on.
      const home = ofWorld.find(([, placed]) => placed.region === 'workspace');
      const from = (home?.[0] ?? BrowserWindow.getFocusedWindow())?.getBounds();
      create({ region, seat: forSeat, bounds: tearOffBounds(from, monitors()), fullscreen: false }, world);
      save(); // At once: a monitor may be pulled out before the next move would be written down.
    },
    all: () => [...open.keys()],
    open: () =>
      [...open].map(([window, { region, seat, world }]) => ({ id: `window-${window.id}`, region, seat, world })),
    onChange: (listener) => void listeners.push(listener),
    leave() {
      if (!leaving) save();
      leaving = true;
    },
  };
}
