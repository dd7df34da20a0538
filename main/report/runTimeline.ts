import type { TimelineEntry } from '../../contract/schema/domain.ts';
import { compareOrder } from '../../core/ledger/order.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { timelineEntry } from '../views/timeline.ts';

/** Everything the ledger holds of a run, its incident and the alarm that began it, in the merge order. */
export function runTimeline(ledger: Pick<Ledger, 'eventsOf'>, run: PlanRun): TimelineEntry[] {
  const incident = ledger.eventsOf(run.incident);
  const opened = incident.find((event) => event.type === 'incident.opened');
  const alarm = typeof opened?.body.alarm === 'string' ? ledger.eventsOf(opened.body.alarm) : [];
  return (
    [...alarm, ...incident, ...ledger.eventsOf(run.id)]
      // The run's own launch says it already; another run's of the same plan is worth a line.
      .filter((event) => event.type !== 'incident.plan-launched' || event.body.run !== run.id)
      .sort(compareOrder)
      .map((event) => timelineEntry(event, run.plan))
  );
}
