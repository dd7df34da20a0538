/**
 * `npm run bench`: the measurements in tests/bench, one table each. `npm run bench -- ledger` runs those whose file name matches,
 * `--json FILE` writes their figures, `--events N` makes the big ledger of `scale` smaller.
 */
import { globSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchResult, benchTable, figuresOf } from './bench-report.ts';
import { build } from './build.ts';
import { inProject, Refusal, ROOT, runTask, say } from './project.ts';

/** What was asked for on the command line. */
export interface BenchOptions {
  /** Events of the generated ledger. */
  readonly events: number;
}

/** What a file in tests/bench exports. */
export interface Bench {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly BenchResult[]>;
}

const EVENTS = { least: 1000, usual: 1_000_000 };

function isBench(module: unknown): module is Bench {
  const { name, run } = module as Partial<Bench>;
  return typeof name === 'string' && typeof run === 'function';
}

function readArguments(argv: readonly string[]): { filters: string[]; json: string | undefined; events: number } {
  let read: ReturnType<typeof parse>;
  try {
    read = parse(argv);
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\nOptions: --json FILE, --events N; names of measurements.`);
  }
  const events = read.values.events === undefined ? EVENTS.usual : Number(read.values.events);
  if (!Number.isSafeInteger(events) || events < EVENTS.least)
    throw new Refusal(`--events is a whole number of at least ${EVENTS.least}, not "${read.values.events}".`);
  return { filters: read.positionals, json: read.values.json, events };
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: { json: { type: 'string' }, events: { type: 'string' } },
    allowPositionals: true,
  });

async function main(argv: readonly string[]): Promise<number> {
  const { filters, json, events } = readArguments(argv);
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
    const rows = await module.run({ events });
    say(benchTable(rows));
    results.push(...rows);
    // After each, so that one that fails does not take with it what the others took minutes to find.
    if (json !== undefined) writeFileSync(json, `${JSON.stringify({ figures: figuresOf(results) }, null, 2)}\n`);
  }
  return 0;
}

if (import.meta.main) await runTask(() => main(process.argv.slice(2)));
