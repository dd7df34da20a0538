import { ContractError } from '../../../contract/errors.ts';
import { MOST_TRIED_RULES, type TrialView } from '../../../contract/features/setupTrial.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { Clock } from '../../clock.ts';
import { createThreads, type ThreadLimits, type Threads } from '../../threads.ts';
import { workerProgram } from '../../workerProgram.ts';
import type { TriedThings } from './triedThings.ts';
import type { TriedRules } from './tryRules.ts';

/** What a thread is asked, and says; see tryRules.worker.ts. */
export interface TrialOrder {
  /** `telemetry.db`; one that is not there has no history. */
  readonly file: string;
  readonly rules: readonly AlarmRule[];
  /** That may be conditions of those that are tried. */
  readonly others: readonly AlarmRule[];
  readonly things: TriedThings;
  /** Wall ms. */
  readonly from: number;
}
export type TrialReport = { readonly tried: TriedRules } | { readonly failed: string };

const LIMITS: ThreadLimits = { ms: 60_000, heap: 1024, waiting: 2 };

/** Tries rules beside the hall's work, one trial at a time. */
export interface TrialThread {
  /** @throws ContractError 'too-large' for a history that takes longer than a minute, 'busy' when too many wait, 'unavailable' once closed */
  ask(order: TrialOrder): Promise<TrialView>;
  close(): Promise<void>;
}

export function createTrialThread({
  clock,
  limits,
}: {
  clock: Pick<Clock, 'setTimeout'>;
  limits?: Partial<ThreadLimits>;
}): TrialThread {
  let threads: Threads<TrialOrder, TrialReport> | null = null;
  let closed = false;
  const open = () =>
    createThreads<TrialOrder, TrialReport>({
      program: workerProgram(import.meta.url, './tryRules.worker.ts'),
      ...{ workerData: null, clock, limits: { ...LIMITS, ...limits }, threads: 1 },
      tooDear: () =>
        new ContractError(
          'too-large',
          'there is too much history to try rules on here: use "npm run hall -- try-rules"',
        ),
    });
  return {
    async ask(order) {
      if (closed) throw new ContractError('unavailable', 'the hall is closing');
      threads ??= open();
      const report = await threads.ask(order);
      if ('failed' in report) throw new Error(report.failed);
      const { rules, ...rest } = report.tried;
      const told = rules.toSorted((a, b) => b.raised - a.raised).slice(0, MOST_TRIED_RULES);
      return {
        ...{ ...rest, count: rules.length },
        rules: told.map(({ levels, busiest, ...rule }) => ({
          ...{ ...rule, levels: [levels[1], levels[2], levels[3], levels[4]], busiest: [...busiest] },
        })),
      };
    },
    async close() {
      closed = true;
      await threads?.close();
    },
  };
}
