import type { AlarmView } from '../../contract/features/alarms.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import type { RunView } from '../../contract/features/plans.ts';
import type { WallView } from '../../contract/features/walls.ts';
import type { Collection } from '../../contract/wire/collection.ts';
import { type Alarm, alarmAggregate } from '../../core/alarms/alarm.ts';
import { type Incident, incidentAggregate } from '../../core/incidents/incident.ts';
import { canonicalJson, type EventDraft, kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { readBody } from '../../core/ledger/family.ts';
import { createProjection, type Projection } from '../../core/ledger/projection.ts';
import { own } from '../../core/own.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import { type Wall, wallAggregate } from '../../core/walls/wall.ts';
import type { Shelving } from '../alarms/shelving.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Readiness } from '../plans/readiness.ts';
import { alarmView, inQueue } from '../views/alarm.ts';
import { incidentView } from '../views/incident.ts';
import { runView, supersededBy } from '../views/run.ts';
import { wallView } from '../views/wall.ts';
import { FAMILIES } from './families.ts';
import { createForeign, type Foreign } from './foreign.ts';

/** The collections that windows see of the domain. */
export interface DomainTopics {
  alarms: Collection<AlarmView>;
  incidents: Collection<IncidentView>;
  runs: Collection<RunView>;
  walls: Collection<WallView>;
}

/** The domain's present state, folded from the ledger, and the one way to change it. */
export interface Domain {
  alarm(id: string): Alarm;
  incident(id: string): Incident;
  run(id: string): PlanRun;
  alarms(): IterableIterator<[string, Alarm]>;
  incidents(): IterableIterator<[string, Incident]>;
  runs(): IterableIterator<[string, PlanRun]>;
  /**
   * Decides against the present state and answers when what was decided is durable. Decisions are taken one after another.
   *
   * @param options keep: takes effect in memory when the disk refuses it, and is written later. For what the hall itself finds.
   * @throws Refusal when a rule stands against it; nothing is written then.
   * @throws LedgerWriteError when the disk refuses it.
   */
  execute(decide: () => readonly EventDraft[], options?: { keep?: boolean }): Promise<LedgerEvent[]>;
  /** Every aggregate's state as one canonical text: equal on stations that hold the same events. */
  fingerprint(): string;
  /** Folds everything again from the ledger and answers the fingerprint of that. */
  rebuiltFingerprint(): string;
  /** Events of the ledger that this version does not understand (L9). */
  foreign(): Foreign;
  /** The state of every aggregate with its subject; a state that changed is another object. */
  states(): IterableIterator<[string, object]>;
  onChange(listener: (subjects: readonly string[]) => void): () => void;
}

/** Windows are told of so many that are over and seen; the ledger keeps them all. */
const OVER_KEPT = 200;

function keepNewest<T>(collection: Collection<T>, overAt: (item: T) => number | null): void {
  if (collection.items.size <= OVER_KEPT) return;
  const over = [...collection.items].flatMap(([key, item]) => {
    const at = overAt(item);
    return at === null ? [] : [{ key, at }];
  });
  over.sort((a, b) => b.at - a.at);
  for (const { key } of over.slice(OVER_KEPT)) collection.delete(key);
}

/** A conflict stays in sight until a person has seen it, whatever becomes of what it is about. */
function seen({ conflicts }: { conflicts: readonly { seen: unknown }[] }): boolean {
  return conflicts.every((conflict) => conflict.seen !== null);
}

interface Folds {
  alarms: Projection<Alarm>;
  incidents: Projection<Incident>;
  runs: Projection<PlanRun>;
  walls: Projection<Wall>;
}

function createFolds(
  eventsOf: (subject: string) => Iterable<LedgerEvent>,
  passedOver?: (event: LedgerEvent) => void,
): Folds {
  return {
    alarms: createProjection(alarmAggregate, eventsOf, passedOver),
    incidents: createProjection(incidentAggregate, eventsOf, passedOver),
    runs: createProjection(runAggregate, eventsOf, passedOver),
    walls: createProjection(wallAggregate, eventsOf, passedOver),
  };
}

const FOLD_BATCH = 1000;

function foldAll(apply: (events: readonly LedgerEvent[]) => void, events: Iterable<LedgerEvent>): void {
  let batch: LedgerEvent[] = [];
  const flush = () => {
    apply(batch);
    batch = [];
  };
  for (const event of events) {
    batch.push(event);
    if (batch.length === FOLD_BATCH) flush();
  }
  flush();
}

function fingerprintOf(folds: Folds): string {
  const states = Object.values(folds).map((fold: Projection<unknown>) => Object.fromEntries(fold.entries()));
  return canonicalJson(states);
}

/**
 * Folds the whole ledger, then follows it: what windows see changes only after it is durable, or while the disk refuses what the
 * hall itself finds.
 *
 * @param readiness is shown every run that changed; windows count down to what it says.
 * @param shelving is shown every alarm that changed; windows show when it says one comes back.
 */
export function createDomain(ledger: Ledger, topics: DomainTopics, readiness: Readiness, shelving: Shelving): Domain {
  const foreign = createForeign();
  const folds = createFolds((subject) => ledger.eventsOf(subject), foreign.add);
  const kinds = new Set(Object.values(folds).map((fold: Projection<unknown>) => fold.kind));
  /** Understood, and there to be read only. */
  const isUnfolded = (event: LedgerEvent) =>
    FAMILIES.some((family) => family.kind === kindOf(event.subject) && readBody(family, event) !== null);
  const apply = (events: readonly LedgerEvent[]) => {
    for (const event of events) if (!kinds.has(kindOf(event.subject)) && !isUnfolded(event)) foreign.add(event);
    for (const fold of Object.values(folds)) fold.apply(events);
  };
  const listeners = new Set<(subjects: readonly string[]) => void>();
  let starting = true;

  /** Which run goes before another of the same plan is the incident's to say (I6): its runs are shown again when that changed. */
  const publishSuperseded = (incident: string) => {
    for (const [id, shown] of [...topics.runs.items]) {
      const run = shown.incident === incident ? folds.runs.get(id) : undefined;
      if (run && supersededBy(run, folds.incidents.get(incident)) !== shown.supersededBy) publish.run?.(id);
    }
  };

  const keepRuns = () => {
    if (!starting) keepNewest(topics.runs, (run) => (seen(run) ? (run.ended?.at ?? null) : null));
  };
  /** What a run that goes on is about is not over for those who work on it. */
  const keepIncidents = () => {
    if (starting || topics.incidents.items.size <= OVER_KEPT) return;
    const runs = [...topics.runs.items.values()];
    const running = new Set(runs.flatMap((run) => (run.state === 'running' ? [run.incident] : [])));
    keepNewest(topics.incidents, (incident) =>
      seen(incident) && !running.has(incident.id) ? incident.closedAt : null,
    );
  };

  const publish: Readonly<Record<string, (subject: string) => void>> = {
    alarm(subject) {
      const state = folds.alarms.get(subject);
      if (state) shelving.look(state, starting ? 'its-event' : 'now');
      if (state && inQueue(state))
        topics.alarms.set(subject, alarmView(state, shelving.until(subject), ledger.isUnwritten(subject)));
      else topics.alarms.delete(subject);
    },
    incident(subject) {
      const state = folds.incidents.get(subject);
      const view = state && incidentView(state);
      if (view) topics.incidents.set(subject, view);
      else topics.incidents.delete(subject);
      keepIncidents();
      publishSuperseded(subject);
    },
    run(subject) {
      const state = folds.runs.get(subject);
      if (state) readiness.look(state, starting ? 'its-event' : 'now');
      const view = state && runView(state, folds.incidents.get(state.incident), readiness.since(subject));
      if (view) topics.runs.set(subject, view);
      else topics.runs.delete(subject);
      if (view?.state === 'running' && !topics.incidents.items.has(view.incident)) publish.incident?.(view.incident);
      if (view?.state === 'ended') {
        keepRuns();
        keepIncidents();
      }
    },
    wall(subject) {
      const state = folds.walls.get(subject);
      const view = state && wallView(state);
      if (view) topics.walls.set(view.screen, view);
    },
  };

  foldAll(apply, ledger.all());
  for (const fold of Object.values(folds)) {
    for (const [subject] of fold.entries()) own(publish, kindOf(subject))?.(subject);
  }
  starting = false;
  keepRuns();
  keepIncidents();

  function show(events: readonly LedgerEvent[]): void {
    const subjects = [...new Set(events.map((event) => event.subject))];
    for (const subject of subjects) own(publish, kindOf(subject))?.(subject);
    for (const listener of [...listeners]) listener(subjects);
  }
  ledger.listen({
    fold: apply,
    rolledBack(subjects) {
      for (const fold of Object.values(folds)) fold.refold(subjects);
    },
    committed: show,
    kept: show,
  });

  return {
    alarm: (id) => folds.alarms.get(id) ?? alarmAggregate.initialState(id),
    incident: (id) => folds.incidents.get(id) ?? incidentAggregate.initialState(id),
    run: (id) => folds.runs.get(id) ?? runAggregate.initialState(id),
    alarms: () => folds.alarms.entries(),
    incidents: () => folds.incidents.entries(),
    runs: () => folds.runs.entries(),
    execute: (decide, options) => ledger.transact(decide, options),
    foreign: foreign.seen,
    fingerprint: () => fingerprintOf(folds),
    rebuiltFingerprint() {
      const fresh = createFolds((subject) => ledger.eventsOf(subject));
      foldAll((events) => {
        for (const fold of Object.values(fresh)) fold.apply(events);
      }, ledger.all());
      return fingerprintOf(fresh);
    },
    *states() {
      for (const fold of Object.values(folds) as Projection<object>[]) yield* fold.entries();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
