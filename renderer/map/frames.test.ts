import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeMap } from '../../tests/fakes/mapOnCard.ts';
import { paceRepaints } from './pace.ts';

const TAKES = 400;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 4));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A map that has been drawn once, on a card that needs so long for a frame. */
function drawnOnce(takes: number) {
  const hand = { moves: false, whole: true };
  const fake = fakeMap({ takes, moving: () => hand.moves, loaded: () => hand.whole });
  const paced = paceRepaints(
    fake.map,
    () => Date.now(),
    () => true,
  );
  if (!paced) throw new Error('the fake map has no card');
  const { frames } = paced;
  const seen: number[] = [];
  const forget = frames.onSeen(() => seen.push(frames.view().lon));
  fake.map.triggerRepaint();
  vi.advanceTimersByTime(5_000);
  return { ...fake, frames, hand, screen: seen, forget };
}

test('the first frame is on the canvas; from then on a slow card draws past it, and the picture is shown when it is finished', () => {
  const { map, seen, state, frames, screen } = drawnOnce(TAKES);
  expect(seen.drawn).toEqual(['canvas']);
  expect(screen).toEqual([0]);
  seen.lon = 7;
  map.triggerRepaint();
  vi.advanceTimersByTime(TAKES / 2);
  expect(seen.drawn).toEqual(['canvas', 'picture']);
  // What is on the screen is still of the old place, whatever the map says of itself.
  expect([state.blits, frames.away, frames.view().lon, screen.length]).toEqual([0, true, 0, 1]);
  expect(state.on).toBe('canvas');
  vi.advanceTimersByTime(TAKES);
  expect([state.blits, frames.away, frames.view().lon]).toEqual([1, false, 7]);
  expect(screen).toEqual([0, 7]);
});

test('a picture is whole when all was there as it was drawn, whatever has come since', () => {
  const { map, seen, frames, hand } = drawnOnce(TAKES);
  const wholes: boolean[] = [];
  frames.onSeen((whole) => wholes.push(whole));
  hand.whole = false;
  map.triggerRepaint();
  vi.advanceTimersByTime(50);
  expect([seen.drawn.at(-1), wholes]).toEqual(['picture', []]);
  hand.whole = true;
  vi.advanceTimersByTime(TAKES);
  expect(wholes).toEqual([false]);
  map.triggerRepaint();
  vi.advanceTimersByTime(5_000);
  expect(wholes).toEqual([false, true]);
});

test('a quick card draws on the canvas', () => {
  const { map, seen, state, screen } = drawnOnce(10);
  map.triggerRepaint();
  vi.advanceTimersByTime(1_000);
  expect([seen.drawn, state.blits, screen.length]).toEqual([['canvas', 'canvas'], 0, 2]);
});

test('under the hand of a person, and on a canvas of another size, a slow card draws on the canvas; what it drew past it is not shown', () => {
  const { map, seen, state, frames, hand, screen, fire } = drawnOnce(TAKES);
  seen.lon = 7;
  map.triggerRepaint();
  vi.advanceTimersByTime(50);
  expect(frames.away).toBe(true);
  hand.moves = true;
  seen.lon = 8;
  map.triggerRepaint();
  vi.advanceTimersByTime(50);
  hand.moves = false;
  expect([seen.drawn, frames.away, screen]).toEqual([['canvas', 'picture', 'canvas'], false, [0, 8]]);
  vi.advanceTimersByTime(5_000);
  expect(state.blits).toBe(0);
  fire('resize');
  map.triggerRepaint();
  vi.advanceTimersByTime(5_000);
  expect(seen.drawn.at(-1)).toBe('canvas');
});

test('a picture follows the size of the canvas, and a card that was lost gets another', () => {
  const { map, state, canvas, fire, seen } = drawnOnce(TAKES);
  const frame = () => {
    map.triggerRepaint();
    vi.advanceTimersByTime(5_000);
  };
  frame();
  frame();
  expect(state.allocated).toBe(1);
  canvas.width = 1000;
  frame();
  expect(state.allocated).toBe(2);
  map.triggerRepaint();
  vi.advanceTimersByTime(50);
  fire('webglcontextlost');
  const { blits } = state;
  vi.advanceTimersByTime(5_000);
  expect(state.blits).toBe(blits);
  frame();
  expect([state.allocated, seen.drawn.at(-1)]).toEqual([3, 'picture']);
});

test('who has taken back that he wants to hear of frames hears nothing more', () => {
  const { map, screen, forget } = drawnOnce(10);
  forget();
  map.triggerRepaint();
  vi.advanceTimersByTime(1_000);
  expect(screen.length).toBe(1);
});
