import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { createRejects } from '../rejects/rejects.ts';
import { withOwnThings } from './ownThings.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
/** What a simulator wrote. */
const PLAYED = {
  'things.yaml': `crs: wgs84
departments: [{ id: water, name: { zh: 水务, en: Water } }, { id: fire, name: { zh: 消防, en: Fire } }]
sensors: [{ id: WL-001, kind: water-level, unit: m, name: { zh: 下穿, en: Underpass }, lon: 121.9, lat: 29.2 }]
units: [{ id: FIR-T001, callSign: 消防1, department: fire, kind: truck }]
facilities: [{ id: HOS-1, kind: hospital, name: { zh: 医院, en: Hospital }, department: fire, lon: 121.9, lat: 29.2 }]
cameras: [{ id: CAM-001, name: { zh: 一, en: One }, lon: 121.9, lat: 29.2, source: 'http://127.0.0.1:1/cam/CAM-001.ts?k=x' }]
`,
};

function write(files: Record<string, string>): string {
  const dataDir = scratch.folder('data');
  const dir = join(dataDir, 'city');
  mkdirSync(dir);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dataDir;
}

function read(files: Record<string, string>, played: Record<string, string> | null = PLAYED, pictures = true) {
  const dataDir = write(files);
  const simulated = played === null ? undefined : write(played);
  const rejects = createRejects({ clock: createFakeClock() });
  const { city, notices } = withOwnThings({ dataDir, simulated, pictures, rejects, now: 5 });
  const own = {
    sensors: city.sensors.filter(({ id }) => id !== 'WL-001'),
    units: city.units.filter(({ id }) => id !== 'FIR-T001'),
  };
  return { own, city, rejects, said: notices.map(({ text }) => text.en.replaceAll(`${dataDir}/city/`, '')) };
}

const SENSOR =
  '{ id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate }, lon: 121.5, lat: 31.2 }';
const UNIT = '{ id: SW-901, callSign: 水务901, department: water, kind: truck }';

test('sensors and units of the hall’s own stand behind those of a simulated city, in WGS 84', () => {
  const { city, own, said } = read({
    'a.yaml': `crs: gcj02\nsensors: [${SENSOR}]\nunits: [${UNIT}]\n`,
  });
  expect(city.sensors.map(({ id }) => id)).toEqual(['WL-001', 'WL-901']);
  const [sensor] = own.sensors;
  expect(sensor).toMatchObject({
    id: 'WL-901',
    zh: '东门水位',
    en: 'East Gate',
    place: { zh: '东门水位', en: 'East Gate' },
  });
  expect(Math.abs((sensor?.lon ?? 0) - 121.5)).toBeGreaterThan(0.003);
  expect(own.units).toEqual([
    { id: 'SW-901', callSign: '水务901', department: 'water', kind: 'truck', capability: [] },
  ]);
  expect(said).toEqual([]);
});

test('a hall without a simulated city has its own things alone, and knows of no department that would be a stranger', () => {
  const { own, said } = read({ 'a.yaml': `crs: wgs84\nsensors: [${SENSOR}]\nunits: [${UNIT}]\n` }, null);
  expect(own.sensors.map(({ id, lon }) => [id, lon])).toEqual([['WL-901', 121.5]]);
  expect([own.units.length, said]).toEqual([1, []]);
});

test('of two things with one id the first is taken, and a file that is wrong is named with its line; the others are in use', () => {
  const { own, said } = read({
    'a.yaml': `crs: wgs84\nsensors: [${SENSOR}]\n`,
    'b.yaml': `crs: wgs84\nsensors: [${SENSOR}]\nunits: [${UNIT.replace('water', 'watr')}, ${UNIT.replace('SW-901', 'FIR-T001')}]\n`,
    'c.yaml': `sensors: [${SENSOR}]\n`,
  });
  expect(own.sensors.length).toBe(1);
  expect(own.units.map(({ id }) => id)).toEqual(['SW-901']);
  expect(said).toEqual([
    expect.stringMatching(/^A configuration file was left out: c\.yaml:1:\d+: crs: is left out$/),
    'Ids used twice in b.yaml, of which the first is taken: WL-901 (a.yaml), FIR-T001 (things.yaml)',
    '"units" in b.yaml names what is not there: watr',
  ]);
});

test('departments, facilities, places and cameras of the hall’s own; of cameras in a folder of their own, and lists as JSON too', () => {
  const { city, said } = read(
    {
      'a.yaml': `crs: wgs84
departments: [{ id: water, name: { zh: 某市水务局, en: Water Bureau }, short: { zh: 水务, en: Water }, phone: '96390' }]
facilities: [{ id: PS-1, kind: pump-station, name: { zh: 东门泵站, en: East Gate pumps }, department: water, lon: 121.5, lat: 31.2, capacity: 12 }]
places: [{ id: gate, name: { zh: 东门, en: East Gate }, lon: 121.51, lat: 31.2 }]
`,
      'b.json': JSON.stringify({
        crs: 'wgs84',
        facilities: [
          { id: 'H-1', kind: 'hospital', name: { zh: '医院', en: 'H' }, department: 'health', lon: 1, lat: 2 },
        ],
      }),
      '../cameras/south.yaml': `crs: wgs84
cameras: [{ id: C-1, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2, bearing: 90, source: 'rtsp://u:geheim@10.1.2.3/1' }]
`,
    },
    null,
  );
  expect(city.departments).toEqual([
    { id: 'water', zh: '某市水务局', en: 'Water Bureau', shortZh: '水务', shortEn: 'Water', phone: '96390' },
  ]);
  expect(city.facilities.map(({ id, zh, capacity }) => [id, zh, capacity])).toEqual([
    ['PS-1', '东门泵站', 12],
    ['H-1', '医院', undefined],
  ]);
  expect(city.cameras).toEqual([
    {
      ...{ id: 'C-1', zh: '东门', en: 'East Gate', lon: 121.5, lat: 31.2, bearing: 90, fov: 360, range: 150 },
      ...{ height: 5, source: 'rtsp://u:geheim@10.1.2.3/1' },
    },
  ]);
  expect(city.places.map(({ id, kind }) => [id, kind])).toEqual([
    ['gate', 'place'],
    ['PS-1', 'facility'],
    ['H-1', 'facility'],
  ]);
  expect(said).toEqual(['"facilities" in b.json names what is not there: health']);
});

test('an address that is no camera’s is named with its line; no password of its file is kept where people look', () => {
  const { said, rejects } = read({
    '../cameras/a.yaml': `crs: wgs84
cameras:
  - { id: C-1, name: { zh: 一, en: one }, lon: 1, lat: 2, source: 'rtsp://admin:geheim1@10.1.2.3/1' }
  - { id: C-2, name: { zh: 二, en: two }, lon: 1, lat: 2, source: 'file:///etc/passwd' }
`,
    '../cameras/b.yaml': 'crs: wgs84\npassword: geheim2\n',
  });
  expect(said).toEqual([
    expect.stringMatching(/a\.yaml:4:\d+: cameras\.1\.source: file: is not a camera's address/),
    expect.stringMatching(/b\.yaml:2:1: unknown key `password`/),
  ]);
  expect(rejects.list()[1]?.excerpt).toContain('rtsp://***@10.1.2.3/1');
  expect(JSON.stringify(rejects.list())).not.toContain('geheim');
});

test.each([
  ['rtsp://admin:p@ss#w%rd?x/1@127.0.0.1/1', /has a user or password with characters that end it/],
  ['rtsp://admin:a/b@10.1.2.3/1', /source: /],
])('a password that ends its address early is refused, or another host would be asked: %s', (source, why) => {
  const { said } = read({
    '../cameras/a.yaml': `crs: wgs84\ncameras: [{ id: C-1, name: { zh: 一, en: one }, lon: 1, lat: 2, source: '${source}' }]\n`,
  });
  expect(said).toEqual([expect.stringMatching(why)]);
  const whole = read({
    '../cameras/a.yaml':
      "crs: wgs84\ncameras: [{ id: C-1, name: { zh: 一, en: one }, lon: 1, lat: 2, source: 'rtsp://a:p%40s%23@10.1.2.3/user=x@y' }]\n",
  });
  expect(whole.said.length).toBe(1);
});

test('kinds of the hall’s own; a kind that nobody has is said, and the thing is there', () => {
  const { city, said } = read(
    {
      '../kinds.yaml': `sensors:
  - { kind: smoke, name: { zh: 烟感, en: Smoke detector }, look: fire }
units:
  - { kind: drone, name: { zh: 无人机, en: Drone } }
`,
      'a.yaml': `crs: wgs84
sensors:
  - { id: SM-1, kind: smoke, unit: "1", name: { zh: 一, en: one }, lon: 1, lat: 2 }
  - { id: SM-2, kind: smok, unit: "1", name: { zh: 二, en: two }, lon: 1, lat: 2 }
units: [{ id: D-1, callSign: 无人机1, department: fire, kind: drone }]
`,
    },
    null,
  );
  expect(city.kinds.map(({ of, kind, look }) => [of, kind, look])).toEqual([
    ['sensor', 'smoke', 'fire'],
    ['unit', 'drone', null],
  ]);
  expect(city.sensors.map(({ kind }) => kind)).toEqual(['smoke', 'smok']);
  expect(said).toEqual(['"sensors: kind" in a.yaml names what is not there: smok']);
});

test('a kind that the product has, or that stands there twice, is named with its line', () => {
  const twice = read({ '../kinds.yaml': 'sensors:\n  - { kind: rain, name: { zh: 雨, en: Rain } }\n' }, null);
  expect(twice.said).toEqual([expect.stringMatching(/kinds\.yaml:2:\d+: sensors\.0\.kind: is there already/)]);
  expect(twice.city.kinds).toEqual([]);
});

test('the hall’s own map brings its roads and names; one that is broken is named, and the hall goes without', () => {
  const roads = {
    ...{ classes: ['arterial'], names: [{ zh: '滨河路', en: 'Binhe Road' }] },
    ...{
      nodes: [
        [121.5, 31.2],
        [121.51, 31.2],
      ],
      edges: [[0, 1, 950, 0, 0]],
      bends: [[]],
    },
  };
  const place = { id: 'osm:n1', kind: 'place', zh: '东站', en: 'East Station', lon: 121.5, lat: 31.2 };
  const whole = read({ 'map/roads.json': JSON.stringify(roads), 'map/places.json': JSON.stringify([place]) }, null);
  expect(whole.city.places.map(({ id, zh }) => [id, zh])).toEqual([
    ['osm:n1', '东站'],
    ['road:0', '滨河路'],
  ]);
  expect([whole.city.graph.edges.length, whole.said]).toEqual([1, []]);
  const broken = read({ 'map/roads.json': '{"classes":[', 'map/places.json': '[{}]' }, null);
  expect([broken.city.graph.edges, broken.city.places]).toEqual([[], []]);
  expect(broken.said).toEqual([expect.stringContaining('map/roads.json'), expect.stringContaining('map/places.json')]);
});

test('a simulated city has roads and names of its own, which are the map’s in the place of the hall’s', () => {
  const at = { lon: 121.9, lat: 29.2 };
  const road = (name: string) =>
    JSON.stringify({
      ...{ classes: ['local'], names: [{ zh: name, en: name }], edges: [[0, 1, 950, 0, 0]], bends: [[]] },
      nodes: [
        [121.9, 29.2],
        [121.91, 29.2],
      ],
    });
  const places = [
    { id: 'HOS-1', kind: 'facility', zh: '医院', en: 'Hospital', ...at },
    { id: 'under', kind: 'place', zh: '下穿', en: 'Underpass', ...at },
  ];
  const played = { ...PLAYED, 'map/roads.json': road('甲路'), 'map/places.json': JSON.stringify(places) };
  const { city, said } = read({ 'map/roads.json': road('乙路') }, played);
  expect(city.graph.names.map(({ zh }) => zh)).toEqual(['甲路']);
  expect(city.places.map(({ id, zh }) => [id, zh])).toEqual([
    ['HOS-1', '医院'],
    ['under', '下穿'],
    ['road:0', '甲路'],
  ]);
  expect(said).toEqual([]);
});

test('in a drill cameras of the hall’s own stand where they are and show nothing; those of the simulated city do', () => {
  const camera = "{ id: C-1, name: { zh: 一, en: one }, lon: 1, lat: 2, source: 'rtsp://10.1.2.3/1' }";
  const files = { '../cameras/a.yaml': `crs: wgs84\ncameras: [${camera}]\n` };
  const sources = (pictures: boolean) =>
    read(files, PLAYED, pictures).city.cameras.map(({ id, source }) => [id, source?.toString().slice(0, 4)]);
  expect(sources(false)).toEqual([
    ['CAM-001', 'http'],
    ['C-1', undefined],
  ]);
  expect(sources(true)).toEqual([
    ['CAM-001', 'http'],
    ['C-1', 'rtsp'],
  ]);
});
