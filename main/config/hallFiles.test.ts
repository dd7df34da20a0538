import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEPARTMENTS } from '../../scripts/city/departments.ts';
import { createFakeClock } from '../../tests/fakes/clock.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { createRejects } from '../rejects/rejects.ts';
import { readHallFiles } from './hallFiles.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());
const RESOURCES = resolve(import.meta.dirname, '..', '..', 'resources');
const KNOWN = {
  sensors: [
    ['WL-001', 'water-level'],
    ['RG-001', 'rain'],
    ['GS-001', 'gas'],
    ['WD-008', 'wind'],
  ].map(([id = '', kind = '']) => ({ id, kind })),
  departments: DEPARTMENTS,
};

const rule = (id: string, raise: number, sensor = '{ kind: water-level }') =>
  `  - { rule: ${id}, name: { zh: 水, en: W }, sensor: ${sensor}, levels: [{ level: 4, raise: ${raise}, clear: 0.1 }] }\n`;
const plan = (version: number, department = 'fire', escalate = 'emergency') => `plan: urban-flooding
version: ${version}
status: approved
name: { zh: 本站, en: Ours }
fits: { incidents: [urban-flooding], level: 4 }
lanes: [{ id: a, department: ${department}, title: { zh: 甲, en: A } }]
steps: [{ id: go, lane: a, title: { zh: 出动, en: Go }, acknowledge: 60, escalate: ${escalate} }]
`;

function read(own: Record<string, string>, known = KNOWN, without?: Parameters<typeof readHallFiles>[0]['without']) {
  const dataDir = scratch.folder('data');
  for (const [name, text] of Object.entries(own)) {
    mkdirSync(join(dataDir, name, '..'), { recursive: true });
    writeFileSync(join(dataDir, name), name.startsWith('rules') ? `rules:\n${text}` : text);
  }
  const resources = scratch.folder('resources');
  for (const kind of ['rules', 'plans']) cpSync(join(RESOURCES, kind), join(resources, kind), { recursive: true });
  const rejects = createRejects({ clock: createFakeClock() });
  const found = readHallFiles({
    resources,
    dataDir,
    known: { ...known, units: [], at: () => undefined },
    rejects,
    since: 5,
    ...(without ? { without } : {}),
  });
  const strip = (text: string) => text.replaceAll(`${dataDir}/`, '').replaceAll(`${resources}/`, '');
  return {
    ...found,
    said: found.notices.map(({ severity, text }) => `${severity}: ${strip(text.en)}`),
    kept: rejects.list().map(({ message, remedy }) => {
      expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
      return strip(message.en);
    }),
  };
}
const raiseOf = ({ rules }: ReturnType<typeof read>, id: string) => rules.find((r) => r.rule === id)?.levels[0]?.raise;

test('rules and plans of the product that a hall does without are not there; its own of the same id is, and an id that is none is said', () => {
  const without = { rules: ['waterlogging', 'rainstorm', 'watrlogging'], plans: ['typhoon-response'] };
  const found = read({ 'rules/ours.yaml': rule('waterlogging', 0.12) }, KNOWN, without);
  expect(found.rules.map(({ rule }) => rule)).toEqual(['gas-leak', 'typhoon-wind', 'waterlogging']);
  expect(raiseOf(found, 'waterlogging')).toBe(0.12);
  expect(found.said.filter((text) => text.includes('without'))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/"without: rules" in hall\.yaml names what is not there: watrlogging/),
    ]),
  );
  const plans = read({}).plans.map(({ plan }) => plan);
  const fewer = read({}, KNOWN, { rules: [], plans: [plans[0] ?? ''] });
  expect(fewer.plans.map(({ plan }) => plan)).toEqual(plans.slice(1));
});

test('a hall’s own rule takes the place of the product’s of the same id, and it is said', () => {
  const found = read({ 'rules/ours.yaml': rule('waterlogging', 0.12) });
  expect(raiseOf(found, 'waterlogging')).toBe(0.12);
  expect(found.rules.map((r) => r.rule)).toEqual(['waterlogging', 'rainstorm', 'gas-leak', 'typhoon-wind']);
  expect(found.said).toEqual([
    'info: "waterlogging" is taken from this hall\'s own rules/ours.yaml, in place of the product\'s in rules/flood.yaml',
  ]);
});

test('of two of the hall’s own files with one rule id the second is left out, whole, named and kept', () => {
  const found = read({
    'rules/a.yaml': rule('water', 0.2),
    'rules/b.yaml': rule('wave', 0.3) + rule('water', 0.4),
  });
  expect(raiseOf(found, 'water')).toBe(0.2);
  expect(raiseOf(found, 'wave')).toBeUndefined();
  expect(found.said).toEqual([
    'error: A configuration file was left out: "water" in rules/b.yaml is in rules/a.yaml already',
  ]);
  expect(found.kept).toEqual(['rules/b.yaml: "water" is in rules/a.yaml already']);
});

test('one id twice in a file: the file is left out, named with its line', () => {
  const found = read({ 'rules/a.yaml': rule('water', 0.2) + rule('water', 0.4) });
  expect(raiseOf(found, 'water')).toBeUndefined();
  expect(found.said).toHaveLength(1);
  expect(found.said[0]).toMatch(/rules\/a\.yaml:3:\d+: rules\.1\.rule: "water" is used twice/);
});

test('one level twice in a rule, no sensor at all and an endless id are refused as well', () => {
  const twice = rule('water', 0.2).replace(']', ', { level: 4, raise: 1, clear: 0.5 }]');
  expect(read({ 'rules/a.yaml': twice }).said[0]).toMatch(/level 4 is used twice/);
  expect(read({ 'rules/a.yaml': rule('water', 0.2, '{ kind: rain, ids: [] }') }).said).toHaveLength(1);
  expect(read({ 'rules/a.yaml': rule('w'.repeat(300), 0.2) }).said).toHaveLength(1);
});

test('a plan of the hall’s own with the product’s id and version takes its place; another version stands beside it', () => {
  const found = read({ 'plans/a.yaml': plan(99), 'plans/b.yaml': plan(99), 'plans/c.yaml': plan(98) });
  const versions = found.plans.filter((each) => each.plan === 'urban-flooding').map((each) => each.version);
  expect(versions).toEqual([expect.any(Number), 99, 98]);
  expect(found.said).toEqual([
    'error: A configuration file was left out: "urban-flooding 99" in plans/b.yaml is in plans/a.yaml already',
  ]);
  const [product] = versions;
  const instead = read({ 'plans/a.yaml': plan(product ?? 0) });
  const ours = instead.plans.filter((each) => each.plan === 'urban-flooding');
  expect(ours.map((each) => each.name.en)).toEqual(['Ours']);
  expect(instead.said[0]).toMatch(/^info: "urban-flooding \d+" is taken from this hall's own plans\/a.yaml/);
});

test('what a plan or rule contradicts itself in is said in Chinese too', () => {
  const { notices } = read({
    'plans/a.yaml': plan(99).replace('lane: a', 'lane: b'),
    'rules/a.yaml': rule('water', 0.05),
  });
  expect(notices.map(({ text }) => text.zh.replace(/.*(?=第)/, ''))).toEqual([
    expect.stringMatching(/^第 \d+ 行（steps\.0\.lane）：没有泳道“b”$/),
    expect.stringMatching(/^第 \d+ 行（rules\.0\.levels\.0\.clear）：clear 应低于 raise（0\.05），否则告警会反复$/),
  ]);
});

test('sensors, kinds and departments that are not there are named; the rest is in use', () => {
  const found = read({
    'rules/a.yaml':
      rule('one', 0.2, '{ kind: water-level, ids: [WL-001, WL-999, RG-001] }') + rule('two', 1, '{ kind: watr-level }'),
    'plans/a.yaml': plan(99, 'fier', 'nobody'),
  });
  expect(raiseOf(found, 'one')).toBe(0.2);
  expect(found.said).toEqual([
    'warning: "one" in rules/a.yaml names what is not there: WL-999, RG-001',
    'warning: "two" in rules/a.yaml names what is not there: watr-level',
    'warning: "urban-flooding" in plans/a.yaml names what is not there: fier, nobody',
  ]);
  const nothing = { sensors: [], departments: [] };
  expect(read({ 'rules/a.yaml': rule('one', 0.2, '{ kind: wind }') }, nothing).said).toEqual([]);
});

test('gauges of the hall’s own that the product’s rule for their kind leaves out are said, unless another rule looks at them', () => {
  const ours = {
    ...KNOWN,
    sensors: [...KNOWN.sensors, { id: 'RG-901', kind: 'rain' }].filter(({ id }) => id !== 'RG-001'),
  };
  const about = (found: ReturnType<typeof read>) => found.said.filter((text) => text.includes('rainstorm'));
  expect(about(read({}, ours))).toEqual([
    'info: The product\'s rule "rainstorm" looks at RG-001 alone: no rule looks at the 1 sensors of the kind rain of this hall',
  ]);
  expect(about(read({ 'rules/a.yaml': rule('ours', 30, '{ kind: rain }') }, ours))).toEqual([]);
  expect(about(read({}, KNOWN))).toEqual([]);
});
