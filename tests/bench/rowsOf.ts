import type { BenchOptions } from '../../scripts/bench.ts';
import type { BenchResult } from '../../scripts/bench-report.ts';
import { Refusal, say } from '../../scripts/project.ts';

/** What is measured, in this order, each with the seconds that it watches; none for one that takes as long as it takes. */
export type BenchRows = Readonly<
  Record<string, { readonly usual?: number; measure(seconds: number): Promise<readonly BenchResult[]> }>
>;

/**
 * Measures one row after another, so that nothing runs beside what is measured. One that breaks does not take with it what the others took
 * minutes to find.
 *
 * @param bench whose rows they are, as it is asked for
 */
export async function rowsOf(
  bench: string,
  all: BenchRows,
  { seconds, rows }: Pick<BenchOptions, 'seconds' | 'rows'>,
): Promise<BenchResult[]> {
  for (const row of rows) {
    if (!Object.hasOwn(all, row))
      throw new Refusal(`${bench} has no row "${row}"; there are: ${Object.keys(all).join(', ')}.`);
  }
  const results: BenchResult[] = [];
  for (const [id, { usual, measure }] of Object.entries(all)) {
    if (rows.length > 0 && !rows.includes(id)) continue;
    const watched = Math.min(usual ?? 0, seconds ?? usual ?? 0);
    if (watched < (usual ?? 0)) say(`  (${id} watches ${watched} s instead of ${usual}: a trial)`);
    try {
      results.push(...(await measure(watched)));
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      say(stack ?? message);
      results.push({ id, what: id, broke: message.split('\n')[0] ?? message });
    }
  }
  return results;
}
