import { createRuleWatch } from '../../../main/features/alarms/ruleWatch.ts';
import { createDomainRig } from '../../fakes/domainRig.ts';
import { MANY_RULES, manyRule, sensorsOf, waterGauge } from '../../scale/manyRules.ts';

/** The rule whose sensors speak: alone, or in the middle of all the others. */
const SPEAKING = MANY_RULES / 2;
/** Rounds are taken by turns and the quickest of each counts: what else the machine did is not theirs. */
const TURNS = 9;

/**
 * What a reading costs the rules of a hall that has 500 of them for 300 sensors each, against a hall that has only the one that watches
 * the sensor. The values are calm: nothing is decided.
 *
 * @param rounds readings of every one of the 300 sensors in one turn.
 * @returns `value` and `against` in µs a reading, `ratio` of the two.
 */
export async function rules(
  rounds = 300,
): Promise<{ id: string; value: number; unit: string; ratio: number; against: number }[]> {
  const sensors = sensorsOf(SPEAKING);
  const hall = (count: number[]) => {
    const { domain } = createDomainRig();
    const failed = (error: unknown) => {
      throw error;
    };
    const watch = createRuleWatch({
      ...{ rules: count.map(manyRule), sensor: waterGauge, station: 'A', domain },
      onError: failed,
    });
    let t = 0;
    return () => {
      const start = performance.now();
      for (let round = 0; round < rounds; round++) {
        t += 1000;
        for (const sensor of sensors) watch.observe(sensor, { t, value: 0.2, quality: 'good' });
      }
      return ((performance.now() - start) * 1000) / (rounds * sensors.length);
    };
  };
  const many = hall(Array.from({ length: MANY_RULES }, (_, i) => i));
  const one = hall([SPEAKING]);
  let value = Number.POSITIVE_INFINITY;
  let against = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TURNS; turn++) {
    against = Math.min(against, one());
    value = Math.min(value, many());
  }
  return [{ id: 'rules', value, unit: 'µs', ratio: value / against, against }];
}
