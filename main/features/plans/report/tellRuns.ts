import { ContractError } from '../../../../contract/errors.ts';
import type { Params, Result } from '../../../../contract/index.ts';
import { createDocuments } from '../../../../core/ledger/documents.ts';
import { foldSubject } from '../../../../core/ledger/projection.ts';
import type { Stream } from '../../../../core/ledger/stream.ts';
import type { DepartmentNames } from '../../../../core/people/names.ts';
import { runAggregate } from '../../../../core/plans/evolve.ts';
import type { PlanRun } from '../../../../core/plans/run.ts';
import type { EventsOf, LedgerTasks } from '../../../ledger/ledgerTasks.ts';
import { pageFrom, partOf } from '../../../wire/pieces.ts';
import { workerProgram } from '../../../workerProgram.ts';
import type { OfDrill } from './drillOf.ts';
import { reportName, runReport } from './runReport.ts';
import { runStory } from './runTimeline.ts';

/** What has `runTasks` done beside the work. */
export const RUN_TASKS_PROGRAM = workerProgram(import.meta.url, './tellRuns.worker.ts');

/** Which run: its subject, and the stream that its station wrote it to, from which alone its events are taken. */
interface WhichRun {
  readonly run: string;
  readonly stream: Stream;
}

/** A page of the timeline, from its `from`th line on. */
export interface TimelineOrder extends WhichRun {
  readonly from: number;
}

/** The report, or the part of it that begins at its `from`th character. */
export interface ReportOrder extends WhichRun, Required<Pick<Params<'runs.report'>, 'lang'>> {
  readonly from: number;
  readonly madeAt: number;
  readonly station: string;
  /** IANA name of the zone its times are told in. */
  readonly zone: string;
  /** What the hall calls its departments. */
  readonly departments: DepartmentNames;
  /** Null for live work. */
  readonly drill: OfDrill | null;
}

/** @throws ContractError 'not-found' where the file has no launch of it that is understood */
function runOf(eventsOf: EventsOf, { run: subject, stream }: WhichRun): PlanRun {
  const fold = foldSubject({ ...runAggregate, stream }, undefined, createDocuments(eventsOf));
  const run = fold(subject, eventsOf(subject))?.state;
  if (!run?.plan) throw new ContractError('not-found', `there is no plan run ${subject}`);
  return run;
}

/** How runs are told: everything is folded anew from what the ledger holds of a run, its incident and its alarm. */
export const runTasks = {
  timeline(eventsOf: EventsOf, order: TimelineOrder): Result<'runs.timeline'> {
    const { entries } = runStory({ eventsOf }, runOf(eventsOf, order), order.stream);
    const { page, next } = pageFrom(entries, order.from);
    return { entries: page, next };
  },
  report(eventsOf: EventsOf, order: ReportOrder): Result<'runs.report'> {
    const { lang, station, zone, departments, madeAt, from, stream, drill } = order;
    const run = runOf(eventsOf, order);
    const story = runStory({ eventsOf }, run, stream);
    const html = runReport({ run, ...story, lang, station, zone, departments, madeAt, drill });
    return { name: reportName(run), ...partOf(html, from), madeAt, chars: html.length };
  },
} satisfies LedgerTasks;
