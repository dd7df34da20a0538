import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideSecrets, restoreSecrets } from './secrets.ts';

const FILE = `# the platform's keeper: 12345
id: iot
protocol: mqtt
url: wss://10.1.2.3/mqtt?key=of-the-house   # keep
username: hall
password: 'p#1'
headers: { X-Api-Key: abc, "X-Other": "d e f" }
devices:
  - { device: "1", password: "0012", readings: { level: WL-1 } }
  - device: "2"
    password: |
      two
      lines
token: 0012
`;

describe('secrets of a file', () => {
  test('are marks in a window, line by line, and everything else is as it was written', () => {
    const { shown, secrets } = hideSecrets(FILE);
    expect(shown).toBe(`# the platform's keeper: 12345
id: iot
protocol: mqtt
url: wss://10.1.2.3/mqtt?••••••1   # keep
username: hall
password: "••••••2"
headers: { X-Api-Key: "••••••3", "X-Other": "••••••4" }
devices:
  - { device: "1", password: "••••••5", readings: { level: WL-1 } }
  - device: "2"
    password: "••••••6"
token: "••••••7"
`);
    expect(secrets.map(({ of }) => of)).toEqual([
      'url',
      'password',
      'headers',
      'headers',
      'password',
      'password',
      'token',
    ]);
  });

  test('come back in place of their marks, wherever lines went; one that is written anew is taken', () => {
    const base = hideSecrets(FILE);
    const [first = '', ...rest] = base.shown.split('\n');
    const moved = [...rest, first].join('\n').replace('"••••••2"', '"new"').replace('device: "1"', 'device: "9"');
    const { text, faults } = restoreSecrets(moved, base);
    expect(faults).toEqual([]);
    expect(text).toContain('?key=of-the-house   # keep');
    expect(text).toContain('password: "new"');
    expect(text).toContain('{ X-Api-Key: abc, "X-Other": "d e f" }');
    expect(text).toContain('{ device: "9", password: "0012"');
    expect(text).toContain('password: "two\\nlines\\n"');
    expect(text).not.toContain('•');
  });

  test('do not go where they would be seen, to another member, or to another host', () => {
    const base = hideSecrets(FILE);
    const faultsOf = (text: string) => restoreSecrets(text, base).faults.map(({ line, path }) => [line, path]);
    expect(faultsOf(base.shown.replace('id: iot', 'id: "••••••2"'))).toEqual([[2, '']]);
    expect(faultsOf(base.shown.replace('"••••••2"', '"••••••7"'))).toEqual([[6, 'password']]);
    expect(faultsOf(base.shown.replace('"••••••2"', '"••••••2x"'))).toEqual([[6, 'password']]);
    expect(faultsOf(base.shown.replace('10.1.2.3', '10.9.9.9'))).toEqual([[4, 'url']]);
    expect(restoreSecrets(base.shown, null).faults.length).toBeGreaterThan(0);
    // The same place by another path is the same host.
    expect(faultsOf(base.shown.replace('/mqtt?', '/other?'))).toEqual([]);
  });

  test('who logs in by an address is one', () => {
    const text = 'url: "ws://hall:p%40ss@10.1.2.3/x?k=1"\nname: a@b\n';
    const base = hideSecrets(text);
    expect(base.shown).toBe('url: "ws://••••••1@10.1.2.3/x?••••••2"\nname: a@b\n');
    expect(restoreSecrets(base.shown, base)).toEqual({ text, faults: [] });
    expect(restoreSecrets(base.shown.replace('10.1.2.3', 'b'), base).faults).toMatchObject([{ path: 'url' }]);
  });

  test('are not shown of a text that is no YAML either', () => {
    const broken = 'url: http://u:top0@a/?k=top1\nheaders: {\npassword: "top2"\n- token: top3\n x-api-key: top4\n';
    expect(hideSecrets(broken).shown).not.toMatch(/top\d/);
  });

  test('whatever is written, what is shown and restored is what was there', () => {
    const value = fc.string({ unit: fc.constantFrom(...'aB0 #:"\'?&{}[]-|•\\\n中') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('password', 'token', 'name', 'url'), value), { maxLength: 6 }),
        (all) => {
          const text = all.map(([member, said], i) => `d${i}:\n  ${member}: ${JSON.stringify(said)}\n`).join('');
          const base = hideSecrets(text);
          const back = restoreSecrets(base.shown, base);
          if (back.faults.length === 0) expect(back.text).toBe(text);
          for (const [member, said] of all)
            if (
              member !== 'name' &&
              member !== 'url' &&
              said.length > 8 &&
              !all.some(([of, other]) => of !== member && other.includes(said))
            )
              expect(base.shown).not.toContain(JSON.stringify(said));
        },
      ),
      { seed: 20261128, numRuns: 150 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const base = hideSecrets(text);
        restoreSecrets(base.shown, base);
      }),
      { seed: 20261128, numRuns: 150 },
    );
  });
});
