/** `npm run bench`: the measurements in tests/bench, one table each. `npm run bench -- ledger` runs those whose file name matches. */
import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from './build.ts';
import { inProject, Refusal, ROOT, runTask, say } from './project.ts';

/** One measured figure. `ratio` compares it with a floor or with the plain way of doing the same. */
export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio?: number;
}

/** What a file in tests/bench exports. */
export interface Bench {
  readonly name: string;
  run(): Promise<readonly BenchRow[]>;
}

function isBench(module: unknown): module is Bench {
  const { name, run } = module as Partial<Bench>;
  return typeof name === 'string' && typeof run === 'function';
}

/** Rows as aligned text; figures of a thousand and more without decimals, because nothing here is that exact. */
export function benchTable(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ what, value, unit, ratio }) => [
    what,
    value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 2 }),
    unit,
    ratio === undefined ? '' : `× ${ratio.toFixed(2)}`,
  ]);
  const width = (column: number) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0));
  return cells
    .map(([what = '', value = '', unit = '', ratio = '']) =>
      `  ${what.padEnd(width(0))}  ${value.padStart(width(1))} ${unit.padEnd(width(2))}  ${ratio.padStart(width(3))}`.trimEnd(),
    )
    .join('\n');
}

async function main(filters: readonly string[]): Promise<number> {
  const files = globSync('tests/bench/*.bench.ts', { cwd: ROOT }).sort();
  const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
  if (chosen.length === 0)
    throw new Refusal(`No file in tests/bench matches; there are: ${files.join(', ') || 'none'}.`);
  await build();
  for (const file of chosen) {
    const module: unknown = await import(pathToFileURL(inProject(file)).href);
    if (!isBench(module)) throw new Refusal(`${file} does not export name and run(), as a measurement has to.`);
    say(`\n${module.name}`);
    say(benchTable(await module.run()));
  }
  return 0;
}

if (import.meta.main) await runTask(() => main(process.argv.slice(2)));
