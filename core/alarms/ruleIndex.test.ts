import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexRules } from './ruleIndex.ts';
import { AlarmRule } from './rules.ts';

const name = fc.constantFrom('a', 'b', 'c', '__proto__');
const kind = fc.constantFrom('rain', 'gas', 'constructor');
const rules = fc.array(
  fc.record({ kind, ids: fc.option(fc.array(name, { minLength: 1, maxLength: 5 }), { nil: undefined }) }),
  { maxLength: 12 },
);

test('answers the rules that a look through all of them would, in their order', () => {
  fc.assert(
    fc.property(rules, name, kind, (sensors, id, ofKind) => {
      const all = sensors.map((sensor, i) =>
        AlarmRule.parse({
          ...{ rule: `r${i}`, name: { zh: '一', en: 'one' }, levels: [{ level: 3, raise: 1, clear: 0 }] },
          sensor: sensor.ids ? sensor : { kind: sensor.kind },
        }),
      );
      const plain = all.filter((rule) => rule.sensor?.kind === ofKind && (rule.sensor.ids?.includes(id) ?? true));
      expect(indexRules(all).of({ id, kind: ofKind })).toEqual(plain);
    }),
    { seed: 6 },
  );
});
