import { expect, test } from 'vitest';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import type { CodecReading, CodecRecord } from '../codecs/codec.ts';
import { createMapping } from './mapping.ts';

const T = 1_750_000_000_000;
const NOW = { wall: T, monotonic: 0 };
const said = (device: string, item: string, value: number): CodecReading => ({
  ...{ kind: 'reading', device, item, t: T, value, quality: 'good' },
});
const at = (device: string, lon = 121.5, lat = 31.2) =>
  ({ kind: 'position', device, t: T, lon, lat, heading: 90, speed: 5 }) as const;

const gaugesAt = createMapping(
  {
    ...{
      id: 'hydro',
      protocol: 'sl651',
      name: { zh: '水文', en: 'Hydrology' },
      listen: { host: '127.0.0.1', port: 0 },
    },
    ...{ zone: 480, silentAfter: 900, maxConnections: 10, idleAfter: 60 },
    devices: [
      {
        device: '12345678',
        readings: {
          39: { sensor: 'WL-101', times: 1, plus: -2.5 },
          20: { sensor: 'RG-101', times: 1, plus: 0 },
          38: { sensor: 'nowhere', times: 1, plus: 0 },
        },
      },
    ],
  },
  { hasSensor: (id) => id !== 'nowhere', hasUnit: () => false },
  (device) => device.replace(/^0+/, ''),
);
const gauges = (records: readonly CodecRecord[]) => gaugesAt(records, NOW);
const vehicles = (crs: 'wgs84' | 'gcj02') => {
  const map = createMapping(
    {
      ...{ id: 'cars', protocol: 'jt808', name: { zh: '车辆', en: 'Cars' }, listen: { host: '127.0.0.1', port: 0 } },
      ...{ zone: 480, silentAfter: 900, maxConnections: 10, idleAfter: 60, crs },
      devices: [
        { device: '13812345678', unit: 'CAR-1', status: 'enroute', readings: {} },
        { device: '13812345679', unit: 'CAR-2', status: 'available', readings: {} },
      ],
    },
    { hasSensor: () => true, hasUnit: (id) => id === 'CAR-1' },
    (device) => device.replace(/^0+/, ''),
  );
  return (records: readonly CodecRecord[]) => map(records, NOW);
};

test('a value becomes its sensor’s, however the device’s number is written, by the factor and the zero that the file names', () => {
  const { observations, refused, faults } = gauges([said('0012345678', '39', 12.75), said('12345678', '20', 4)]);
  expect(observations).toEqual([
    { sensor: 'WL-101', t: T, value: 10.25, quality: 'good' },
    { sensor: 'RG-101', t: T, value: 4, quality: 'good' },
  ]);
  expect([refused, faults]).toEqual([0, []]);
});

test('a device that the file does not name is told of once, and counted each time', () => {
  const first = gauges([said('99', '39', 1), said('99', '39', 2)]);
  expect(first.observations).toEqual([]);
  expect(first.refused).toBe(2);
  expect(first.faults.map(({ message }) => message.en)).toEqual(["the feed's list has no device 99"]);
  expect(gauges([said('99', '39', 3)])).toMatchObject({ refused: 1, faults: [] });
});

test('what a known device measures beside what was asked for is told of once and no refusal afterwards', () => {
  const { refused, faults } = gauges([said('12345678', '1A', 1)]);
  expect([refused, faults.map(({ path }) => path)]).toEqual([1, ['12345678.1A']]);
  expect(gauges([said('12345678', '1A', 2), said('12345678', 'toString', 2)])).toMatchObject({ refused: 1 });
  expect(gauges([said('12345678', '1A', 2), said('12345678', 'toString', 2)])).toMatchObject({ refused: 0 });
});

test('a sensor that the hall does not have is named, in both languages', () => {
  const { faults } = gauges([said('12345678', '38', 12)]);
  expect(faults.map(({ message }) => message.en)).toEqual(['the hall knows no sensor nowhere']);
  for (const { message, remedy } of faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
});

test('a terminal is its unit, with the status that the file gives it, in WGS 84', () => {
  expect(vehicles('wgs84')([at('013812345678')]).units).toEqual([
    { unit: 'CAR-1', t: T, lon: 121.5, lat: 31.2, heading: 90, speed: 5, status: 'enroute' },
  ]);
  const [moved] = vehicles('gcj02')([at('13812345678')]).units;
  expect(Math.abs((moved?.lon ?? 0) - 121.5)).toBeGreaterThan(0.003);
  // What else a terminal says, nobody asked for.
  expect(vehicles('wgs84')([said('13812345678', 'fuel', 3)])).toMatchObject({ refused: 0, observations: [] });
  expect(vehicles('wgs84')([at('13812345679')]).faults.map(({ message }) => message.en)).toEqual([
    'the hall knows no unit CAR-2',
  ]);
});

test('a value that is beyond all numbers once it is scaled is refused and named, and no alarm hears of it', () => {
  const scaled = createMapping(
    {
      ...{ id: 'env', protocol: 'hj212', name: { zh: '环保', en: 'Env' }, listen: { host: '127.0.0.1', port: 1 } },
      ...{ zone: 480, silentAfter: 900, maxConnections: 10, idleAfter: 60 },
      devices: [{ device: '1', readings: { a: { sensor: 'S', times: 10, plus: 0 } } }],
    },
    { hasSensor: () => true, hasUnit: () => true },
    (device) => device,
  );
  const { observations, refused, faults } = scaled([said('1', 'a', 1e308), said('1', 'a', -1e308)], NOW);
  expect([observations, refused]).toEqual([[], 2]);
  expect(faults.map(({ message }) => message.en)).toEqual([
    'a of the device 1 is beyond all numbers once `times` and `plus` are applied',
  ]);
});

test('a device whose clock is ahead all the time is set right after half a minute, though its neighbour’s clock is right', () => {
  const ahead = 300_000;
  const times: number[] = [];
  for (let second = 0; second <= 40; second++) {
    const now = { wall: T + second * 1000, monotonic: second * 1000 };
    const records = [
      { ...said('12345678', '39', 5), t: now.wall + ahead },
      { ...said('77', '39', 5), t: now.wall },
    ];
    const [first] = gaugesAt(records, now).observations;
    times.push((first?.t ?? 0) - now.wall);
  }
  expect(times.slice(0, 29)).toEqual(Array(29).fill(ahead));
  expect(times.slice(31)).toEqual(Array(10).fill(0));
});

test('what a terminal says and nobody asked for is passed over, but not a call for help', () => {
  const take = vehicles('wgs84');
  const help: CodecReading = { ...said('13812345678', 'emergency', 1), urgent: true };
  expect(take([said('13812345678', 'fuel', 3)])).toMatchObject({ refused: 0, faults: [] });
  expect(take([help])).toMatchObject({ refused: 1, faults: [{ path: '13812345678.emergency' }] });
  expect(take([help])).toMatchObject({ refused: 0, faults: [] });
});
