import { expect, test } from 'vitest';
import { AlarmRule } from '../../core/alarms/rules.ts';
import { createFenceWatch } from '../../main/features/alarms/fenceWatch.ts';
import { createDomainRig } from '../fakes/domainRig.ts';

/** Areas of 300 m, a kilometre apart. */
const SIDE = 20;
const cornerOf = (n: number) => ({ lon: 121 + (n % SIDE) * 0.01, lat: 29 + Math.floor(n / SIDE) * 0.01 });

/** How many rules a position asks, by the rule: each reads `levels` when it is held against one. */
function asked(count: number) {
  const asks = new Set<string>();
  const rules = Array.from({ length: count }, (_, n) => {
    const { lon, lat } = cornerOf(n);
    const ring = [
      [lon, lat],
      [lon + 0.003, lat],
      [lon + 0.003, lat + 0.003],
      [lon, lat + 0.003],
      [lon, lat],
    ];
    const rule = AlarmRule.parse({
      ...{ rule: `area-${n}`, name: { zh: '区', en: 'Area' }, unit: { kind: 'truck' } },
      area: { type: 'Polygon', coordinates: [ring] },
      levels: [{ level: 3, raise: 0, clear: -20, for: 600 }],
    });
    return new Proxy(rule, {
      get(target, key) {
        asks.add(target.rule);
        return Reflect.get(target, key);
      },
    });
  });
  const rig = createDomainRig();
  const watch = createFenceWatch({
    ...{ rules, units: [{ id: 'T-1', kind: 'truck', callSign: 'T' }], at: () => undefined },
    ...{ station: 'A', domain: rig.domain },
    onError: (error) => expect.unreachable(String(error)),
  });
  return (point: { lon: number; lat: number }, t: number) => {
    asks.clear();
    watch.moved('T-1', { ...point, t });
    return [...asks];
  };
}

test.each([20, 400])('of %i rules of areas a position asks those that are near alone', (count) => {
  const ask = asked(count);
  expect(ask({ lon: 100, lat: 10 }, 0)).toHaveLength(count); // The first: an alarm may stand from before.
  expect(ask({ lon: 100, lat: 10 }, 1000)).toEqual([]);
  const { lon, lat } = cornerOf(7);
  const inIt = { lon: lon + 0.001, lat: lat + 0.001 };
  expect(ask(inIt, 2000)).toEqual(['area-7']);
  // Its time runs: asked once more after it left, and then no longer.
  expect(ask({ lon: 100, lat: 10 }, 3000)).toEqual(['area-7']);
  expect(ask({ lon: 100, lat: 10 }, 4000)).toEqual([]);
});
