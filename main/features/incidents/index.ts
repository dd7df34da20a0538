import { incidents as contract } from '../../../contract/features/incidents.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { callKind, showCalls } from './calls.ts';
import { incidentHandlers } from './handlers.ts';
import { incidentKind } from './kind.ts';
import { incidentsModel } from './model.ts';
import { incidentQueries } from './queries.ts';
import { reportsTaken } from './reports.ts';

/** Alarms become incidents; incidents get a level, notes and an end. */
export const incidents = defineFeature({
  contract,
  kinds: [incidentKind, callKind],
  readModels: [incidentsModel],
  show: (stand) => ({ shows: showCalls(stand) }),
  start({ domain, feeds, files, readers, newId }: Pick<Kernel, 'domain' | 'feeds' | 'files' | 'readers' | 'newId'>) {
    feeds.reportsTo(reportsTaken(domain));
    const types = new Map(files.rules.map((rule) => [rule.rule, rule.incident]));
    return {
      handlers: incidentHandlers({ domain, newId, incidentTypeOf: (rule) => types.get(rule) ?? 'other' }),
      queries: incidentQueries({ domain, readers }),
    };
  },
});
