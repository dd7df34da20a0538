import { expect, test } from 'vitest';
import { AlarmRule } from '../../../core/alarms/rules.ts';
import { alarmQueries } from './queries.ts';

const rule = (id: string) =>
  AlarmRule.parse({
    ...{ rule: id, name: { zh: id, en: id }, sensor: { kind: 'water-level' } },
    levels: [{ level: 2, raise: 0.4, clear: 0.3, for: 3 }],
  });

test('a rule is told with its thresholds, its delay and the file it is written in', () => {
  const ruleFiles = new Map([['rain', { file: 'rules/ours.yaml', own: true }]]);
  const knows = { of: 3, sensors: 2, days: 9 };
  const list = alarmQueries({ rules: [rule('water'), rule('rain')], ruleFiles }, (of) =>
    of.rule === 'rain' ? knows : null,
  )['alarms.rules'].answer;
  expect(list({ limit: 100 })).toMatchObject({ total: { count: 2, exact: true }, rows: [{ rule: 'water' }, {}] });
  expect(list({ rule: 'rain', limit: 100 })).toMatchObject({
    rows: [{ levels: [{ level: 2, raise: 0.4, clear: 0.3, for: 3 }], file: 'rules/ours.yaml', own: true, knows }],
  });
  expect(list({ rule: 'none', limit: 100 })).toMatchObject({ rows: [], more: null });
});
