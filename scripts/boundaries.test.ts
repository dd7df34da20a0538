import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runTool } from './processes.ts';
import { inProject } from './project.ts';

// The check would pass on anything if its parser read no TypeScript, so here it has to find deliberate violations.

let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'opshall-boundaries-'));
  for (const name of ['node_modules', 'package.json']) symlinkSync(inProject(name), join(house, name));
});

afterEach(() => rmSync(house, { recursive: true, force: true }));

async function check(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  const file = join(house, 'report.json');
  const args = ['--config', inProject('.dependency-cruiser.mjs'), '--output-type', 'json', '--output-to', file];
  await runTool('dependency-cruiser', 'depcruise', [...args, ...folders], { cwd: house, quiet: true });
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return report.summary.violations.map(({ rule, from }) => `${from}: ${rule.name}`).sort();
}

test('imports that point the right way pass, text that only looks like one too', async () => {
  const violations = await check({
    'core/plan.ts': 'export interface Plan { name: string }',
    'contract/plan.ts':
      "import type { Plan } from '../core/plan.ts';\nexport const of = (plan: Plan): string => plan.name;",
    'main/hall.ts':
      "import { of } from '../contract/plan.ts';\nimport { join } from 'node:path';\nexport const hall = [of, join];",
    'preload/index.ts': "import type { of } from '../contract/plan.ts';\nexport type Of = typeof of;",
    'renderer/Plan.tsx':
      "import { of } from '../contract/plan.ts';\nexport const Plan = () => <p>import {of({ name: 'x' })}</p>;",
    'renderer/desk/seat.ts': "export const seat = 'duty';",
    'renderer/features/plans/Run.tsx':
      "import { seat } from '../../desk/seat.ts';\nexport const Run = () => <p>{seat}</p>;",
    'renderer/main.tsx': "import { Run } from './features/plans/Run.tsx';\nexport const Frame = () => <Run />;",
  });
  expect(violations).toEqual([]);
});

test('a violation is found in .ts and .tsx, by value, by type and by dynamic import', async () => {
  const violations = await check({
    'core/plan.ts':
      "import type { Hall } from '../main/hall.ts';\nimport { join } from 'node:path';\nexport type P = Hall; export const j = join;",
    'main/hall.ts': 'export type Hall = 1; export const hall = 1;',
    'main/electron/index.ts':
      "import { app } from 'electron';\nimport { j } from '../../core/plan.ts';\nexport const x = [app, j];",
    'contract/plan.ts': "import { app } from 'electron';\nexport const a = app;",
    'preload/index.ts': "import { a } from '../contract/plan.ts';\nexport const b = a;",
    'renderer/Plan.tsx': "export const Plan = () => <p onClick={() => void import('../main/hall.ts')}>x</p>;",
  });
  expect(violations).toEqual([
    'contract/plan.ts: electron-only-in-the-shell',
    'core/plan.ts: core-has-no-machine',
    'core/plan.ts: core-stands-alone',
    'main/electron/index.ts: shell-has-no-domain',
    'preload/index.ts: preload-takes-types-only',
    'renderer/Plan.tsx: renderer-speaks-contract',
  ]);
});

test('a hall that reaches for the simulator, and a simulator that reaches into the hall, are found', async () => {
  const violations = await check({
    'main/clock.ts': 'export const clock = 1;',
    'main/hall.ts': "import { city } from '../simulator/city.ts';\nexport const hall = city;",
    'core/plan.ts': "import type { City } from '../simulator/city.ts';\nexport type P = City;",
    'simulator/city.ts': "import { clock } from '../main/clock.ts';\nexport type City = 1; export const city = clock;",
    'simulator/feeds.ts': "import type { Hall } from '../main/feeds/feed.ts';\nexport type F = Hall;",
    'main/feeds/feed.ts': 'export type Hall = 1;',
  });
  expect(violations).toEqual([
    'core/plan.ts: core-stands-alone',
    'core/plan.ts: nobody-knows-the-simulator',
    'main/hall.ts: nobody-knows-the-simulator',
    'simulator/feeds.ts: simulator-is-no-hall',
  ]);
});

test('a feature that reaches for the workspace or another feature, and a desk or a map that knows one, are found', async () => {
  const violations = await check({
    'renderer/workspace/frame.ts': 'export type Frame = 1; export const frame = 1;',
    'renderer/desk/seat.ts': "import type { Run } from '../features/plans/Run.tsx';\nexport type Seat = typeof Run;",
    'renderer/features/plans/Run.tsx':
      "import type { Frame } from '../../workspace/frame.ts';\nexport const Run = (frame: Frame) => <p>{frame}</p>;",
    'renderer/features/video/tiles.ts':
      "import type { Run } from '../plans/Run.tsx';\nimport { a } from './a.ts';\nexport type R = typeof Run | typeof a;",
    'renderer/features/video/a.ts': 'export const a = 1;',
    'renderer/map/layer.ts': "export const later = () => import('../workspace/frame.ts');",
    'contract/features/runs.ts': 'export type RunView = 1;',
    'contract/features/seats.ts': 'export type Selection = 1;',
    'renderer/map/hit.ts':
      "import type { Selection } from '../../contract/features/seats.ts';\nimport type { RunView } from '../../contract/features/runs.ts';\nexport type Hit = Selection | RunView;",
  });
  expect(violations).toEqual([
    'renderer/desk/seat.ts: desk-knows-no-feature',
    'renderer/features/plans/Run.tsx: features-stand-without-the-workspace',
    'renderer/features/video/tiles.ts: features-know-no-other-feature',
    'renderer/map/hit.ts: map-knows-no-feature',
    'renderer/map/layer.ts: features-stand-without-the-workspace',
  ]);
});
