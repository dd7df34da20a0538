import { describe, expect, it } from 'vitest';
import { encodeUnits } from '../../../../contract/units.ts';
import { DEPARTMENT_SIGNS, SIGN_NAMES, signOf } from '../../../map/departmentSigns.ts';
import { countUnits, LOOKS_WIDTH, sameCounts, statusBits, unitLooks } from './roster.ts';
import { UnitTrack } from './track.ts';

const entry = (id: string, department: string) => ({ id, callSign: id, department, kind: 'car' });

describe('department signs', () => {
  it('are one for each department of the joint response, and one for others', () => {
    const departments =
      'police fire medical traffic urban environment water emergency transport health power gas community hotline';
    for (const department of departments.split(' ')) expect(signOf(department)).toBe(department);
    expect(signOf('traffic-police')).toBe('traffic');
    expect(signOf('harbour-master')).toBe('other');
    expect(SIGN_NAMES).toHaveLength(15);
    expect(new Set(Object.values(DEPARTMENT_SIGNS).map((sign) => sign.path)).size).toBe(15);
  });
});

describe('unitLooks', () => {
  it('is one texel a unit: sign, outline, hidden', () => {
    const looks = unitLooks([entry('a', 'police'), entry('b', 'water')], new Set(['water']));
    expect(looks).toHaveLength(LOOKS_WIDTH * 4);
    expect([...looks.slice(0, 4)]).toEqual([SIGN_NAMES.indexOf('police'), 0, 0, 0]);
    expect([...looks.slice(4, 8)]).toEqual([SIGN_NAMES.indexOf('water'), 1, 1, 0]);
    expect(looks[8]).toBe(SIGN_NAMES.indexOf('other'));
  });

  it('grows by rows', () => {
    const many = Array.from({ length: LOOKS_WIDTH + 1 }, (_, i) => entry(`u${i}`, 'fire'));
    expect(unitLooks(many, new Set())).toHaveLength(2 * LOOKS_WIDTH * 4);
  });
});

describe('countUnits', () => {
  it('counts what is out, by department and status', () => {
    const directory = [entry('a', 'fire'), entry('b', 'fire'), entry('c', 'gas'), entry('d', 'gas')];
    const track = new UnitTrack();
    const at = { lon: 121, lat: 29, heading: 0, age: 0 };
    track.accept(
      encodeUnits(
        [
          { ...at, index: 0, status: 'enroute' },
          { ...at, index: 1, status: 'off' },
          { ...at, index: 3, status: 'enroute' },
          { ...at, index: 99, status: 'busy' },
        ],
        4,
        1,
      ),
      0,
    );
    expect(countUnits(track, directory)).toEqual([
      { department: 'fire', total: 2, byStatus: [0, 1, 0, 0, 1] },
      { department: 'gas', total: 1, byStatus: [0, 1, 0, 0, 0] },
    ]);
  });
});

describe('sameCounts', () => {
  it('tells every number and every department', () => {
    const fire = { department: 'fire', total: 2, byStatus: [0, 1, 0, 0, 1] };
    expect(sameCounts([fire], [{ ...fire, byStatus: [...fire.byStatus] }])).toBe(true);
    expect(sameCounts([fire], [{ ...fire, byStatus: [1, 0, 0, 0, 1] }])).toBe(false);
    expect(sameCounts([fire], [{ ...fire, department: 'gas' }])).toBe(false);
    expect(sameCounts([fire], [])).toBe(false);
    expect(sameCounts([], [fire])).toBe(false);
  });
});

describe('statusBits', () => {
  it('has a bit for each status that is shown', () => {
    expect(statusBits(new Set())).toBe(0b11111);
    expect(statusBits(new Set(['available', 'off']))).toBe(0b01110);
  });
});
