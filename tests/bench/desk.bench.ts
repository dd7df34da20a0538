import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult, BenchRow } from '../../scripts/bench-report.ts';
import { Refusal, say } from '../../scripts/project.ts';
import { first } from './desk/first.ts';
import { flood } from './desk/flood.ts';
import { idle } from './desk/idle.ts';
import { memory } from './desk/memory.ts';
import { slowLink } from './desk/slowLink.ts';
import { two } from './desk/two.ts';

export const name = 'desk: a window on a bad night, against what it would be without';

/** What is measured, in this order, each with the seconds that it watches. */
const ROWS: Readonly<Record<string, { usual: number; measure(seconds: number): Promise<BenchRow[]> }>> = {
  'slow-link': { usual: 300, measure: slowLink },
  idle: { usual: 60, measure: idle },
  flood: { usual: 60, measure: flood },
  first: { usual: 60, measure: first },
  two: { usual: 60, measure: two },
  memory: { usual: 360, measure: memory },
};

/**
 * Measures one row after another, so that nothing runs beside what is measured. One that breaks does not take with it what the others took
 * minutes to find.
 */
export async function run({ seconds, rows }: Pick<BenchOptions, 'seconds' | 'rows'>): Promise<BenchResult[]> {
  for (const row of rows) {
    if (!Object.hasOwn(ROWS, row))
      throw new Refusal(`desk has no row "${row}"; there are: ${Object.keys(ROWS).join(', ')}.`);
  }
  const results: BenchResult[] = [];
  for (const [id, { usual, measure }] of Object.entries(ROWS)) {
    if (rows.length > 0 && !rows.includes(id)) continue;
    if (seconds !== undefined && seconds < usual) say(`  (${id} watches ${seconds} s instead of ${usual}: a trial)`);
    try {
      results.push(...(await measure(Math.min(usual, seconds ?? usual))));
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      say(stack ?? message);
      results.push({ id, what: id, broke: message.split('\n')[0] ?? message });
    }
  }
  return results;
}
