import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createRejects, type Reject } from './rejects.ts';

const reject = (excerpt: string): Reject => ({
  ...{ door: 'feed', source: 'f', path: 'obs.0', excerpt },
  ...{ message: { zh: '不对', en: 'm' }, remedy: { zh: '改', en: 'r' } },
});

test('keeps the newest, newest first, and counts them all', () => {
  const rejects = createRejects({ clock: createFakeClock(1000), limit: 3 });
  let changes = 0;
  const stop = rejects.onChange(() => changes++);
  for (const text of ['1', '2', '3', '4', '5']) rejects.add(reject(text));
  rejects.count(10);
  rejects.count(0);
  stop();
  rejects.count(1);
  expect(rejects.list().map((r) => r.excerpt)).toEqual(['5', '4', '3']);
  expect(new Set(rejects.list().map((r) => r.id)).size).toBe(3);
  expect(rejects.total()).toBe(16);
  expect(changes).toBe(6);
});

test('keeps 500 characters of what came, whatever they are', () => {
  const rejects = createRejects({ clock: createFakeClock(1000) });
  rejects.add(reject(`${'\ud83d\ude00'.repeat(249)}x\ud83d\ude00`));
  rejects.add(reject(`\u0000\ud800${'y'.repeat(2000)}`));
  for (const { excerpt } of rejects.list()) {
    expect(excerpt.length).toBeLessThanOrEqual(500);
    expect(excerpt.isWellFormed()).toBe(true);
  }
});

test('keeps 500 characters of what is said of it, in each language', () => {
  const rejects = createRejects({ clock: createFakeClock(1000) });
  const long = { zh: '不'.repeat(2000), en: 'n'.repeat(2000) };
  rejects.add({ ...reject(''), message: long, remedy: long });
  const kept = { zh: '不'.repeat(500), en: 'n'.repeat(500) };
  expect(rejects.list()).toMatchObject([{ door: 'feed', message: kept, remedy: kept }]);
});

test('a source that floods pushes out its own refusals, not those of others', () => {
  const rejects = createRejects({ clock: createFakeClock(1000), limit: 10 });
  rejects.add({ ...reject('of a file'), source: 'plan.yaml' });
  for (let i = 0; i < 1000; i++) rejects.add(reject(`${i}`));
  for (let i = 0; i < 3; i++) rejects.add({ ...reject(`g${i}`), source: 'g' });
  const kept = rejects.list().map(({ excerpt }) => excerpt);
  expect(kept).toEqual(['g2', 'g1', 'g0', '999', '998', '997', '996', '995', '994', 'of a file']);
});
