import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import type { Clock } from '../clock.ts';
import { createDeadlines } from './deadlines.ts';

function rig(clock: Clock = createFakeClock()) {
  const errors: string[] = [];
  const told: string[] = [];
  const deadlines = createDeadlines({ clock, onError: (error, what) => errors.push(`${what}: ${error}`) });
  const tells = (kind: string) => deadlines.kind(kind, (subject) => told.push(`${kind} ${subject}`));
  return { deadlines, errors, told, tells };
}

test('each is told once, when it is due, the earliest first; a later word replaces an earlier one', async () => {
  const clock = createFakeClock();
  const { told, tells } = rig(clock);
  const [a, b] = [tells('a'), tells('b')];
  a.set('late', 3000);
  a.set('soon', 1000);
  b.set('soon', 2000);
  a.set('moved', 500);
  a.set('moved', 2500);
  b.set('gone', 700);
  b.set('gone', null);
  await clock.advance(999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(['a soon']);
  await clock.advance(10_000);
  expect(told).toEqual(['a soon', 'b soon', 'a moved', 'a late']);
  expect(clock.pending).toBe(0);
});

test('when the wall clock jumps nothing is due earlier or later', async () => {
  const clock = createFakeClock();
  const { told, tells } = rig(clock);
  tells('a').set('it', 10_000);
  clock.skew(3_600_000);
  await clock.advance(9_999);
  expect(told).toEqual([]);
  clock.skew(-2 * 3_600_000);
  await clock.advance(1);
  expect(told).toEqual(['a it']);
});

test('what lies in the past is due in the next turn, not in this one, and starves nobody', async () => {
  const clock = createFakeClock();
  await clock.advance(5000);
  const { deadlines, tells, told } = rig(clock);
  let rung = 0;
  const again = deadlines.kind('again', (subject) => {
    if (++rung < 5) again.set(subject, 0);
  });
  again.set('it', 0);
  tells('a').set('other', 5000);
  expect(rung).toBe(0);
  await clock.advance(0);
  expect([rung, told]).toEqual([5, ['a other']]);
});

test('one that throws is said, and those due with it are told; what one takes away is not', async () => {
  const clock = createFakeClock();
  const { deadlines, errors, told, tells } = rig(clock);
  const a = tells('a');
  const bad = deadlines.kind('bad', () => {
    a.set('taken away', null);
    a.set('put off', 3000);
    throw new Error('no');
  });
  bad.set('it', 999.1); // Timers run whole ms: all these are due when the first one's comes.
  a.set('taken away', 999.2);
  a.set('put off', 999.3);
  a.set('kept', 999.4);
  await clock.advance(2000);
  expect(errors).toEqual(['bad it: Error: no']);
  expect(told).toEqual(['a kept']);
  await clock.advance(1000);
  expect(told).toEqual(['a kept', 'a put off']);
});

test('a timer that comes early tells nobody, and one that cannot run so long is set again', async () => {
  const fake = createFakeClock();
  const waits: number[] = [];
  const hasty: Clock = {
    ...fake,
    setTimeout(fn, ms) {
      waits.push(ms);
      return fake.setTimeout(fn, ms > 100 ? ms - 1 : ms);
    },
  };
  const { told, tells } = rig(hasty);
  const month = 31 * 24 * 3_600_000;
  tells('a').set('it', month);
  await fake.advance(month - 1);
  expect(told).toEqual([]);
  await fake.advance(1);
  expect(told).toEqual(['a it']);
  expect(Math.max(...waits)).toBeLessThan(2 ** 31);
});

test('a kind that is closed is told nothing more, and no timer is left', async () => {
  const clock = createFakeClock();
  const { told, tells } = rig(clock);
  const a = tells('a');
  a.set('it', 1000);
  a.close();
  expect(clock.pending).toBe(0);
  a.set('it', 1000);
  await clock.advance(2000);
  expect(told).toEqual([]);
});

const operation = fc.oneof(
  fc.record({ kind: fc.constantFrom('a', 'b'), subject: fc.nat(8), due: fc.option(fc.nat(5000), { nil: null }) }),
  fc.record({ pass: fc.nat(800), skew: fc.integer({ min: -5000, max: 5000 }) }),
);

test('it tells what a scan through all of them each ms would tell, when the scan would', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const clock = createFakeClock();
      const told: string[] = [];
      const deadlines = createDeadlines({
        clock,
        onError: (error) => {
          throw error;
        },
      });
      const kinds = new Map(
        ['a', 'b'].map((kind) => [
          kind,
          deadlines.kind(kind, (subject) => told.push(`${kind}${subject} ${clock.monotonic()}`)),
        ]),
      );
      const plain = new Map<string, number>();
      const expected: string[] = [];
      for (const each of operations) {
        if ('pass' in each) {
          for (let ms = 0; ms <= each.pass; ms++) {
            const now = clock.monotonic() + ms;
            for (const [id, due] of [...plain]) {
              if (due > now) continue;
              plain.delete(id);
              expected.push(`${id} ${now}`);
            }
          }
          clock.skew(each.skew);
          clock.advanceSync(each.pass);
        } else {
          kinds.get(each.kind)?.set(`${each.subject}`, each.due);
          if (each.due === null) plain.delete(`${each.kind}${each.subject}`);
          else plain.set(`${each.kind}${each.subject}`, each.due);
        }
      }
      expect(told.toSorted()).toEqual(expected.toSorted());
    }),
    { seed: 6, numRuns: 200 },
  );
});
