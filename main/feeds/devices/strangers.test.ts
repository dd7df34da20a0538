import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createStrangers } from './strangers.ts';

test('those that dial and are not named stand as lines of the file, the latest first, each once, at most twenty of them', () => {
  const strangers = createStrangers('gauges');
  for (const [device, item] of [
    ['0012', '39'],
    ['2', '20'],
    ['0012', '38'],
    ['0012', '39'],
  ] as const)
    strangers.note(device, item);
  expect(strangers.view()).toEqual({
    count: 2,
    latest: [
      '- { device: "0012", readings: { "39": SENSOR-ID, "38": SENSOR-ID } }',
      '- { device: "2", readings: { "20": SENSOR-ID } }',
    ],
  });
  for (let i = 0; i < 5000; i++) strangers.note(`d${i}`, `${i}`);
  for (let i = 0; i < 100; i++) strangers.note('d3', `more ${i}`);
  const { count, latest } = strangers.view();
  expect([count, latest.length]).toEqual([1000, 20]);
  expect(latest[0]?.match(/SENSOR-ID/g)).toHaveLength(12);
  // What is known comes to the front again, also when there is no room for others.
  strangers.note('x'.repeat(5000));
  strangers.note('2');
  expect(strangers.view().latest[0]).toBe('- { device: "2", readings: { "20": SENSOR-ID } }');
});

test('a terminal would be a unit; whatever a device calls itself, its line is YAML', () => {
  const strangers = createStrangers('terminals');
  const odd = 'a"}: [\\ #\n';
  strangers.note(odd);
  const { latest } = strangers.view();
  expect(parse(latest.join('\n'))).toEqual([{ device: odd, unit: 'UNIT-ID' }]);
});

test('a client stands with how it is called behind its line, whatever that is', () => {
  const strangers = createStrangers('clients');
  strangers.note('ANDROID-1', '巡逻01');
  strangers.note('ANDROID-2', 'a\n- { device: "x", unit: y }\u2028');
  strangers.note('ANDROID-3');
  const { latest } = strangers.view();
  expect(latest.at(-1)).toBe('- { device: "ANDROID-1", unit: UNIT-ID } # 巡逻01');
  expect(parse(latest.join('\n'))).toEqual(
    ['ANDROID-3', 'ANDROID-2', 'ANDROID-1'].map((device) => ({ device, unit: 'UNIT-ID' })),
  );
});
