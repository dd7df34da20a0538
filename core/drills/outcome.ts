import { ONLY } from './conditions.ts';
import type { DrillScript } from './script.ts';
import type { ExpectedIncident } from './scriptShape.ts';

/** What came of one incident and its run. */
export interface IncidentOutcome {
  steps: { total: number; done: number };
  departments: readonly string[];
  conflicts: readonly { of: 'incident' | 'run'; field: string; values: readonly string[]; stands: string }[];
  allClear: boolean;
}

/** What came out of a drill, as its report says it. */
export interface DrillOutcome {
  /** By what the script calls the incident. */
  incidents: Readonly<Record<string, IncidentOutcome>>;
  apartSeconds: number;
  seconds: number;
  converged: boolean;
}

/** Where the outcome is not what the script expects, one sentence each; empty when the drill passed. */
export function unmet(expect: DrillScript['expect'], outcome: DrillOutcome): string[] {
  const { seconds, apartSeconds, converged } = outcome;
  const faults = Object.entries(expect.incidents).flatMap(([about, expected]) => {
    const got = outcome.incidents[about];
    const found = got === undefined ? ['was never opened'] : unmetOf(expected, got);
    return about === ONLY ? found : found.map((fault) => `${about}: ${fault}`);
  });
  if (!converged) faults.push('the stations did not come to the same digest');
  if (apartSeconds < expect.apart) faults.push(`apart for ${apartSeconds} s, expected ${expect.apart} s or more`);
  if (seconds > expect.within) faults.push(`took ${seconds} s, allowed ${expect.within} s`);
  return faults;
}

function unmetOf(expect: ExpectedIncident, outcome: IncidentOutcome): string[] {
  const faults: string[] = [];
  const { steps } = outcome;
  if (!outcome.allClear) faults.push('there was no all-clear');
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
  return faults;
}

function nameOf(conflict: IncidentOutcome['conflicts'][number]): string {
  return `${conflict.of} ${conflict.field}: ${[...conflict.values].sort().join(' / ')}, stands ${conflict.stands}`;
}
