import type { Map as MapLibreMap } from 'maplibre-gl';
import { expect, test, vi } from 'vitest';
import { fakeCard as card, fakeMap } from '../../tests/fakes/mapOnCard.ts';
import { CardPace, paceRepaints, paceSheet } from './pace.ts';

vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 4));
vi.stubGlobal('cancelAnimationFrame', clearTimeout);

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
    const moves = { now: false };
    const { map, state, fire } = fakeMap({ moving: () => moves.now });
    const asked = { times: 0 };
    map.triggerRepaint = () => void asked.times++;
    let now = 0;
    paceRepaints(
      map,
      () => now,
      () => true,
    );
    fire('idle');
    map.triggerRepaint();
    expect(asked.times).toBe(1);
    state.done = false;
    fire('render');
    for (let i = 0; i < 50; i++) map.triggerRepaint();
    // One timer for the next frame, one that looks when the card has finished this one.
    expect([asked.times, vi.getTimerCount()]).toEqual([1, 2]);
    moves.now = true;
    map.triggerRepaint();
    expect(asked.times).toBe(2);
    moves.now = false;
    now = 500;
    state.done = true;
    vi.advanceTimersByTime(4);
    expect(asked.times).toBe(2);
    now = 1500;
    vi.advanceTimersByTime(1000);
    expect([asked.times, vi.getTimerCount()]).toEqual([3, 0]);
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
    expect(seen.drawn.length).toBeGreaterThanOrEqual(4);
    expect(seen.drawn.length).toBeLessThanOrEqual(6);
    // What came last is drawn, also when nothing more comes; and all of it at once when it is there.
    vi.advanceTimersByTime(3000);
    const before = seen.drawn.length;
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn.length).toBe(before + 1);
    // A canvas of another size is empty: what goes on it waits for nothing.
    resize();
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn.length).toBe(before + 2);
    window.whole = true;
    map.triggerRepaint();
    vi.advanceTimersByTime(5);
    expect(seen.drawn.length).toBe(before + 3);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a sheet over a slow map is drawn every eight seconds without the focus, and with it at its own pace', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const window = { focused: true };
    const { map, paced } = drawnMap(window, 700);
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
    const sheet = paceSheet(gl, map, paced, draw, clock, () => window.focused);
    const asked = { triggerRepaint: () => sheet.ask() };
    expect(framesOf(asked, seen, () => true)).toBeGreaterThan(1000);
    expect(sheet.rest).toBe(0);
    window.focused = false;
    expect(sheet.rest).toBe(8_000);
    expect(framesOf(asked, seen, () => true)).toBeLessThanOrEqual(3);
    // Whoever comes to the window has what changed with the next word of it, not at the end of the rest.
    vi.advanceTimersByTime(9_000);
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

test('on a slow card the map waits for the hands of who works beside it, half a minute at most; a quick one for nobody', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    for (const [takes, ...spans] of [
      [400, [0, 0], [1, 1]],
      [10, [300, 600], [300, 600]],
    ] as const) {
      const window = { focused: true, worksFor: 0 };
      const { map, seen } = drawnMap(window, takes);
      map.triggerRepaint();
      vi.advanceTimersByTime(5_000);
      window.worksFor = 400;
      // Of ten seconds, the map having been drawn five seconds before, and twenty-two.
      for (const [least, most] of spans) {
        const frames = framesOf(map, seen, () => true);
        expect(frames).toBeGreaterThanOrEqual(least);
        expect(frames).toBeLessThanOrEqual(most);
        vi.advanceTimersByTime(7_000);
      }
      window.worksFor = 0;
      vi.advanceTimersByTime(5_000);
      const before = seen.frames;
      map.triggerRepaint();
      vi.advanceTimersByTime(50);
      expect(seen.frames).toBe(before + 1);
    }
  } finally {
    vi.useRealTimers();
  }
});

test('a sheet is not drawn while a picture of the map is being drawn: it would stop the page until that is there', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const { map, paced } = drawnMap({ focused: true }, 400);
    map.triggerRepaint();
    vi.advanceTimersByTime(5_000);
    const { gl, state } = card();
    state.done = true;
    const seen = { frames: 0 };
    const sheet = paceSheet(
      gl,
      map,
      paced,
      () => seen.frames++,
      () => Date.now(),
      () => true,
    );
    map.triggerRepaint();
    vi.advanceTimersByTime(20);
    expect(paced.frames.away).toBe(true);
    sheet.ask();
    vi.advanceTimersByTime(300);
    expect(seen.frames).toBe(0);
    vi.advanceTimersByTime(300);
    expect(seen.frames).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

/** A map on a card that needs `takes` ms for a frame, in a window with or without the focus. */
function drawnMap(window: { focused: boolean; whole?: boolean; worksFor?: number }, takes = 0) {
  const { map, seen, fire } = fakeMap({ takes, loaded: () => window.whole !== false });
  const paced = paceRepaints(
    map,
    () => Date.now(),
    () => window.focused,
    () => window.worksFor ?? 0,
  );
  if (!paced) throw new Error('the fake map has no card');
  return { map, seen, paced, resize: () => fire('resize') };
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
