import { plans as contract } from '../../../contract/features/plans.ts';
import { planFamily } from '../../../core/plans/document.ts';
import { departmentNames } from '../../city/departments.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { keepTime } from '../../kernel/timed.ts';
import { runHandlers } from './handlers.ts';
import { runKind } from './kind.ts';
import { runsModel } from './model.ts';
import { stepsOverdue } from './overdue.ts';
import { runQueries } from './queries.ts';
import { createReadiness } from './readiness.ts';
import { drillOf } from './report/drillOf.ts';
import { RUN_TASKS_PROGRAM, runTasks } from './report/tellRuns.ts';
import { showRuns } from './show.ts';

type StandsOn = Pick<
  Kernel,
  | 'city'
  | 'clock'
  | 'deadlines'
  | 'domain'
  | 'failed'
  | 'files'
  | 'ledger'
  | 'ledgerThreads'
  | 'newId'
  | 'readers'
  | 'simulated'
  | 'station'
  | 'stream'
  | 'strip'
  | 'world'
  | 'zone'
>;

/** Plans are offered and launched; steps are taken, and are late when time says so; runs end, and are told and reported. */
export const plans = defineFeature({
  contract,
  kinds: [runKind],
  families: [planFamily],
  readModels: [runsModel],
  show(stand) {
    const readiness = createReadiness(stand.clock);
    return { readiness, shows: showRuns(stand, readiness) };
  },
  start(kernel: StandsOn, { readiness }) {
    const { city, clock, deadlines, domain, failed, files, ledger, newId, readers, station, zone } = kernel;
    const teller = kernel.ledgerThreads.open(runTasks, RUN_TASKS_PROGRAM);
    const overdue = stepsOverdue({ domain, readiness, clock, ownChains: () => ledger.ownChains() });
    const stopTime = keepTime(overdue, { domain, deadlines, clock, onError: failed });
    return {
      handlers: runHandlers({
        domain,
        ledger,
        clock,
        station,
        zone,
        departments: departmentNames(city.departments),
        drill: () => drillOf(kernel),
        newId,
        teller,
        plans: () => files.plans,
        units: city.units,
      }),
      queries: runQueries({ domain, readers, readiness }),
      close() {
        stopTime();
        return teller.close();
      },
    };
  },
});
