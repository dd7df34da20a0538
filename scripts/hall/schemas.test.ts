import { globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createScratch } from '../../tests/support/scratch.ts';
import { inProject } from '../project.ts';
import { check } from './check.ts';
import { init } from './init.ts';
import { newHallFiles } from './newHall.ts';
import { SCHEMAS, type SchemaName, schemaFiles } from './schemas.ts';

const scratch = createScratch();
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await scratch.clear();
});

const files = schemaFiles('1.2.3');
const jsonOf = (name: SchemaName) => JSON.parse(files[`${name}.json`]) as z.core.JSONSchema.JSONSchema;
const takes = (name: SchemaName, value: unknown) => z.fromJSONSchema(jsonOf(name)).safeParse(value).success;
const read = (file: string) => readFileSync(inProject(file), 'utf8');
const examplesOf = (page: string) => [...read(page).matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text);

const RESOURCES = (['rules', 'plans', 'feeds'] as const).flatMap((name) =>
  globSync(`resources/${name}/*.yaml`, { cwd: inProject() }).map((file) => [name, file] as const),
);

describe('what the product ships and its pages show fits the schemas', () => {
  test.each(RESOURCES)('%s: %s', (name, file) => {
    expect(takes(name, parse(read(file)))).toBe(true);
  });

  test('the pages', () => {
    const [hall, kinds, city] = examplesOf('docs/city.md').filter((text) => !text.startsWith('kind:'));
    expect([takes('hall', parse(hall ?? '')), takes('kinds', parse(kinds ?? ''))]).toEqual([true, true]);
    expect(takes('city', parse(city ?? ''))).toBe(true);
    const feeds = examplesOf('docs/feeds.md');
    expect(feeds.length).toBeGreaterThan(3);
    for (const text of feeds) expect([text, takes('feeds', parse(text))]).toEqual([text, true]);
    const [gb28181, cameras] = examplesOf('docs/protocols/gb28181.md');
    expect(takes('gb28181', parse(gb28181 ?? ''))).toBe(true);
    expect(takes('city', { crs: 'wgs84', cameras: parse(cameras ?? '') })).toBe(true);
    expect(takes('rules', parse(examplesOf('docs/rules.md')[0] ?? ''))).toBe(true);
    expect(takes('plans', parse(examplesOf('docs/plans.md')[0] ?? ''))).toBe(true);
  });
});

test('a slip of the pen does not fit them', () => {
  const sensor = { id: 'A', kind: 'rain', name: { zh: '甲', en: 'A' }, lon: 121, lat: 31 };
  expect(takes('city', { crs: 'wgs84', sensors: [sensor] })).toBe(true);
  for (const slip of [
    { ...sensor, lan: 1 },
    { ...sensor, id: 'a b' },
    { ...sensor, lat: 310 },
    { ...sensor, name: '甲' },
  ])
    expect(takes('city', { crs: 'wgs84', sensors: [slip] })).toBe(false);
  expect(takes('city', { crs: 'mars' })).toBe(false);
  const gb = { id: '34020000002000000001', listen: '10.1.2.3:5060' };
  const device = { device: '34020000001180000001', password: 'x' };
  expect(takes('gb28181', { ...gb, devices: [device] })).toBe(true);
  for (const slip of [{ ...device, device: 34_020_000 }, { ...device, device: '3402' }, { device: gb.id }])
    expect(takes('gb28181', { ...gb, devices: [slip] })).toBe(false);
  expect(takes('hall', { hall: 2, name: { zh: '甲', en: 'A' } })).toBe(false);
  expect(takes('feeds', { id: 'a', protocol: 'telex' })).toBe(false);
  const station = { device: 12, readings: { '39': 'A' } };
  const feed = { id: 'a', protocol: 'sl651', name: sensor.name, listen: '127.0.0.1:1', devices: [station] };
  expect(takes('feeds', feed)).toBe(false);
  expect(takes('feeds', { ...feed, devices: [{ ...station, device: '12' }] })).toBe(true);
});

/** Descriptions with the members that they are of. */
function descriptions(schema: unknown, path = ''): [string, string][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'description' in schema && typeof schema.description === 'string' ? [[path, schema.description]] : [];
  return [
    ...(own as [string, string][]),
    ...Object.entries(schema).flatMap(([key, value]) =>
      key === 'description' && typeof value === 'string' ? [] : descriptions(value, `${path}/${key}`),
    ),
  ];
}

test.each(['hall', 'kinds', 'city', 'gb28181', 'feeds', 'rules', 'plans'] as const)(
  '%s is described, in Chinese and English',
  (name) => {
    const all = descriptions(jsonOf(name));
    expect(all.length).toBeGreaterThan(3);
    for (const [path, text] of all)
      expect([path, text]).toEqual([path, expect.stringMatching(/^\p{Script=Han}[^\n]*\n\n[A-Z][^\n]*$/u)]);
  },
);

test('a new folder has them, and each of its files of YAML says where', () => {
  const dir = join(scratch.folder('halls'), 'binjiang');
  init([dir]);
  expect(readdirSync(join(dir, SCHEMAS)).sort()).toEqual(Object.keys(files).sort());
  for (const [file, text] of Object.entries(newHallFiles('')).filter(([file]) => file.endsWith('.yaml'))) {
    const to = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
    const schema = JSON.parse(readFileSync(join(dir, file, '..', to), 'utf8'));
    expect(z.fromJSONSchema(schema).safeParse(parse(text)).success).toBe(true);
  }
});

test('a check renews those that are missing or of an earlier program, and leaves those of a later one', () => {
  const dir = join(scratch.folder('halls'), 'binjiang');
  init([dir]);
  const at = (name: string) => join(dir, SCHEMAS, name);
  const text = readFileSync(at('hall.json'), 'utf8');
  const later = text.replace(/OpsHall [\d.]+/, 'OpsHall 99.0.0');
  writeFileSync(at('hall.json'), text.replace(/OpsHall [\d.]+/, 'OpsHall 0.0.9'));
  writeFileSync(at('city.json'), later);
  writeFileSync(at('rules.json'), 'no json');
  expect(check(['--data', dir])).toBe(0);
  expect(readFileSync(at('hall.json'), 'utf8')).toBe(text);
  expect(readFileSync(at('city.json'), 'utf8')).toBe(later);
  expect(JSON.parse(readFileSync(at('rules.json'), 'utf8')).type).toBe('object');
});

test('a folder without hall.yaml is left without them, and one that cannot be written is checked all the same', () => {
  const dir = scratch.folder('drill');
  expect(check(['--data', dir])).toBe(0);
  expect(readdirSync(dir)).toEqual([]);
  const own = join(scratch.folder('halls'), 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'hall.yaml'), 'hall: 1\nname: { zh: 甲, en: A }\n');
  writeFileSync(join(own, SCHEMAS), 'a file is in the way');
  expect(check(['--data', own])).toBe(0);
});
