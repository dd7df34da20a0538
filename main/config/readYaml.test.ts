import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { ConfigError, readYaml, YAML_LIMITS } from './readYaml.ts';

const Rule = z.strictObject({
  id: z.string(),
  level: z.union([z.literal(1), z.literal(2)]),
  when: z.array(z.strictObject({ sensor: z.string(), above: z.number().max(100) })).min(1),
});

function errorOf(text: string): ConfigError {
  try {
    readYaml('rules/flood.yaml', text, Rule);
  } catch (e) {
    if (e instanceof ConfigError) return e;
    throw e;
  }
  throw new Error('was accepted');
}

describe('readYaml', () => {
  test('gives the checked value', () => {
    const value = readYaml('a.yaml', 'id: x\nlevel: 2\nwhen:\n  - { sensor: WL-001, above: 0.3 }\n', Rule);
    expect(value).toEqual({ id: 'x', level: 2, when: [{ sensor: 'WL-001', above: 0.3 }] });
  });

  test('names file, line, column, path and remedy of a wrong value', () => {
    const e = errorOf('id: x\nlevel: 2\nwhen:\n  - sensor: WL-001\n    above: 400\n');
    expect(e).toMatchObject({ file: 'rules/flood.yaml', line: 5, column: 5, path: 'when.0.above' });
    expect(e.message).toBe(`rules/flood.yaml:5:5: when.0.above: ${e.fault.en}. Give a value of at most 100.`);
  });

  test('points at the parent of a missing key and at an unknown key itself', () => {
    expect(errorOf('id: x\nlevel: 1\nwhen:\n  - above: 3\n')).toMatchObject({
      line: 4,
      path: 'when.0.sensor',
      fault: { zh: '缺少此项', en: '`sensor` is missing' },
    });
    expect(errorOf('id: x\nlevel: 1\nwhen:\n  - sensor: a\n    above: 3\n    bellow: 1\n')).toMatchObject({
      line: 6,
      fault: { zh: '不认识的项 “bellow”', en: 'unknown key `bellow`' },
    });
  });

  test.each(['sensr', 'snesor', 'Sensor', 'sensors'])(
    'a misspelt key %s is named first, with the one it looks like',
    (written) => {
      const e = errorOf(`id: x\nlevel: 1\nwhen:\n  - ${written}: a\n    above: 3\n`);
      expect(e).toMatchObject({ line: 4, fault: { en: `unknown key \`${written}\`` } });
      expect(e.remedy).toEqual({
        zh: '是否应为“sensor”？此处缺少这一项',
        en: 'Did you mean `sensor`? It is missing here.',
      });
      expect(e.more).toEqual(['line 4: when.0.sensor: `sensor` is missing']);
    },
  );

  test('an unknown key that looks like nothing, or like a key that is there, is only named', () => {
    expect(errorOf('id: x\nlevel: 1\nwhen:\n  - colour: a\n    above: 3\n').remedy.en).toMatch(/^Remove `colour`/);
    expect(errorOf('id: x\nidd: y\nlevel: 1\nwhen: []\n').remedy.en).toMatch(/^Remove `idd`/);
  });

  test('tells the other faults too', () => {
    const e = errorOf('id: 3\nlevel: 2\nwhen: []\n');
    expect(e.path).toBe('id');
    expect(e.more).toHaveLength(1);
    expect(e.more[0]).toContain('line 3: when');
  });

  test.each([
    ['broken YAML', 'id: [1\nlevel: 2', 'Correct|Close|Indent'],
    ['a tab', 'id: x\nwhen:\n\t- a', 'spaces|Correct'],
    ['two documents', 'id: x\n---\nid: y\n', 'one document'],
    ['a key twice', 'id: x\nid: y\n', 'Keep one'],
    ['nothing', '# only a comment\n', 'Write the document'],
    ['too deep', `${'['.repeat(60)}${']'.repeat(60)}`, 'Flatten'],
    ['far too deep', '['.repeat(20_000), 'Flatten'],
    ['too long', `id: "${'x'.repeat(YAML_LIMITS.bytes)}"`, 'Split'],
    [
      'too many aliases',
      `a: &a [1,2,3]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]`,
      'aliases',
    ],
    ['an alias of nothing', 'id: *nowhere', 'alias|Correct'],
  ])('refuses %s with a remedy', (_what, text, remedy) => {
    const e = errorOf(text);
    expect(e.remedy.en).toMatch(new RegExp(remedy));
    expect([halfSaid(e.fault), halfSaid(e.remedy)]).toEqual([null, null]);
  });

  test('whatever the text, it answers with a value or a ConfigError', () => {
    const piece = fc.constantFrom(
      'id: x',
      'level: 2',
      'when:',
      '  - sensor: a',
      '    above: 1',
      '\t',
      '\n',
      '- ',
      '? ',
      ': ',
      '&a ',
      '*a',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '---',
      '...',
      '%YAML 1.1',
      '!!binary ',
      '!!map ',
      '<<: *a',
      '#',
      '\u0000',
      '\ud800',
      '\u{1F6A8}',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(piece, { maxLength: 60 }).map((a) => a.join('')),
      fc.array(piece, { maxLength: 40 }).map((a) => a.join('\n')),
    );
    fc.assert(
      fc.property(text, (t) => {
        try {
          readYaml('fuzz.yaml', t, Rule);
        } catch (e) {
          if (!(e instanceof ConfigError)) throw e;
          expect(e.line).toBeGreaterThanOrEqual(1);
          expect([halfSaid(e.fault), halfSaid(e.remedy)]).toEqual([null, null]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
