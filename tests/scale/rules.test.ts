import { expect, test } from 'vitest';
import type { AlarmRule } from '../../core/alarms/rules.ts';
import { createRuleWatch } from '../../main/features/alarms/ruleWatch.ts';
import { rules as measureRules } from '../bench/scale/rules.ts';
import { createDomainRig } from '../fakes/domainRig.ts';
import { MANY_RULES, manyRule, sensorsOf, waterGauge } from './manyRules.ts';

/** The same rule, telling each time anything of it is read. */
function heard(rule: AlarmRule, asked: (rule: string) => void): AlarmRule {
  return new Proxy(rule, {
    get(target, key) {
      asked(target.rule);
      return Reflect.get(target, key);
    },
  });
}

test('500 rules of 300 sensors each: a reading, the first as well as later ones, asks only the rule that names its sensor', async () => {
  const rig = createDomainRig();
  const asked = new Set<string>();
  const rules = Array.from({ length: MANY_RULES }, (_, i) => heard(manyRule(i), (rule) => asked.add(rule)));
  const watch = createRuleWatch({
    rules,
    ...{ sensor: waterGauge, station: 'A', domain: rig.domain },
    onError: (error) => expect.unreachable(String(error)),
  });
  for (const value of [0.2, 1.5]) {
    for (let rule = 0; rule < MANY_RULES; rule += 7) {
      for (const sensor of [sensorsOf(rule)[0], sensorsOf(rule)[299]] as string[]) {
        asked.clear();
        watch.observe(sensor, { t: value * 10_000, value, quality: 'good' });
        expect([...asked]).toEqual([`rule-${rule}`]);
      }
    }
  }
  asked.clear();
  watch.observe('S-none', { t: 1, value: 9, quality: 'good' });
  expect([...asked]).toEqual([]);
});

test('the measurement of it says what it promises', async () => {
  const figures = await measureRules(50);
  expect(figures.map(({ id, unit }) => [id, unit])).toEqual([['rules', 'µs']]);
  for (const { value, ratio, against } of figures) expect(ratio).toBeCloseTo(value / against);
});
