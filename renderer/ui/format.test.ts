import { describe, expect, it } from 'vitest';
import { age, countdown, distance, measured } from './format.ts';

describe('age', () => {
  it.each([
    [-5000, '0s', '0秒'],
    [8_400, '8s', '8秒'],
    [185_000, '3m05s', '3分05秒'],
    [8_049_000, '2h14m', '2时14分'],
    [3 * 86_400_000, '3d', '3天'],
  ])('%d ms → %s, %s', (ms, en, zh) => expect([age(ms, 'en'), age(ms, 'zh-CN')]).toEqual([en, zh]));
});

describe('countdown', () => {
  it.each([
    [250_000, '4:10'],
    [-35_000, '-0:35'],
    [-400, '0:00'],
    [3_720_000, '1:02:00'],
  ])('%d ms → %s', (ms, text) => expect(countdown(ms)).toBe(text));
});

describe('measured', () => {
  it('keeps the digits that matter', () => {
    expect([measured(128.4), measured(42.35), measured(3.456), measured(7)]).toEqual(['128', '42.4', '3.46', '7']);
  });
});

describe('distance', () => {
  it('changes to kilometres at a thousand metres', () => {
    expect([distance(819.6), distance(1430)]).toEqual(['820 m', '1.4 km']);
  });
});
