import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { AlarmRules } from '../../../../core/alarms/rules.ts';
import { LOOKS, lookOf, withLook } from './ruleLooks.ts';
import { formText } from './yamlText.ts';

const AT = ['rules', '0'];
const TEXT = `rules:
  - rule: deep   # by hand
    name: { zh: 深, en: Deep }
    sensor: { kind: rain, ids: [RG-1] }
    levels:
      - { level: 3, raise: 1, clear: 0 }
`;
const form = (text: string) => formText(text) ?? expect.fail('no form');

test('a rule that is to look at something else is one that the hall reads, and comments stay', () => {
  for (const first of LOOKS)
    for (const then of LOOKS) {
      const once = withLook(TEXT, form(TEXT), AT, first);
      const text = withLook(once, form(once), AT, then);
      expect(lookOf(form(text), AT)).toBe(then);
      expect(text).toContain('# by hand');
      const filled = text
        .replace('around: ""', 'around: "SCHOOL"')
        .replace('conditions: []', 'conditions: [a, b]')
        .replace('clear: 0', 'clear: 0.5');
      expect(AlarmRules.safeParse(parse(filled)).error?.issues ?? []).toEqual([]);
    }
});

test('what a rule watches stays while it looks at the same sensors', () => {
  const changed = withLook(TEXT, form(TEXT), AT, 'change');
  expect(parse(changed).rules[0]).toMatchObject({ sensor: { kind: 'rain', ids: ['RG-1'] }, measure: { change: 10 } });
  const back = withLook(changed, form(changed), AT, 'value');
  expect(parse(back)).toEqual(parse(TEXT));
});
