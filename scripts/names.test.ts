import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { methods, queries, topics } from '../contract/index.ts';
import { inProject } from './project.ts';

/** Contracts of features of the city's work. The others are what a hall and its windows are made of, which the frame may show. */
const WORK = ['alarms', 'cameras', 'incidents', 'plans', 'sensors', 'shifts', 'units', 'walls', 'warnings'];

/** What may name them all the same, each with its reason. A file goes from here with the last name in it; none comes here to spare a declaration. */
const MAY: Readonly<Record<string, string>> = {
  'contract/wire/observationMirror.ts':
    'gauges are one of the two telemetry streams of the wire, decoded for every window',
  'main/telemetry/telemetry.ts': 'telemetry is of sensors and units by what it is',
  'renderer/bridge/': 'the directories and telemetry of a connection are read once a window, whoever asks',
  'renderer/desk/hallData.tsx': 'gives those directories to everything below',
  'renderer/desk/subject.ts':
    'the subject of the keys is the vocabulary that features share: alarm, incident, run, sensor, camera',
  'renderer/desk/useSubject.ts': 'follows that subject',
  'renderer/desk/placeNow.ts': 'where a subject is now',
  'renderer/desk/alarmQueue.ts': 'what of an alarm its queue, its incident and its sound agree on',
  'renderer/desk/incidents.ts': 'incidents as several features ask for them',
  'renderer/desk/runs.ts': 'runs as several features ask for them',
  'renderer/desk/rights.ts': 'a department acts on steps of its own',
  'renderer/desk/words.ts': 'words of a decision name the step it is about',
  'renderer/desk/detail/': 'parts of details that several features share',
  'renderer/desk/feature.ts': 'what a wall was pushed is given to the region that shows it',
  'renderer/workspace/FramedRegion.tsx': 'gives it on',
  'renderer/workspace/strip/ConflictsChip.tsx': 'conflicts of alarms, runs and incidents, counted together',
};

/** Names that only a feature of the city's work has, as code says them. */
function namesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const asked = [...code.matchAll(/'([a-z]+\.[a-zA-Z]+)'/g)]
    .map(([, name = '']) => name)
    .filter(
      (name) => (Object.hasOwn(methods, name) || Object.hasOwn(queries, name)) && isWork(name.split('.')[0] ?? ''),
    );
  const followed = [...code.matchAll(/(?:useTopic|useTopicItem|useTopicFresh|items|subscribe)\('([a-z]+)'/g)]
    .map(([, name = '']) => name)
    .filter((name) => Object.hasOwn(topics, name) && isWork(name));
  const imported = [...code.matchAll(/features\/([a-z]+)\.ts'/g)].map(([, name = '']) => name).filter(isWork);
  return [...new Set([...asked, ...followed, ...imported])].sort();
}

/** Runs are of plans, screens of walls: parts of a contract have names of their own. */
function isWork(name: string): boolean {
  return [...WORK, 'runs', 'handovers', 'wall', 'screens'].includes(name);
}

const files = globSync(['contract/wire/**/*.ts', 'main/**/*.ts', 'renderer/**/*.{ts,tsx}'], { cwd: inProject('.') })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/(?:^|\/)features\/|\.test\.tsx?$/.test(file));
const read = (file: string) => namesIn(readFileSync(inProject(file), 'utf8'));
const excepted = (file: string) =>
  Object.keys(MAY).find((path) => file === path || (path.endsWith('/') && file.startsWith(path)));

test('what features stand on names none of them, but for what is told why', () => {
  const naming = files
    .filter((file) => excepted(file) === undefined)
    .flatMap((file) => {
      const names = read(file);
      return names.length === 0 ? [] : [`${file}: ${names.join(', ')}`];
    });
  expect(naming).toEqual([]);
});

test('an exception that names nothing any more is struck out', () => {
  const needed = new Set(files.filter((file) => read(file).length > 0).map(excepted));
  expect(Object.keys(MAY).filter((path) => !needed.has(path))).toEqual([]);
});

test('a name is found as it is asked for, followed and imported, and not in a comment', () => {
  expect(namesIn("call('alarms.acknowledge', {}); useTopic('runs')")).toEqual(['alarms.acknowledge', 'runs']);
  expect(namesIn("import type { UnitEntry } from '../../contract/features/units.ts';")).toEqual(['units']);
  expect(namesIn("// see 'alarms.acknowledge'\n/** useTopic('alarms') */ call('windows.open')")).toEqual([]);
});
