/**
 * `npm run bench`: the measurements in tests/bench, one table each. `npm run bench -- ledger` runs those whose file name matches,
 * `--json FILE` writes their figures, `--events N` makes the big ledger of `scale` smaller, `--seconds N` what `desk` and `feeds` watch
 * shorter, `--row ID` leaves out their other rows. Ends with an error where a row broke; a figure that misses its limit is told, and no error.
 */
import { globSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchResult, benchTable, figuresOf, isBroken } from './bench-report.ts';
import { build } from './build.ts';
import { inProject, Refusal, ROOT, runTask, say } from './project.ts';

/** What was asked for on the command line. */
export interface BenchOptions {
  /** Events of the generated ledger. */
  readonly events: number;
  /** For which `desk` and `feeds` watch, at most; undefined: each row as long as it has to. */
  readonly seconds: number | undefined;
  /** The rows of `desk` or `feeds` that are measured; all of them where none is named. */
  readonly rows: readonly string[];
}

/** What a file in tests/bench exports. */
export interface Bench {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly BenchResult[]>;
}

const EVENTS = { least: 1000, usual: 1_000_000 };
const SECONDS = { least: 1, usual: undefined };

function isBench(module: unknown): module is Bench {
  const { name, run } = module as Partial<Bench>;
  return typeof name === 'string' && typeof run === 'function';
}

function readArguments(argv: readonly string[]): { filters: string[]; json: string | undefined } & BenchOptions {
  let read: ReturnType<typeof parse>;
  try {
    read = parse(argv);
  } catch (error) {
    throw new Refusal(
      `${(error as Error).message}\nOptions: --json FILE, --events N, --seconds N, --row ID; names of measurements.`,
    );
  }
  const whole = <T>(option: 'events' | 'seconds', { least, usual }: { least: number; usual: T }): number | T => {
    const said = read.values[option];
    if (said === undefined) return usual;
    const n = Number(said);
    if (!Number.isSafeInteger(n) || n < least)
      throw new Refusal(`--${option} is a whole number of at least ${least}, not "${said}".`);
    return n;
  };
  const sizes = { events: whole('events', EVENTS), seconds: whole('seconds', SECONDS) };
  return { filters: read.positionals, json: read.values.json, rows: read.values.row ?? [], ...sizes };
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: {
      ...{ json: { type: 'string' }, events: { type: 'string' }, seconds: { type: 'string' } },
      row: { type: 'string', multiple: true },
    },
    allowPositionals: true,
  });

async function main(argv: readonly string[]): Promise<number> {
  const { filters, json, ...options } = readArguments(argv);
  const files = globSync('tests/bench/*.bench.ts', { cwd: ROOT }).sort();
  const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
  if (chosen.length === 0)
    throw new Refusal(`No file in tests/bench matches; there are: ${files.join(', ') || 'none'}.`);
  await build();
  const results: BenchResult[] = [];
  for (const file of chosen) {
    const module: unknown = await import(pathToFileURL(inProject(file)).href);
    if (!isBench(module)) throw new Refusal(`${file} does not export name and run(), as a measurement has to.`);
    say(`\n${module.name}`);
    const rows = await module.run(options);
    say(benchTable(rows));
    results.push(...rows);
    // After each, so that one that fails does not take with it what the others took minutes to find.
    if (json !== undefined) writeFileSync(json, `${JSON.stringify({ figures: figuresOf(results) }, null, 2)}\n`);
  }
  return results.some(isBroken) ? 1 : 0;
}

if (import.meta.main) await runTask(() => main(process.argv.slice(2)));
