import { describe, expect, it } from 'vitest';
import { SeatName, seatRefusal } from './seat.ts';

describe('H5 the name of a seat', () => {
  it.each(['duty', 'fire', 'a1', '12345', 'water-2', 'x'.repeat(80)])('%s is one', (name) => {
    expect(seatRefusal(name, 'en')).toBeNull();
  });

  it.each([
    'Duty',
    'duty ',
    ' duty',
    'du ty',
    'ｄｕｔｙ',
    'duty\u202e',
    'du\u200bty',
    'a\nb',
    'a\u0000b',
    '\ud800',
    'dutý',
    '值班',
    '',
    '-duty',
    'rule.waterlogging',
    'hall.timer',
    'rule:waterlogging',
    'timer',
    'shell',
    'rule',
    'hall',
    'system',
    'x'.repeat(81),
    '__proto__',
  ])('%j is none, and the person is told why', (name) => {
    expect(SeatName.safeParse(name).success).toBe(false);
    expect(seatRefusal(name, 'en')).toContain('?seat=duty');
    expect(seatRefusal(name, 'zh-CN')).toMatch(/席位/);
  });
});
