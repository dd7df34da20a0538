import { plans as contract } from '../../../contract/features/plans.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { startTimekeeper } from '../../plans/timekeeper.ts';
import { runHandlers } from './handlers.ts';
import { runQueries } from './queries.ts';

type StandsOn = Pick<
  Kernel,
  | 'clock'
  | 'deadlines'
  | 'domain'
  | 'failed'
  | 'files'
  | 'ledger'
  | 'newId'
  | 'readers'
  | 'readiness'
  | 'shelving'
  | 'station'
  | 'zone'
>;

/** Plans are offered and launched; steps are taken, and are late when time says so; runs end, and are told and reported. */
export const plans = defineFeature({
  contract,
  start(kernel: StandsOn) {
    const { clock, deadlines, domain, failed, files, ledger, newId, readers, readiness, shelving, station, zone } =
      kernel;
    const close = startTimekeeper({
      ...{ clock, deadlines, domain, readiness, shelving, onError: failed },
      ownChains: () => ledger.ownChains(),
    });
    return {
      handlers: runHandlers({ domain, ledger, clock, station, zone, newId, plans: () => files.plans }),
      queries: runQueries({ domain, readers, readiness }),
      close,
    };
  },
});
