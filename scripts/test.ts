/**
 * `npm test`: everything that is checked, from types to the built app on two displays.
 *
 * `npm test -- unit` runs one part (static, unit, scale, integration, e2e), `npm test -- e2e tests/e2e/drill` its files that match.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './build.ts';
import { runTool } from './processes.ts';
import { inProject, Refusal, readJson, runTask, say } from './project.ts';
import { setUpTests } from './setup/index.ts';
import { countTests, type Outcome, reasonsOf, summarize, type VitestReport } from './test-report.ts';

const PROJECTS = ['unit', 'scale', 'integration', 'e2e'] as const;
const PARTS = ['static', ...PROJECTS] as const;
type Part = (typeof PARTS)[number];

const SOURCES = ['core', 'contract', 'native', 'main', 'simulator', 'preload', 'renderer', 'scripts', 'tests'];

interface Check {
  readonly name: string;
  readonly tool: readonly [packageName: string, command: string];
  readonly args: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: 'types', tool: ['typescript', 'tsc'], args: ['--noEmit', '-p', '.'] },
  { name: 'lint', tool: ['@biomejs/biome', 'biome'], args: ['ci', '--colors=off', '.'] },
  {
    name: 'boundaries',
    tool: ['dependency-cruiser', 'depcruise'],
    args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', ...SOURCES],
  },
  { name: 'dead code', tool: ['knip', 'knip'], args: ['--no-progress'] },
];

/** Runs one step, tells how it went, and counts it as one check. */
async function step(name: string, work: () => Promise<{ code: number; output: string }>): Promise<Outcome> {
  const began = performance.now();
  const { code, output } = await work();
  const seconds = (performance.now() - began) / 1000;
  const ok = code === 0;
  if (!ok) say(output.trimEnd());
  say(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
}

/** A step that says what went wrong by throwing. */
function attempt(name: string, work: () => Promise<void>): Promise<Outcome> {
  return step(name, async () => {
    try {
      await work();
      return { code: 0, output: '' };
    } catch (error) {
      return {
        code: 1,
        output: error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error),
      };
    }
  });
}

async function runProject(project: string, filters: readonly string[]): Promise<Outcome> {
  const began = performance.now();
  const folder = inProject('out', 'test-results');
  mkdirSync(folder, { recursive: true });
  const file = inProject('out', 'test-results', `${project}.json`);
  rmSync(file, { force: true });
  say(`\n${project} tests`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await runTool('vitest', 'vitest', ['run', '--project', project, ...reporters, ...filters]);
  const seconds = (performance.now() - began) / 1000;
  const report = readJson(file) as VitestReport | undefined;
  return { name: project, seconds, ...countTests(report, code), reasons: reasonsOf(report) };
}

function chosenParts(args: readonly string[]): { parts: readonly Part[]; filters: readonly string[] } {
  const isPart = (arg: string): arg is Part => (PARTS as readonly string[]).includes(arg);
  const parts = args.filter(isPart);
  const filters = args.filter((arg) => !isPart(arg));
  if (filters.length > 0 && parts.length === 0) {
    throw new Refusal(
      `Say first which part "${filters.join(' ')}" belongs to: ${PARTS.join(', ')}. For example: npm test -- unit core/plans`,
    );
  }
  return { parts: parts.length > 0 ? parts : PARTS, filters };
}

async function main(args: readonly string[]): Promise<number> {
  const { parts, filters } = chosenParts(args);
  const outcomes: Outcome[] = [];
  const isOutside = (part: Part) => part === 'integration' || part === 'e2e';
  const outside = parts.some(isOutside);
  // It waits for the network: what needs nothing of it goes on meanwhile.
  const setup = outside ? attempt('setup', setUpTests) : undefined;
  const built = outside ? await attempt('build', build) : undefined;
  if (parts.includes('static')) {
    const checks = CHECKS.map(({ name, tool, args: toolArgs }) =>
      step(name, () => runTool(...tool, toolArgs, { quiet: true })),
    );
    outcomes.push(...(await Promise.all(checks)));
  }
  for (const project of PROJECTS.filter((name) => parts.includes(name))) {
    const ready = !isOutside(project) || ((await setup)?.failed === 0 && built?.failed === 0);
    if (!ready) {
      say(`\n${project} tests cannot run before setup and build succeed.`);
      outcomes.push({ name: project, passed: 0, failed: 1, seconds: 0 });
    } else {
      outcomes.push(await runProject(project, filters));
    }
  }
  const first = [await setup, built].filter((outcome) => outcome !== undefined);
  const { text, failed } = summarize([...first, ...outcomes]);
  say(text);
  return failed === 0 ? 0 : 1;
}

await runTask(() => main(process.argv.slice(2)));
