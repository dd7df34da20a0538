import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AlarmView } from '../../../contract/features/alarms.ts';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { formatHlc } from '../../../core/ledger/hlc.ts';
import { readEvent } from '../../../core/ledger/intake.ts';
import { createProjection } from '../../../core/ledger/projection.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createShelving } from './shelving.ts';
import { alarmView } from './view.ts';

const SUBJECT = 'alarm:water:WL-001';

/** Numbers as a hostile peer would choose them. */
const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 1.5, -1, 999, -999, Number.MAX_SAFE_INTEGER, 2 ** 53, -0.5, 1e308),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 10 }),
);
const words = fc.oneof(fc.constantFrom('', 'x', '__proto__', 'constructor'), fc.string({ maxLength: 300 }));
const text = fc.record({ zh: words, en: words });
const level = fc.constantFrom(1, 2, 3, 4, 5, 0);
const occurrence = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(1, 2, 3) }, { weight: 1, arbitrary: number });
const place = fc.record({
  lon: fc.oneof({ weight: 3, arbitrary: fc.constant(121) }, { weight: 1, arbitrary: number }),
  lat: fc.oneof({ weight: 3, arbitrary: fc.constant(29) }, { weight: 1, arbitrary: number }),
  name: text,
});
const clears = fc.option(fc.record({ direction: fc.constantFrom('high', 'low', 'odd'), at: number, for: number }), {
  nil: undefined,
});
const seen = fc.array(fc.constantFrom('z-1', 'z-2', 'z-3', 'y-1'), { maxLength: 3 });
const body = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: fc.constant('alarm.raised'), occurrence, rule: words, title: text, level, value: number, unit: words },
      ...{ source: fc.record({ kind: words, id: words }), place, clears },
    }),
  },
  fc.record({ type: fc.constant('alarm.acknowledged'), occurrence, level }),
  fc.record({ type: fc.constant('alarm.cleared'), occurrence, level, value: number }),
  fc.record({ type: fc.constant('alarm.held'), occurrence, clears }),
  fc.record({ type: fc.constant('alarm.shelved'), occurrence, level, minutes: number, reason: words }),
  fc.record({ type: fc.constant('alarm.shelved'), until: number, reason: words }),
  fc.record({ type: fc.constant('alarm.unshelved') }),
  fc.record({ type: fc.constant('alarm.linked'), incident: words, seen }),
  fc.record({ type: fc.constant('conflict.seen'), conflict: words }),
);

test('whatever the fold accepts, windows can be shown: no alarm ever vanishes for what a peer wrote', () => {
  const event = fc.record({ station: fc.constantFrom('y', 'z', '__proto__'), body, at: fc.maxSafeNat() });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (drafts) => {
      const events = drafts.flatMap(({ station, body: { type, ...fields }, at }, i) => {
        const read = readEvent({
          ...{ id: `${station}-${i + 1}`, station, seq: i + 1, hlc: formatHlc(i, 0), at, type },
          ...{ subject: SUBJECT, actor: 'x', body: JSON.parse(JSON.stringify(fields)) },
          ...{ prev: '0'.repeat(64), hash: '0'.repeat(64) },
        });
        return 'reason' in read ? [] : [read];
      });
      const fold = createProjection(alarmAggregate, () => events);
      const shelving = createShelving(createFakeClock(), () => ['y']);
      for (const one of events) {
        fold.apply([one]);
        const alarm = fold.get(SUBJECT) ?? alarmAggregate.initialState(SUBJECT);
        for (const since of ['now', 'its-event'] as const) shelving.look(alarm, since);
        expect(AlarmView.safeParse(alarmView(alarm, shelving.until(SUBJECT))).error?.issues).toBeUndefined();
      }
    }),
    { seed: 9, numRuns: 2000 },
  );
});
