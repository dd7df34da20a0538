import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formText, withItem, withNode, withValue } from './yamlText.ts';

const FILE = `# by hand
id: iot            # of the platform
protocol: mqtt
name: { zh: 平台, en: Platform }
url: "mqtts://10.1.2.3:8883"   # the second line
password: "••••••1"
silentAfter: 900
ca: |
  -----BEGIN
  -----END
topics: [ "city/+/up" ]

# what stands where
devices:
  - { device: "1", readings: { level: WL-1 } }   # east
`;

describe('a form over a text', () => {
  test('shows what is written, and nothing of a text that is no map', () => {
    const form = formText(FILE);
    expect(form?.valueOf(['id'])).toBe('iot');
    expect(form?.valueOf(['name', 'en'])).toBe('Platform');
    expect(form?.valueOf(['ca'])).toBe('-----BEGIN\n-----END\n');
    expect(form?.valueOf(['silentAfter'])).toBe('900');
    expect([form?.valueOf(['qos']), form?.has('devices'), form?.has('qos')]).toEqual(['', true, false]);
    expect(formText('a: [')).toBeNull();
    expect(formText('- a')).toBeNull();
    expect(formText('a: 1.\n')?.valueOf(['a'])).toBe('1.');
  });

  test('changes the value alone: comments, blanks and the other members stay to the byte', () => {
    const only = (from: string, to: string) => FILE.replace(from, to);
    expect(withValue(FILE, ['id'], 'iot-2', 'text')).toBe(only('id: iot ', 'id: iot-2 '));
    expect(withValue(FILE, ['name', 'zh'], '乙, 丙', 'text')).toBe(only('平台', '"乙, 丙"'));
    expect(withValue(FILE, ['url'], 'ws://a/', 'text')).toBe(only('"mqtts://10.1.2.3:8883"', 'ws://a/'));
    expect(withValue(FILE, ['password'], '0012', 'secret')).toBe(only('••••••1', '0012'));
    expect(withValue(FILE, ['silentAfter'], '1.', 'number')).toBe(only('900', '1.'));
    expect(withValue(FILE, ['silentAfter'], '12x', 'number')).toBe(only('900', '12x'));
    expect(withValue(FILE, ['silentAfter'], null, 'number')).toBe(only('silentAfter: 900\n', ''));
    expect(withValue(FILE, ['ca'], 'x\ny', 'lines')).toBe(only('  -----BEGIN\n  -----END\n', '  x\n  y\n'));
    expect(withValue(FILE, ['ca'], null, 'lines')).toBe(only('ca: |\n  -----BEGIN\n  -----END\n', ''));
  });

  test('puts a new member before lists and mappings, and fills one that says nothing', () => {
    const before = 'id: a\ndevices:\n  - x\n';
    expect(withValue(before, ['qos'], '2', 'number')).toBe('id: a\nqos: 2\ndevices:\n  - x\n');
    expect(withValue(before, ['name', 'zh'], '甲', 'text')).toBe('id: a\nname: { zh: 甲, en: "" }\ndevices:\n  - x\n');
    expect(withValue('url:\nid: a', ['url'], 'b', 'text')).toBe('url: b\nid: a');
    expect(withValue('url:   # none yet\n', ['url'], 'b', 'text')).toBe('url: b   # none yet\n');
    expect(withValue('id: a', ['qos'], '1', 'number')).toBe('id: a\nqos: 1\n');
    expect(withValue('name: { zh: 甲 }\n', ['name', 'en'], 'A', 'text')).toBe('name: { zh: 甲, en: A }\n');
  });

  test('a device is put behind the others as they are written', () => {
    expect(withItem(FILE, ['devices'], '{ device: "2", readings: { level: "" } }')).toBe(
      `${FILE}  - { device: "2", readings: { level: "" } }\n`,
    );
    expect(parse(withItem('devices: [ { device: "1" } ]\nid: a\n', ['devices'], '{ device: "2" }'))).toEqual({
      id: 'a',
      devices: [{ device: '1' }, { device: '2' }],
    });
    expect(withItem('id: a\n', ['devices'], '{ device: "2" }')).toBe('id: a\ndevices:\n  - { device: "2" }\n');
  });

  test('reaches into lists: thresholds of rules', () => {
    const rules = `# of the city
rules:
  - rule: flood   # id
    name: { zh: 积水, en: Flood }
    sensor: { kind: water-level, ids: [A, B] }
    levels:
      - { level: 4, raise: 0.15, clear: 0.10 }   # mild
`;
    const at = (...rest: string[]) => ['rules', '0', ...rest];
    const form = formText(rules);
    expect([form?.valueOf(at('levels', '0', 'clear')), form?.countOf(at('levels')), form?.countOf(['rules'])]).toEqual([
      '0.10',
      1,
      1,
    ]);
    expect(form?.listOf(at('sensor', 'ids'))).toEqual(['A', 'B']);
    expect(withValue(rules, at('levels', '0', 'raise'), '0.2', 'number')).toBe(rules.replace('0.15', '0.2'));
    expect(withValue(rules, at('name', 'en'), 'Deep', 'text')).toBe(rules.replace('Flood', 'Deep'));
    const longer = withValue(rules, at('levels', '0', 'for'), '3', 'number');
    expect(parse(longer).rules[0].levels).toEqual([{ level: 4, raise: 0.15, clear: 0.1, for: 3 }]);
    expect(longer).toContain('# mild');
    expect(parse(withValue(longer, at('levels', '0', 'for'), null, 'number')).rules[0].levels[0]).not.toHaveProperty(
      'for',
    );
    expect(withItem(rules, at('levels'), '{ level: 2, raise: 1, clear: 0.5 }')).toBe(
      `${rules}      - { level: 2, raise: 1, clear: 0.5 }\n`,
    );
    expect(parse(withNode(rules, at('measure'), '{ change: 10 }')).rules[0].measure).toEqual({ change: 10 });
    expect(parse(withNode(rules, at('sensor', 'ids'), null)).rules[0].sensor).toEqual({ kind: 'water-level' });
    expect(parse(withItem(rules, ['rules'], 'rule: b\nname: { zh: 乙, en: B }')).rules[1]).toEqual({
      rule: 'b',
      name: { zh: '乙', en: 'B' },
    });
  });

  test('whatever is typed into a text stands there as it was typed, and nothing else changes', () => {
    const typed = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((text) => !/[\p{Cc}\p{Cs}\ufeff\u2028\u2029\u0085]/u.test(text));
    fc.assert(
      fc.property(
        typed,
        fc.constantFrom(['id'], ['url'], ['name', 'en'], ['clientId'], ['password']),
        (value, path) => {
          const next = withValue(FILE, path, value, path[0] === 'password' ? 'secret' : 'text');
          expect(formText(next)?.valueOf(path)).toBe(value);
          const [before, after] = [parse(FILE), parse(next)];
          for (const member of ['topics', 'devices', 'ca', 'silentAfter'])
            expect(after[member]).toEqual(before[member]);
        },
      ),
      { seed: 20261128, numRuns: 300 },
    );
  });
});
