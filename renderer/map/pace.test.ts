import type { Map as MapLibreMap } from 'maplibre-gl';
import { expect, test, vi } from 'vitest';
import { CardPace, paceRepaints, paceSheet } from './pace.ts';

function card() {
  const state = { done: false };
  const gl = {
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    SYNC_STATUS: 2,
    SIGNALED: 3,
    fenceSync: () => ({}) as WebGLSync,
    deleteSync() {},
    flush() {},
    getSyncParameter: () => (state.done ? 3 : 4),
  } as unknown as WebGL2RenderingContext;
  return { gl, state };
}

test('a frame is asked for when the card has finished the last, and has rested as long as it took', () => {
  const { gl, state } = card();
  const pace = new CardPace();
  expect(pace.wait(gl, 0)).toBe(0);
  pace.drawn(gl, 100);
  expect(pace.wait(gl, 110)).toBeGreaterThan(0);
  expect(pace.wait(gl, 139)).toBeGreaterThan(0);
  state.done = true;
  expect(pace.wait(gl, 140)).toBe(40);
  expect(pace.wait(gl, 160)).toBe(20);
  expect(pace.wait(gl, 180)).toBe(0);
});

test('a slow card rests twice as long as it works: the map leaves two thirds of it to the other windows', () => {
  const { gl, state } = card();
  const pace = new CardPace();
  state.done = true;
  pace.drawn(gl, 1000);
  expect(pace.wait(gl, 1500)).toBe(1000);
  expect(pace.wait(gl, 2500)).toBe(0);
});

test('a quick card is hardly held up, a very slow one not for ever', () => {
  const { gl, state } = card();
  state.done = true;
  const pace = new CardPace();
  pace.drawn(gl, 0);
  expect(pace.wait(gl, 2)).toBe(2);
  pace.drawn(gl, 1000);
  expect(pace.wait(gl, 9000)).toBe(5_000);
});

test('a card that never says it has finished does not stop the map', () => {
  const { gl } = card();
  const pace = new CardPace();
  pace.drawn(gl, 0);
  expect(pace.wait(gl, 19_000)).toBeGreaterThan(0);
  expect(pace.wait(gl, 20_000)).toBe(5_000);
  expect(pace.wait(gl, 25_000)).toBe(0);
});

test('whatever a map is redrawn for it waits for the card, once; moved by a person it does not', () => {
  vi.useFakeTimers();
  try {
    const { gl, state } = card();
    const map = { asked: 0, moving: false, on: new Map<string, () => void>() };
    const fake = {
      getCanvas: () => ({ getContext: () => Object.assign(gl, { isContextLost: () => false }) }),
      triggerRepaint: () => void map.asked++,
      isMoving: () => map.moving,
      painter: { render() {} },
      on: (event: string, heard: () => void) => map.on.set(event, heard),
    } as unknown as MapLibreMap;
    let now = 0;
    paceRepaints(
      fake,
      () => now,
      () => true,
    );
    map.on.get('idle')?.();
    fake.triggerRepaint();
    expect(map.asked).toBe(1);
    map.on.get('render')?.();
    for (let i = 0; i < 50; i++) fake.triggerRepaint();
    // One timer for the next frame, one that looks when the card has finished this one.
    expect([map.asked, vi.getTimerCount()]).toEqual([1, 2]);
    map.moving = true;
    fake.triggerRepaint();
    expect(map.asked).toBe(2);
    map.moving = false;
    now = 500;
    state.done = true;
    vi.advanceTimersByTime(4);
    expect(map.asked).toBe(2);
    now = 1500;
    vi.advanceTimersByTime(1000);
    expect([map.asked, vi.getTimerCount()]).toEqual([3, 0]);
  } finally {
    vi.useRealTimers();
  }
});

test('while a map is put together its frames go on, and a slow card draws one when it has rested from the last', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const window = { focused: false, whole: false };
    const { map, seen, resize } = drawnMap(window, 700);
    expect(framesOf(map, seen, () => true)).toBeGreaterThan(1000);
    expect(seen.drawn).toBeGreaterThanOrEqual(4);
    expect(seen.drawn).toBeLessThanOrEqual(6);
    // What came last is drawn, also when nothing more comes; and all of it at once when it is there.
    vi.advanceTimersByTime(3000);
    const before = seen.drawn;
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn).toBe(before + 1);
    // A canvas of another size is empty: what goes on it waits for nothing.
    resize();
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn).toBe(before + 2);
    window.whole = true;
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn).toBe(before + 3);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a sheet over a slow map is drawn every five seconds without the focus, and with it at its own pace', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const window = { focused: true };
    const { map, pace } = drawnMap(window, 700);
    map.triggerRepaint();
    vi.advanceTimersByTime(10_000);
    const { gl, state } = card();
    state.done = true;
    const seen = { frames: 0 };
    const draw = () => {
      seen.frames++;
      sheet.drawn();
    };
    const clock = () => Date.now();
    const sheet = paceSheet(gl, map, pace, draw, clock, () => window.focused);
    const asked = { triggerRepaint: () => sheet.ask() };
    expect(framesOf(asked, seen, () => true)).toBeGreaterThan(1000);
    expect(sheet.rest).toBe(0);
    window.focused = false;
    expect(sheet.rest).toBe(5_000);
    expect(framesOf(asked, seen, () => true)).toBeLessThanOrEqual(3);
    // Whoever comes to the window has what changed with the next word of it, not at the end of the rest.
    vi.advanceTimersByTime(6_000);
    sheet.ask();
    vi.advanceTimersByTime(1_000);
    sheet.ask();
    const before = seen.frames;
    vi.advanceTimersByTime(100);
    expect(seen.frames).toBe(before);
    window.focused = true;
    sheet.ask();
    vi.advanceTimersByTime(10);
    expect(seen.frames).toBe(before + 1);
    vi.advanceTimersByTime(10_000);
    expect(seen.frames).toBe(before + 1);
  } finally {
    vi.useRealTimers();
  }
});

/** A map that draws a frame 4 ms after it was asked to, on a card that needs `takes` ms for it, in a window with or without the focus. */
function drawnMap(window: { focused: boolean; whole?: boolean }, takes = 0) {
  const { gl, state } = card();
  state.done = true;
  const heard = new Map<string, () => void>();
  const seen = { frames: 0, drawn: 0, asked: false };
  const map = {
    getCanvas: () => ({ getContext: () => Object.assign(gl, { isContextLost: () => false }) }),
    isMoving: () => false,
    loaded: () => window.whole !== false,
    on: (event: string, listener: () => void) => heard.set(event, listener),
    painter: {
      render() {
        seen.drawn++;
        state.done = takes === 0;
        if (takes > 0) setTimeout(() => (state.done = true), takes);
      },
    },
    triggerRepaint() {
      if (seen.asked) return;
      seen.asked = true;
      setTimeout(() => {
        seen.asked = false;
        seen.frames++;
        map.painter.render();
        heard.get('render')?.();
        if (window.whole !== false) heard.get('idle')?.();
      }, 4);
    },
  };
  const shown = map as unknown as MapLibreMap;
  const pace = paceRepaints(
    shown,
    () => Date.now(),
    () => window.focused,
  );
  return { map: shown, seen, pace, resize: () => heard.get('resize')?.() };
}

/** Frames of ten seconds, in each ms of which something may ask for one. */
function framesOf(
  map: Pick<MapLibreMap, 'triggerRepaint'>,
  seen: { frames: number },
  asks: (ms: number) => boolean,
): number {
  const before = seen.frames;
  for (let ms = 0; ms < 10_000; ms++) {
    if (asks(ms)) map.triggerRepaint();
    vi.advanceTimersByTime(1);
  }
  return seen.frames - before;
}

test('a map that nothing asks is not drawn; with the focus it is drawn once a change, without it five times a second', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const window = { focused: true };
    const { map, seen } = drawnMap(window);
    expect(framesOf(map, seen, () => false)).toBe(0);
    expect(framesOf(map, seen, (ms) => ms % 250 === 0)).toBe(40);
    window.focused = false;
    vi.advanceTimersByTime(1000);
    const often = framesOf(map, seen, () => true);
    expect(often).toBeLessThanOrEqual(50);
    expect(often).toBeGreaterThan(45);
    vi.advanceTimersByTime(1000);
    expect([framesOf(map, seen, () => false), vi.getTimerCount()]).toEqual([0, 0]);
    expect(framesOf(map, seen, (ms) => ms % 1000 === 0)).toBe(10);
    // After a long rest a change is there with the next frame, not after as long again.
    window.focused = true;
    vi.advanceTimersByTime(60_000);
    const before = seen.frames;
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.frames).toBe(before + 1);
  } finally {
    vi.useRealTimers();
  }
});

test('without the focus a slow card works a twentieth of the time, and an alarm is on the map two seconds later at most', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    for (const [takes, least, most] of [
      [50, 8, 10],
      [80, 5, 7],
      [700, 3, 5],
    ] as const) {
      const window = { focused: true };
      const { map, seen } = drawnMap(window, takes);
      map.triggerRepaint();
      vi.advanceTimersByTime(10_000);
      window.focused = false;
      const frames = framesOf(map, seen, () => true);
      expect(frames).toBeGreaterThanOrEqual(least);
      expect(frames).toBeLessThanOrEqual(most);
    }
  } finally {
    vi.useRealTimers();
  }
});
