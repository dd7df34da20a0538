import type { TimelineEntry } from '../../../../contract/features/plans.ts';
import { alarmAggregate } from '../../../../core/alarms/alarm.ts';
import { type Incident, incidentAggregate } from '../../../../core/incidents/incident.ts';
import type { LedgerEvent } from '../../../../core/ledger/envelope.ts';
import { compareOrder } from '../../../../core/ledger/order.ts';
import { foldStep } from '../../../../core/ledger/projection.ts';
import type { Stream } from '../../../../core/ledger/stream.ts';
import type { PlanRun } from '../../../../core/plans/run.ts';
import type { Text } from '../../../../core/words.ts';
import type { EventsOf } from '../../../ledger/ledgerTasks.ts';
import { timelineEntry } from './timelineEntry.ts';

/** A run as it is told: what happened, in the merge order, and its incident as that left it. */
export interface RunStory {
  entries: TimelineEntry[];
  incident: Incident;
}

/** The alarm goes on rising and falling for years: the run is about the rise that became its incident, and what came of it until its end. */
function ofTheRise(alarm: readonly LedgerEvent[], opened: LedgerEvent, end: LedgerEvent | undefined): LedgerEvent[] {
  const step = foldStep({ ...alarmAggregate, stream: opened.stream });
  let state = alarmAggregate.initialState(opened.subject);
  let began = 0;
  let start: number | null = null;
  alarm.forEach((event, i) => {
    if (start !== null) return;
    // A link that has not arrived: the rise that was up when the incident was opened.
    if (compareOrder(event, opened) > 0) start = began;
    const next = step(state, event);
    if (next.occurrence > state.occurrence) began = i;
    state = next;
    if (event.type === 'alarm.linked' && event.body.incident === opened.subject) start = began;
  });
  return alarm.slice(start ?? began).filter((event) => end === undefined || compareOrder(event, end) < 0);
}

/**
 * What the ledger holds of a run, of its incident and of the alarm that began it, as far as it is about the run (P12): a finished
 * run's story changes only by what belongs to it and comes in late.
 *
 * @param stream of the run: its incident and its alarm are of the same
 */
export function runStory({ eventsOf }: { eventsOf: EventsOf }, run: PlanRun, stream: Stream): RunStory {
  const sorted = (subject: string) => eventsOf(subject).sort(compareOrder);
  const ownEvents = sorted(run.id);
  const ended = ownEvents.find((event) => event.id === run.ended?.event);
  const incidentEvents = sorted(run.incident);
  const opened = incidentEvents.find((event) => event.type === 'incident.opened');

  /** An all-clear writes the end of the run and of its incident in one go. */
  const closedWithIt = (event: LedgerEvent) =>
    event.type === 'incident.closed' && event.station === ended?.station && event.seq === ended.seq + 1;
  const withTheRun = incidentEvents.filter((event) => !ended || compareOrder(event, ended) < 0 || closedWithIt(event));
  // Of a closed incident everything is kept, what comes in late too (I4); one that lives on has other plans' stories in it.
  const over = withTheRun.some((event) => event.type === 'incident.closed');
  const about = over ? incidentEvents : withTheRun;
  const alarm = typeof opened?.body.alarm === 'string' ? ofTheRise(sorted(opened.body.alarm), opened, ended) : [];
  /** As its launch says it. */
  const nameOf = (other: string) => {
    const launch = eventsOf(other).find(({ type }) => type === 'run.launched');
    const name = (launch?.body.plan as { name?: Partial<Text> } | undefined)?.name;
    return name?.zh !== undefined && name.en !== undefined ? { zh: name.zh, en: name.en } : null;
  };
  const entries = [...alarm, ...about, ...ownEvents]
    // The run's own launch says it already; another run's of the same plan is worth a line.
    .filter((event) => event.type !== 'incident.plan-launched' || event.body.run !== run.id)
    .sort(compareOrder)
    .map((event) => timelineEntry(event, run.plan, nameOf));
  const incident = about.reduce(
    foldStep({ ...incidentAggregate, stream }),
    incidentAggregate.initialState(run.incident),
  );
  return { entries, incident };
}
