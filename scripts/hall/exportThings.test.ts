import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withOwnThings } from '../../main/city/ownThings.ts';
import { systemClock } from '../../main/clock.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { exportThings } from './exportThings.ts';
import { importThingsCommand, isImportKind } from './importThings.ts';

const scratch = createScratch();
let said = '';
beforeEach(() => {
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await scratch.clear();
});

const HALL: Readonly<Record<string, string>> = {
  'hall.yaml': 'hall: 1\nname: { zh: 滨江, en: Riverside }\n',
  'kinds.yaml':
    'sensors: [{ kind: smoke, name: { zh: 烟感, en: Smoke } }]\nunits: [{ kind: drone, name: { zh: 无人机, en: Drone } }]\n',
  'city/a.yaml': `crs: wgs84
departments:
  - { id: water, name: { zh: 滨江水务局, en: Water Bureau }, short: { zh: 水务, en: Water }, phone: "+86 10 96390" }
  - { id: fire, name: { zh: 消防, en: Fire } }
sensors:
  - { id: "34020000001320000001", kind: water-level, unit: m, name: { zh: "东门, 水位", en: East "Gate" }, lon: 121.5012345, lat: 31.2,
      place: { zh: 东门广场, en: East Gate Square } }
  - { id: SM-1, kind: smoke, name: { zh: "=1+1", en: "@home" }, lon: 121.6, lat: 31.25 }
units:
  - { id: SW-901, callSign: 水务901, department: water, kind: truck, capability: [high angle rescue, pumping] }
  - { id: SW-902, callSign: 水务902, department: fire, kind: drone, capability: [night flight] }
  - { id: SW-903, callSign: 水务903, department: fire, kind: car }
facilities:
  - { id: PS-901, kind: pump-station, name: { zh: 东门泵站, en: East pumps }, department: water, lon: 121.5, lat: 31.2, capacity: 12.5 }
  - { id: H-1, kind: hospital, name: { zh: 医院, en: Hospital }, department: fire, lon: 121.55, lat: 31.21 }
places:
  - { id: east-gate, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2 }
`,
  'city/b.json':
    '{"crs":"gcj02","places":[{"id":"west-gate","name":{"zh":"西门","en":"West Gate"},"lon":121.48,"lat":31.22}]}',
  'cameras/a.yaml': `crs: wgs84
cameras:
  - { id: CAM-1, name: { zh: 东门, en: East }, lon: 121.5, lat: 31.2, bearing: 123.4, fov: 60, range: 151, height: 6.5,
      source: "rtsp://admin:p%40ss@10.1.2.3:554/Streaming/Channels/101", sub: "rtsp://admin:p%40ss@10.1.2.3:554/Streaming/Channels/102" }
  - { id: CAM-2, name: { zh: 西门, en: West }, lon: 121.5, lat: 31.3, source: "http://10.1.2.4/live?token=t0ken&ch=2" }
  - { id: CAM-3, name: { zh: 北门, en: North }, lon: 121.5, lat: 31.4, source: "rtsp://10.1.2.5/live" }
  - { id: CAM-4, name: { zh: 南门, en: South }, lon: 121.5, lat: 31.1, onvif: "http://admin:p%40ss@10.1.2.6/onvif/device_service", stream: sub, channel: 2 }
`,
};

function folderWith(files: Readonly<Record<string, string>>): string {
  const dir = scratch.folder('hall');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

function cityOf(dataDir: string) {
  const rejects = createRejects({ clock: systemClock() });
  const { city, notices } = withOwnThings({ dataDir, rejects, now: 0 });
  expect(notices).toEqual([]);
  const sorted = <T extends { id: string }>(all: readonly T[]) =>
    all
      .map((each) => ('lon' in each ? { ...each, ...rounded(each as unknown as { lon: number; lat: number }) } : each))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const { departments, sensors, units, facilities, places } = city;
  const cameras = city.cameras.map(({ source = '', sub, ...each }) => ({
    ...{ ...each, two: sub !== undefined },
    ...(typeof source === 'string' || 'gb28181' in source ? {} : { stream: source.stream, channel: source.channel }),
  }));
  return Object.fromEntries(
    Object.entries({ departments, sensors, units, facilities, places, cameras }).map(([what, all]) => [
      what,
      sorted<{ id: string }>(all),
    ]),
  );
}

const rounded = ({ lon, lat }: { lon: number; lat: number }) => ({ lon: lon.toFixed(7), lat: lat.toFixed(7) });
const read = (dir: string, name: string) => readFileSync(join(dir, name), 'utf8');

/** Into a hall that has nothing but what was exported, where none is given. */
async function importAll(
  out: string,
  endings: readonly string[],
  dir = folderWith({ 'hall.yaml': HALL['hall.yaml'] ?? '', 'kinds.yaml': read(out, 'kinds.yaml') }),
): Promise<string> {
  for (const kind of ['departments', 'sensors', 'units', 'facilities', 'places', 'cameras']) {
    const file = endings.map((ending) => join(out, `${kind}.${ending}`)).find((each) => existsSync(each)) ?? '';
    if (!isImportKind(kind)) throw new Error(kind);
    expect(await importThingsCommand(kind, [file, '--data', dir])).toBe(0);
  }
  return dir;
}

function exported(...options: string[]): { dir: string; out: string } {
  const dir = folderWith(HALL);
  const out = join(scratch.folder('export'), 'out');
  expect(exportThings([dir, out, ...options])).toBe(0);
  return { dir, out };
}

test.each([['csv'], ['geojson', 'csv']])(
  'what is exported as %s and imported again is what was there',
  async (...endings) => {
    const { dir, out } = exported();
    const again = await importAll(out, endings);
    expect(cityOf(again)).toEqual(cityOf(dir));
    const files = readdirSync(join(again, 'city')).filter((name) => name.endsWith('.json'));
    const before = files.map((name) => read(again, join('city', name)));
    const second = join(out, '..', 'second');
    expect(exportThings([again, second])).toBe(0);
    await importAll(second, endings, again);
    expect(files.map((name) => read(again, join('city', name)))).toEqual(before);
  },
);

test.each(['gcj02', 'bd09', 'cgcs2000'])('coordinates in %s say so, and come back to within a metre', async (crs) => {
  const { dir, out } = exported('--crs', crs);
  const again = await importAll(out, ['csv']);
  const [before, after] = [cityOf(dir).places, cityOf(again).places] as unknown as { lon: string; lat: string }[][];
  for (const [i, place] of (before ?? []).entries()) {
    expect(Number(after?.[i]?.lon)).toBeCloseTo(Number(place.lon), 5);
    expect(Number(after?.[i]?.lat)).toBeCloseTo(Number(place.lat), 5);
  }
  const table = read(out, 'places.csv');
  expect(table.includes('121.5,31.2')).toBe(crs === 'cgcs2000');
  expect(JSON.parse(read(out, 'places.geojson')).features[0].geometry.coordinates).toEqual([121.5, 31.2]);
});

test('tables have Chinese heads and the mark of UTF-8, and nothing in them that a spreadsheet reckons', () => {
  const { out } = exported();
  expect(read(out, 'sensors.csv').split('\r\n')).toEqual([
    '\ufeff编号,名称,英文名称,类别,计量单位,安装位置,安装位置英文,经度（WGS 84）,纬度（WGS 84）',
    '"\t34020000001320000001","东门, 水位","East ""Gate""",water-level,m,东门广场,East Gate Square,121.5012345,31.2',
    'SM-1,"\t=1+1","\t@home",smoke,,"\t=1+1","\t@home",121.6,31.25',
    '',
  ]);
});

test('no password of a camera goes out, and the manifest says how many were left behind, of which hall and when', () => {
  const { out } = exported('--lang', 'en');
  expect(said).toContain('out of the addresses of 3 cameras');
  const all = readdirSync(out)
    .map((name) => read(out, name))
    .join();
  expect(all).not.toMatch(/p%40ss|p@ss|admin|t0ken/);
  expect(read(out, 'cameras.csv')).toContain(
    'rtsp://10.1.2.3:554/Streaming/Channels/101,rtsp://10.1.2.3:554/Streaming/Channels/102,,,,已去除,',
  );
  expect(read(out, 'cameras.csv')).toContain('http://10.1.2.4/live?token=***&ch=2,,,,,已去除,');
  expect(read(out, 'cameras.csv')).toContain('rtsp://10.1.2.5/live,,,,,,');
  expect(read(out, 'cameras.csv')).toContain(',http://10.1.2.6/onvif/device_service,sub,2,已去除,');
  const { made, ...manifest } = JSON.parse(read(out, 'manifest.json'));
  expect(Math.abs(Date.parse(made) - Date.now())).toBeLessThan(600_000);
  expect(manifest).toMatchObject({
    ...{ export: 1, hall: { zh: '滨江', en: 'Riverside' }, kinds: 'kinds.yaml' },
    coordinates: { csv: 'wgs84', geojson: 'wgs84' },
    withoutPassword: { cameras: 3 },
  });
  expect(manifest.tables).toContainEqual({ what: 'units', count: 3, files: ['units.csv'] });
  expect(manifest.tables).toContainEqual({ what: 'places', count: 2, files: ['places.csv', 'places.geojson'] });
  expect(readdirSync(out).sort()).toEqual(
    [...manifest.tables.flatMap(({ files }: { files: string[] }) => files), 'kinds.yaml', 'manifest.json'].sort(),
  );
});

test('a folder with anything in it is left as it is; an empty one and what a kill left beside are taken', () => {
  const { dir, out } = exported();
  const before = readdirSync(out);
  expect(() => exportThings([dir, out])).toThrow(/已有内容/);
  expect(() => exportThings([dir, out, '--lang', 'en'])).toThrow(/is not an empty folder/);
  expect(() => exportThings([dir, join(out, 'units.csv')])).toThrow(/已有内容/);
  expect(readdirSync(out)).toEqual(before);
  const other = join(out, '..', 'other');
  // No program has such a number.
  const beside = join(out, '..', '.other.opshall-export-99999999');
  for (const each of [other, beside]) mkdirSync(each);
  writeFileSync(join(beside, 'half.csv'), '');
  expect(exportThings([dir, other])).toBe(0);
  expect(readdirSync(other)).toEqual(before);
  expect(existsSync(beside)).toBe(false);
});

test('a file that is wrong is said and not in it; what is asked for amiss is refused in words', () => {
  const dir = folderWith({ ...HALL, 'city/c.yaml': 'crs: mars\n' });
  const out = join(scratch.folder('out'), 'out');
  expect(exportThings([dir, out])).toBe(1);
  expect(said).toContain('c.yaml 第 1 行（crs）');
  expect(existsSync(join(out, 'manifest.json'))).toBe(true);
  expect(() => exportThings([dir])).toThrow(/hall -- export FOLDER OUT/);
  expect(() => exportThings([join(dir, 'none'), `${out}2`])).toThrow(/没有文件夹/);
  expect(() => exportThings([dir, `${out}2`, '--crs', 'EPSG:4549', '--lang', 'en'])).toThrow(/There is no "EPSG:4549"/);
});

test('a folder of nothing is an export of nothing', () => {
  const out = join(scratch.folder('out'), 'out');
  expect(exportThings([folderWith({}), out])).toBe(0);
  expect(readdirSync(out)).toEqual(['manifest.json']);
  expect(JSON.parse(read(out, 'manifest.json'))).toMatchObject({ hall: null, kinds: null });
});

test('cameras that register with the hall are in no table, and are said and counted', () => {
  const gb =
    'cameras:\n  - { id: gb-1, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2, gb28181: { device: "34020000001180000001", channel: "34020000001320000001" } }\n';
  const dir = folderWith({ ...HALL, 'cameras/gb.yaml': `crs: wgs84\n${gb}` });
  const out = join(scratch.folder('export'), 'out');
  exportThings([dir, out, '--lang', 'en']);
  expect(said).toMatch(/1 left out: Cameras that register by GB\/T 28181/);
  expect(JSON.parse(read(out, 'manifest.json'))).toMatchObject({ leftOut: { cameras: 1 } });
  expect(read(out, 'cameras.csv')).not.toContain('gb-1');
});
