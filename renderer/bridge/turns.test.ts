import { beforeEach, expect, test } from 'vitest';
import { createTurns } from './turns.ts';

/** A page: what is told is drawn before the next task, and takes its time. */
function page(drawingMs: number) {
  const tasks: { at: number; run: () => void }[] = [];
  const drawn: { at: number; what: string }[] = [];
  let time = 0;
  const hand = { works: false };
  let undrawn = new Set<string>();
  let ends: (() => void)[] = [];
  const turns = createTurns({
    now: () => time,
    setTimeout: (run, ms) => void tasks.push({ at: time + ms, run }),
    queueMicrotask: (run) => void ends.push(run),
    working: () => hand.works,
  });
  const listeners = new Map<string, () => void>();
  const listener = (what: string) => {
    const known = listeners.get(what) ?? (() => void undrawn.add(what));
    listeners.set(what, known);
    return known;
  };
  /** React: all that was told in a task, at once. */
  const draw = () => {
    for (const run of ends) run();
    ends = [];
    if (undrawn.size === 0) return;
    time += drawingMs;
    drawn.push({ at: time, what: [...undrawn].sort().join('+') });
    undrawn = new Set();
  };
  const until = (end: number) => {
    for (;;) {
      const next = tasks.sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      tasks.shift();
      time = Math.max(time, next.at);
      next.run();
      draw();
    }
    time = Math.max(time, end);
  };
  return {
    turns,
    hand,
    drawn,
    until,
    listener,
    tell(...what: string[]) {
      for (const each of what) turns.tell(listener(each));
      draw();
    },
    hurry() {
      turns.hurry();
      draw();
    },
    now: () => time,
  };
}

let desk: ReturnType<typeof page>;
beforeEach(() => {
  desk = page(40);
});

test('what comes to a window that rests is drawn at once, all of one message together', () => {
  desk.tell('queue', 'map');
  expect(desk.drawn).toEqual([{ at: 40, what: 'map+queue' }]);
  desk.until(1000);
  desk.tell('queue');
  expect(desk.drawn[1]).toEqual({ at: 1040, what: 'queue' });
});

test('after a turn it rests as long as that took; what came meanwhile is drawn once', () => {
  desk.tell('queue');
  for (let i = 0; i < 5; i++) {
    desk.until(desk.now() + 5);
    desk.tell('queue');
  }
  desk.until(1000);
  expect(desk.drawn.map(({ what }) => what)).toEqual(['queue', 'queue']);
  expect(desk.drawn[1]?.at).toBe(120);
});

test('a flood of messages is drawn half of the time, and never late for longer than two turns', () => {
  const late: number[] = [];
  for (let i = 1; i <= 300; i++) {
    desk.until(Math.max(desk.now(), i * 10));
    const came = desk.now();
    desk.tell('queue');
    late.push(came);
  }
  desk.until(desk.now() + 1000);
  const last = desk.drawn.at(-1)?.at ?? 0;
  expect(desk.drawn.length * 40).toBeLessThan(0.6 * last);
  expect(last - (late.at(-1) ?? 0)).toBeLessThanOrEqual(120);
});

test('while somebody works it rests three times as long, and not after', () => {
  desk.hand.works = true;
  desk.tell('queue');
  desk.until(desk.now() + 5);
  desk.tell('queue');
  desk.until(1000);
  // Drawn at 40, rested until 160, and drawn in 40.
  expect(desk.drawn.map(({ at }) => at)).toEqual([40, 200]);
  desk.hand.works = false;
  desk.tell('queue');
  desk.until(desk.now() + 5);
  desk.tell('queue');
  desk.until(2000);
  expect(desk.drawn.slice(2).map(({ at }) => at)).toEqual([1040, 1120]);
});

test('a turn that took very long is not followed by as long a rest', () => {
  desk = page(5000);
  desk.tell('queue');
  desk.until(desk.now());
  desk.tell('queue');
  desk.until(desk.now() + 250);
  expect(desk.drawn).toHaveLength(2);
});

test('what is gone hears no more, and one that breaks keeps nobody from hearing', () => {
  desk.tell('queue');
  const broken = () => {
    throw new Error('broken');
  };
  desk.until(desk.now());
  desk.turns.tell(broken);
  desk.tell('gone', 'map');
  desk.turns.forget(desk.listener('gone'));
  expect(() => desk.until(1000)).toThrow('broken');
  desk.until(1000);
  expect(desk.drawn.at(-1)?.what).toBe('map');
});

test('of a turn that was waited for each is drawn by itself: a frame may come between; told again meanwhile, it is told once', () => {
  desk.tell('queue');
  desk.until(desk.now() + 5);
  desk.tell('queue', 'map', 'strip');
  desk.until(desk.now());
  desk.tell('strip');
  desk.until(2000);
  expect(desk.drawn.map(({ what }) => what)).toEqual(['queue', 'queue', 'map', 'strip']);
});

test('beside somebody’s work no two are drawn within one frame', () => {
  desk = page(5);
  desk.hand.works = true;
  desk.tell('queue');
  desk.until(desk.now() + 1);
  desk.tell('queue', 'map', 'strip');
  desk.until(2000);
  const at = desk.drawn.slice(1).map((each) => each.at);
  expect(at.slice(1).map((each, i) => each - (at[i] ?? 0))).toEqual([18, 18]);
});

test('a turn ends although all that were still to hear have gone meanwhile', () => {
  desk.tell('queue');
  desk.until(desk.now() + 5);
  const leave = () => {
    for (const gone of ['map', 'strip']) desk.turns.forget(desk.listener(gone));
  };
  desk.turns.tell(leave);
  desk.tell('map', 'strip');
  desk.until(2000);
  desk.tell('clock');
  expect(desk.drawn.map(({ what }) => what)).toEqual(['queue', 'clock']);
});

test('what a person waits for is told now, all of it, and so is what comes next', () => {
  desk.tell('queue');
  desk.until(desk.now());
  desk.tell('queue', 'map');
  expect(desk.drawn).toHaveLength(1);
  const before = desk.now();
  desk.hurry();
  expect(desk.drawn.at(-1)).toEqual({ at: before + 40, what: 'map+queue' });
  desk.until(desk.now());
  desk.hurry();
  desk.tell('strip');
  expect(desk.drawn.at(-1)?.what).toBe('strip');
  desk.until(2000);
  expect(desk.drawn).toHaveLength(3);
});
