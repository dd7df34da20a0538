import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { systemZone } from '../clock.ts';
import { createRejects } from '../rejects/rejects.ts';
import { readHallYaml } from './hallYaml.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function read(text: string | null) {
  const dir = scratch.folder('hall');
  if (text !== null) writeFileSync(join(dir, 'hall.yaml'), text);
  const { identity, notices } = readHallYaml(dir, createRejects({ clock: createFakeClock() }), 5);
  return { identity, said: notices.map(({ text }) => text.en.replace(`${dir}/`, '')) };
}
const NOTHING = { rules: [], plans: [] };
const NAME = 'name: { zh: 滨江区运行中心, en: Binjiang Operations Hall }';

test('a hall says what it is called and in which zone its reports tell the time', () => {
  expect(read(`hall: 1\n${NAME}\nzone: Asia/Urumqi\n`)).toEqual({
    identity: { name: { zh: '滨江区运行中心', en: 'Binjiang Operations Hall' }, zone: 'Asia/Urumqi', without: NOTHING },
    said: [],
  });
  expect(read(`hall: 1\n${NAME}\nwithout: { rules: [waterlogging] }\n`).identity).toMatchObject({
    ...{ zone: systemZone(), without: { rules: ['waterlogging'], plans: [] } },
  });
});

test('a folder without the file has no name', () => {
  expect(read(null)).toEqual({ identity: { name: null, zone: systemZone(), without: NOTHING }, said: [] });
});

test.each([
  [`hall: 1\n${NAME}\nzone: Asia/Nowhere\n`, /hall\.yaml:3:\d+: zone: is no time zone/],
  [`hall: 2\n${NAME}\n`, /hall\.yaml:1:\d+: hall: /],
  [`hall: 1\nnmae: { zh: 一, en: one }\n`, /hall\.yaml:2:\d+: unknown key `nmae`/],
  ['hall: [', /hall\.yaml/],
])('what is wrong with it is named with its line, and the hall goes without: %j', (text, said) => {
  expect(read(text)).toEqual({
    identity: { name: null, zone: systemZone(), without: NOTHING },
    said: [expect.stringMatching(said)],
  });
});
