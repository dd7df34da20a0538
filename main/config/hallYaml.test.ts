import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { systemZone } from '../clock.ts';
import { createRejects } from '../rejects/rejects.ts';
import { isHallFolder, keepRunAs, readHallYaml } from './hallYaml.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function read(text: string | null) {
  const dir = scratch.folder('hall');
  if (text !== null) writeFileSync(join(dir, 'hall.yaml'), text);
  const { identity, notices } = readHallYaml(dir, createRejects({ clock: createFakeClock() }), 5);
  return { identity, is: isHallFolder(dir), said: notices.map(({ text }) => text.en.replace(`${dir}/`, '')) };
}
const NOTHING = { rules: [], plans: [] };
const NAME = 'name: { zh: 滨江区运行中心, en: Binjiang Operations Hall }';

test('a hall says what it is called and in which zone its reports tell the time', () => {
  expect(read(`hall: 1\n${NAME}\nzone: Asia/Urumqi\n`)).toEqual({
    identity: { name: { zh: '滨江区运行中心', en: 'Binjiang Operations Hall' }, zone: 'Asia/Urumqi', without: NOTHING },
    ...{ is: true, said: [] },
  });
  expect(read(`hall: 1\n${NAME}\nwithout: { rules: [waterlogging] }\n`).identity).toMatchObject({
    ...{ zone: systemZone(), without: { rules: ['waterlogging'], plans: [] } },
  });
});

test('a folder without the file is no hall’s own', () => {
  expect(read(null)).toEqual({ identity: { name: null, zone: systemZone(), without: NOTHING }, is: false, said: [] });
});

test.each([
  [`hall: 1\n${NAME}\nzone: Asia/Nowhere\n`, /hall\.yaml:3:\d+: zone: is no time zone/],
  [`hall: 2\n${NAME}\n`, /hall\.yaml:1:\d+: hall: /],
  [`hall: 1\nnmae: { zh: 一, en: one }\n`, /hall\.yaml:2:\d+: unknown key `nmae`/],
  ['hall: [', /hall\.yaml/],
])('what is wrong with it is named with its line, and the hall goes without: %j', (text, said) => {
  expect(read(text)).toEqual({
    identity: { name: null, zone: systemZone(), without: NOTHING },
    ...{ is: true, said: [expect.stringMatching(said)] },
  });
});

test('a folder that was run without the drill city stays a hall’s own when its hall.yaml is lost', () => {
  const dir = scratch.folder('hall');
  expect(isHallFolder(dir)).toBe(false);
  keepRunAs(dir, 'empty');
  keepRunAs(dir, 'drill');
  expect(isHallFolder(dir)).toBe(true);
  const drill = scratch.folder('drill');
  keepRunAs(drill, 'drill');
  expect(isHallFolder(drill)).toBe(false);
});
