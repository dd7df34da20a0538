import { describe, expect, test } from 'vitest';
import type { CodecReading } from '../codec.ts';
import { readBlock } from './readings.ts';
import { readSegment } from './segment.ts';

/** 2026-11-27 08:30 in Beijing. */
const T = Date.UTC(2026, 10, 27, 0, 30);

function read(command: string, cp: string, offsetMinutes = 480) {
  const readings: CodecReading[] = [];
  const faults: { path: string; en: string; zh: string; source: string }[] = [];
  const reading = readSegment(new TextEncoder().encode(`CN=${command};MN=A1;CP=&&${cp}&&`));
  for (const block of reading.ok ? reading.segment.blocks : [])
    readBlock(command, block, 'A1', offsetMinutes, {
      reading: (r) => readings.push(r),
      refuse: (path, said, source) => faults.push({ path, en: said().message.en, zh: said().message.zh, source }),
    });
  return { readings, faults };
}
const at = (cp: string) => `DataTime=20261127083000;${cp}`;
const items = (command: string, cp: string) => read(command, at(cp)).readings.map((r) => `${r.item}=${r.value}`);

describe('a value', () => {
  test('is a reading of its device at DataTime', () => {
    expect(read('2011', at('w01018-Rtd=53.0,w01018-Flag=N')).readings).toEqual([
      { kind: 'reading', device: 'A1', item: 'w01018', t: T, value: 53, quality: 'good' },
    ]);
  });

  test.each<[string, string, string[]]>([
    ['2011', 'a21026-Rtd=1,a21026-ZsRtd=2,a21026-Flag=N;LA-Rtd=66.8', ['a21026=1', 'a21026-ZsRtd=2', 'LA=66.8']],
    ['2011', 'w01018-RTD=1,w01018-SampleTime=20261127063000', ['w01018=1']],
    ['2051', 'a21026-Min=1,a21026-Avg=2,a21026-Max=3,a21026-ZsAvg=4', ['a21026-Avg@minute=2', 'a21026-ZsAvg@minute=4']],
    ['2061', 'a00000-Cou=9,a00000-Avg=2', ['a00000-Avg@hour=2']],
    ['2031', 'a21026-Avg=2', ['a21026-Avg@day=2']],
    ['2051', 'L10-Data=60;Leq-Data=55.5', ['L10-Data@minute=60', 'Leq-Data@minute=55.5']],
    ['2031', 'Ld-DayData=60;Ln-NightData=50', ['Ld-DayData@day=60', 'Ln-NightData@day=50']],
    ['2021', 'SB1-RS=1', ['SB1-RS=1']],
    ['2041', 'SB1-RT=12.5', ['SB1-RT@day=12.5']],
    ['3020', 'i11001-Info=//cleaned//', []],
    ['2012', 'w01018-Rtd=1', []],
  ])('of command %s in %s is called %j', (command, cp, want) => {
    const { faults } = read(command, at(cp));
    expect([items(command, cp), faults]).toEqual([want, []]);
  });

  test.each([
    ['0.000', 0],
    ['-0.052', -0.052],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['1.5E-3', 0.0015],
    ['-0', 0],
  ])('%s is %d', (text, value) => {
    expect(read('2011', at(`w01018-Rtd=${text}`)).readings[0]?.value).toBe(value);
  });

  test('that is empty says that there is none: no reading and no fault', () => {
    expect(read('2011', at('w01018-Rtd=,w01018-Flag=D;w21003-Rtd=1'))).toMatchObject({
      readings: [{ item: 'w21003' }],
      faults: [],
    });
  });

  test('of which only the total is said is no fault either', () => {
    expect(read('2061', at('w00000-Cou=9,w00000-Flag=N'))).toEqual({ readings: [], faults: [] });
  });
});

describe('the quality', () => {
  test.each<[string, CodecReading['quality']]>([
    ...(['N', 'n', '3', '1'] as const).map((flag): [string, 'good'] => [flag, 'good']),
    ...(['S', 'T', 'X', '9'] as const).map((flag): [string, 'doubtful'] => [flag, 'doubtful']),
    ...['D', 'B', 'F', 'C', 'M', 'P', '0', '2'].map((flag): [string, 'bad'] => [flag, 'bad']),
  ])('of flag %s is %s', (flag, quality) => {
    expect(read('2011', at(`w01018-Rtd=1,w01018-Flag=${flag}`)).readings[0]?.quality).toBe(quality);
  });

  test.each(['w01018-Rtd=1', 'w01018-Rtd=1,w01018-Flag='])('of %s, without a flag, is good', (cp) => {
    expect(read('2011', at(cp)).readings[0]?.quality).toBe('good');
  });

  test('of two flags is the worse', () => {
    expect(read('2011', at('w01018-Rtd=1,w01018-Flag=D,w01018-Flag=N')).readings[0]?.quality).toBe('bad');
  });
});

describe('the time', () => {
  test.each<[string, number, number]>([
    ['20261127083000', 480, T],
    ['20261127083000250', 480, T + 250],
    ['20261127083000', 0, T + 480 * 60_000],
    ['20240229000000', 480, Date.UTC(2024, 1, 28, 16)],
  ])('%s in the zone of %d minutes', (stamp, offset, t) => {
    expect(read('2011', `DataTime=${stamp};w01018-Rtd=1`, offset).readings[0]?.t).toBe(t);
  });

  test.each([
    '20260231000000',
    '20261127240000',
    '20261127',
    '2026-11-27 08:30:00',
    '00000000000000',
    '19700101000000',
    '',
  ])('%j is none, and nothing of its block is taken', (stamp) => {
    const { readings, faults } = read('2011', `DataTime=${stamp};w01018-Rtd=1;w21003-Rtd=2`);
    expect([readings, faults.map((f) => f.path)]).toEqual([[], ['DataTime']]);
  });

  test('must be there', () => {
    expect(read('2051', 'w01018-Avg=1').faults.map((f) => f.en)).toEqual(['`DataTime` is missing']);
  });
});

describe('a value that is wrong is refused alone', () => {
  test.each<[string, string, string]>([
    ['w01018-Rtd=---', 'w01018-Rtd', 'the value "---" is no number'],
    ['w01018-Rtd=<0.05', 'w01018-Rtd', 'the value "<0.05" is no number'],
    ['w01018-Rtd=NaN', 'w01018-Rtd', 'the value "NaN" is no number'],
    ['w01018-Rtd=1e999', 'w01018-Rtd', 'the value "1e999" is no number'],
    ['w01018-Rtd=0x10', 'w01018-Rtd', 'the value "0x10" is no number'],
    ['w01018-Rtd=1,w01018-Rtd=2', 'w01018-Rtd', 'Rtd stands there more than once, with "1 | 2"'],
    ['LA-td=66', 'LA', 'command 2011 has no LA-Rtd, only "td"'],
    ['w01018-Avg=1', 'w01018', 'command 2011 has no w01018-Rtd, only "Avg"'],
    ['a b-Rtd=1', 'a b', '"a b" is no factor code'],
  ])('%s', (cp, path, en) => {
    const { readings, faults } = read('2011', at(`${cp};w21003-Rtd=5`));
    expect(readings.map((r) => r.item)).toEqual(['w21003']);
    expect(faults).toMatchObject([{ path, en, source: cp }]);
  });

  test('a value twice that is the same number is not', () => {
    expect(items('2011', 'w01018-Rtd=1,w01018-Rtd=1.0')).toEqual(['w01018=1']);
  });
});
