import { shifts as contract } from '../../../contract/features/shifts.ts';
import { handoverAggregate } from '../../../core/shifts/handover.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { shiftHandlers } from './handlers.ts';
import { handoverKind } from './kind.ts';
import { handoversModel } from './model.ts';
import { shiftQueries } from './queries.ts';
import { handoverView } from './view.ts';

/** The watch at a seat is handed over, with what is open. */
export const shifts = defineFeature({
  contract,
  kinds: [handoverKind],
  readModels: [handoversModel],
  show({ domain, topics }) {
    const handovers = domain.of(handoverAggregate);
    return {
      shows: {
        handover(subject) {
          const handover = handovers.get(subject);
          const view = handoverKind.goesOn(handover) ? handoverView(handover) : null;
          if (view) topics.handovers.set(subject, { ...view, sheet: null });
          else topics.handovers.delete(subject);
        },
      },
    };
  },
  start: (kernel: Pick<Kernel, 'domain' | 'topics' | 'readers' | 'newId' | 'clock'>) => ({
    handlers: shiftHandlers(kernel),
    queries: shiftQueries(kernel),
  }),
});
