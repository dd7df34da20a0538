import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');
const FLOOD = join(PROJECT, 'resources', 'drills', 'flood.yaml');

const scratch = createScratch();
afterEach(() => scratch.clear());

/** `npm run drill -- …`, without npm. */
function startDrill(...args: string[]) {
  const child = startChild('the drill', process.execPath, [join(PROJECT, 'scripts', 'drill.ts'), ...args], {
    cwd: PROJECT,
  });
  return scratch.keep(child, (started) => started.kill());
}

test('the flood is rehearsed on two stations, through the cut cable to the all-clear', async () => {
  const dir = join(scratch.folder('report'), 'made', 'here');
  const drill = startDrill(FLOOD, '--report', dir);
  await drill.line(/^(Passed|Failed) in/, 160_000);
  await until(() => drill.exited, { what: 'the drill’s end' });
  expect(drill.ending).toBe(0);

  const report = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'));
  expect(report).toMatchObject({
    drill: 'flood',
    seed: 20250701,
    incident: expect.stringMatching(/^incident:/),
    plan: 'urban-flooding@3',
    // What a second rehearsal with the same seed has to repeat.
    steps: { total: 21, done: 21 },
    departments: ['emergency', 'traffic', 'fire', 'water', 'power', 'medical'],
    conflicts: [
      { of: 'incident', field: 'level', values: ['1', '2'], stands: '1' },
      { of: 'run', field: 'decision.cut-power', values: ['cut', 'keep'], stands: 'cut' },
      { of: 'run', field: 'step.public-notice', values: ['done', 'skipped'], stands: 'done' },
    ],
    converged: true,
    passed: true,
    faults: [],
  });
  expect(report.apart.conflicts).toBe(3);
  expect(report.apart.seconds).toBeGreaterThanOrEqual(15);
  expect(report.apart.eventsA).toBeGreaterThan(0);
  expect(report.apart.eventsB).toBeGreaterThan(0);
  expect(report.digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(report.digests[1]).toBe(report.digests[0]);

  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  for (const [file, words] of [
    ['report.html', ['通过', '是否切断下穿段电源', '立即断电', '水务排水', 'href="run.html"']],
    [
      'report.en.html',
      ['Passed', 'Cut the underpass power?', 'Cut it now', 'Water and drainage', 'href="run.en.html"'],
    ],
  ] as const) {
    for (const word of words) expect(read(file), file).toContain(word);
    expect(read(file)).not.toContain('<script');
    expect(read(file), 'names, not ids').not.toMatch(/cut-power|public-notice|decision\./);
  }
  expect(read('run.html')).toContain('警报解除');
  expect(read('run.en.html')).toMatch(/all.clear/i);
});

test('a flood and a gas leak at once, without a network, come to their ends, each told by itself', async () => {
  const dir = scratch.folder('report');
  const drill = startDrill(join(PROJECT, 'resources', 'drills', 'two-at-once.yaml'), '--report', dir);
  await drill.line(/^(Passed|Failed) in/, 240_000);
  await until(() => drill.exited, { what: 'the drill’s end' });
  expect(drill.ending, drill.lines.join('\n')).toBe(0);
  const report = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ passed: true, converged: true, steps: { total: 46, done: 46 } });
  expect(report.incidents).toMatchObject([
    { about: 'flood', plan: 'urban-flooding@3', steps: { total: 21, done: 21 } },
    { about: 'gas', plan: 'gas-leak@1', steps: { total: 25, done: 25 } },
  ]);
  const conflicts = report.incidents.map((each: { conflicts: { field: string }[] }) =>
    each.conflicts.map(({ field }) => field),
  );
  expect(conflicts).toEqual([['level', 'decision.cut-power', 'step.public-notice'], ['decision.shut-off']]);
  const page = readFileSync(join(dir, 'report.html'), 'utf8');
  for (const words of ['道路积水', '燃气泄漏', 'href="run-flood.html"', 'href="run-gas.html"'])
    expect(page).toContain(words);
  expect(readFileSync(join(dir, 'run-gas.en.html'), 'utf8')).toContain('Shut the gas off?');
});

test.each([
  [
    'a key that does not exist',
    (text: string) => text.replace('sensors:', 'weather: bad\nsensors:'),
    /broken\.yaml:\d+:1: unknown key `weather`\. Remove `weather`, or correct the spelling\./,
  ],
  [
    'a seat nobody sits at',
    (text: string) => text.replace('station: A, seat: duty, alarm', 'station: A, seat: nobody, alarm'),
    /broken\.yaml:\d+:\d+: actions\.0\.seat: there is no seat nobody at station A\. Add it under `seats`\./,
  ],
  ['no YAML', () => 'drill: [', /broken\.yaml:1:\d+: /],
])('a script with %s ends the drill at once, with file, line and remedy', async (_what, spoil, says) => {
  const dir = scratch.folder('report');
  const file = join(dir, 'broken.yaml');
  writeFileSync(file, spoil(readFileSync(FLOOD, 'utf8')));
  const drill = startDrill(file, '--report', join(dir, 'out'));
  await until(() => drill.exited, { what: 'the drill’s end' });
  expect(drill.ending).toBe(1);
  expect(drill.lines.join('\n')).toMatch(says);
  expect(drill.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  expect(existsSync(join(dir, 'out'))).toBe(false);
});

test('a script that is not there is said in a sentence', async () => {
  const drill = startDrill(join(scratch.folder(), 'none.yaml'));
  await until(() => drill.exited, { what: 'the drill’s end' });
  expect(drill.ending).toBe(1);
  expect(drill.lines.join('\n')).toMatch(/none\.yaml/);
  expect(drill.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
});
