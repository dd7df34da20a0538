import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { checkFolder } from './folder.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const resources = resolve(import.meta.dirname, '..', '..', 'resources');

test('what a start would say of a folder’s files is said without starting: each with its line, and the rest is counted', () => {
  const dataDir = scratch.folder('data');
  const files = {
    'city/a.yaml':
      'crs: wgs84\nsensors: [{ id: WL-901, kind: water-level, unit: m, name: { zh: 东, en: E }, lon: 121, lat: 31 }]\n',
    'feeds/good.yaml':
      'id: h\nprotocol: sl651\nname: { zh: 水, en: W }\nlisten: 127.0.0.1:1\ndevices: [{ device: "1", readings: { "39": WL-901, "20": RG-901 } }]\n',
    'feeds/bad.yaml': 'id: b\nprotocol: hj212\n',
    'rules/a.yaml': 'rules: 1\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), text);
  }
  const { counts, notices } = checkFolder({ dataDir, resources });
  expect(counts).toEqual({
    ...{ departments: 0, places: 0, facilities: 0, sensors: 1, units: 0, cameras: 0 },
    ...{ rules: 4, plans: 5, feeds: 1 },
  });
  expect(notices.map(({ severity, text }) => `${severity}: ${text.en.replaceAll(`${dataDir}/`, '')}`)).toEqual([
    expect.stringMatching(/^error: A configuration file was left out: rules\/a\.yaml:1:/),
    expect.stringMatching(/^error: A configuration file was left out: feeds\/bad\.yaml:1:/),
    'warning: "h" in feeds/good.yaml names what is not there: RG-901',
  ]);
});

test('who registers by GB/T 28181 is a source, and cameras of devices that may not are named with them', () => {
  const dataDir = scratch.folder('data');
  const [known, other] = ['34020000001180000001', '34020000001180000002'];
  const camera = (device?: string) =>
    `{ id: C-${device}, name: { zh: 门, en: Gate }, lon: 121, lat: 31, gb28181: { device: "${device}", channel: "34020000001320000001" } }`;
  mkdirSync(join(dataDir, 'cameras'));
  writeFileSync(join(dataDir, 'cameras', 'a.yaml'), `crs: wgs84\ncameras: [${camera(known)}, ${camera(other)}]\n`);
  const said = () => {
    const { counts, notices } = checkFolder({ dataDir, resources });
    const text = notices.map(({ severity, text: { en } }) => `${severity}: ${en.replaceAll(`${dataDir}/`, '')}`);
    return [counts.cameras, counts.feeds, ...text];
  };
  const file = (text: string) => writeFileSync(join(dataDir, 'gb28181.yaml'), text);
  const nobody = `warning: Cameras are of devices that gb28181.yaml does not have: ${known}, ${other}`;
  expect(said()).toEqual([2, 0, nobody]);
  const head = 'id: "34020000002000000001"\nlisten: 127.0.0.1:5060\n';
  file(`${head}devices: [{ device: "${known}", password: "secret-1" }]\n`);
  expect(said()).toEqual([2, 1, nobody.replace(`${known}, `, '')]);
  file(`${head}devices: [{ device: "${known}", password: 1234567 }]\n`);
  expect(said()).toEqual([
    ...[2, 0],
    expect.stringMatching(/^error: A configuration file was left out: gb28181\.yaml:3:\d+: devices\.0\.password:/),
  ]);
  expect(said().join('')).not.toContain('1234567');
});
