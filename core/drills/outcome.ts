import type { DrillScript } from './script.ts';

/** What came out of a drill, as its report says it. */
export interface DrillOutcome {
  steps: { total: number; done: number };
  departments: readonly string[];
  conflicts: readonly { of: 'incident' | 'run'; field: string; values: readonly string[]; stands: string }[];
  apartSeconds: number;
  seconds: number;
  converged: boolean;
  allClear: boolean;
}

/** Where the outcome is not what the script expects, one sentence each; empty when the drill passed. */
export function unmet(expect: DrillScript['expect'], outcome: DrillOutcome): string[] {
  const faults: string[] = [];
  const { steps, seconds, apartSeconds } = outcome;
  if (!outcome.allClear) faults.push('there was no all-clear');
  if (!outcome.converged) faults.push('the stations did not come to the same digest');
  if (steps.total !== expect.steps.total || steps.done !== expect.steps.done) {
    faults.push(
      `${steps.done} of ${steps.total} steps were done, expected ${expect.steps.done} of ${expect.steps.total}`,
    );
  }
  for (const department of expect.departments) {
    if (!outcome.departments.includes(department)) faults.push(`${department} did nothing`);
  }
  const want = expect.conflicts.map(nameOf).sort();
  const got = outcome.conflicts.map(nameOf).sort();
  for (const name of want) if (!got.includes(name)) faults.push(`missing conflict: ${name}`);
  for (const name of got) if (!want.includes(name)) faults.push(`unexpected conflict: ${name}`);
  if (got.length !== want.length) faults.push(`${got.length} conflicts, expected ${want.length}`);
  if (apartSeconds < expect.apart) faults.push(`apart for ${apartSeconds} s, expected ${expect.apart} s or more`);
  if (seconds > expect.within) faults.push(`took ${seconds} s, allowed ${expect.within} s`);
  return faults;
}

function nameOf(conflict: DrillOutcome['conflicts'][number]): string {
  return `${conflict.of} ${conflict.field}: ${[...conflict.values].sort().join(' / ')}, stands ${conflict.stands}`;
}
