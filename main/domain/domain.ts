import type { Alarm } from '../../core/alarms/alarm.ts';
import type { Incident } from '../../core/incidents/incident.ts';
import { type EventDraft, kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { createProjection, type Folded, type Projection } from '../../core/ledger/projection.ts';
import { own } from '../../core/own.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import type { Shelving } from '../alarms/shelving.ts';
import type { Foreign } from '../kernel/foreign.ts';
import type { Kind } from '../kernel/kind.ts';
import type { Views } from '../kernel/views.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Readiness } from '../plans/readiness.ts';
import { KINDS } from './kinds.ts';
import { createPublish, type DomainTopics } from './publish.ts';

/** The domain's present state, folded from the ledger, and the one way to change it. */
export interface Domain {
  alarm(id: string): Alarm;
  incident(id: string): Incident;
  run(id: string): PlanRun;
  /** Alarms that are up, wait for a person, or have a conflict nobody has seen. */
  queue(): IterableIterator<[string, Alarm]>;
  /** Plan runs that have not ended. */
  running(): IterableIterator<[string, PlanRun]>;
  /** The state of any subject; undefined for one that nothing was written about, or of a kind that this version does not know. */
  state(subject: string): object | undefined;
  /**
   * Decides against the present state and answers when what was decided is durable. Decisions are taken one after another.
   *
   * @param options keep: takes effect in memory when the disk refuses it, and is written later. For what the hall itself finds.
   * @throws Refusal when a rule stands against it; nothing is written then.
   * @throws LedgerWriteError when the disk refuses it.
   */
  execute(decide: () => readonly EventDraft[], options?: { keep?: boolean }): Promise<LedgerEvent[]>;
  /** Events of the ledger that this version does not understand (L9). */
  foreign(): Foreign;
  onChange(listener: (subjects: readonly string[]) => void): () => void;
}

/** Sensors ask for the state of their alarms at every reading: a city's fit into memory. Of all else a few are in use. */
const IDLE = { alarms: 20_000, others: 500 };

/**
 * Begins with what goes on and follows the ledger: what windows see changes only after it is durable, or while the disk refuses what
 * the hall itself finds. What is over is in memory only while somebody asks for it.
 */
export function createDomain(options: {
  ledger: Ledger;
  /** Prepared. */
  views: Pick<Views, 'savedOf' | 'beginning' | 'follow' | 'passedOver' | 'foreign'>;
  topics: DomainTopics;
  readiness: Readiness;
  shelving: Shelving;
}): Domain {
  const { ledger, views, topics, readiness, shelving } = options;
  const projection = <S>({ aggregate }: Kind<S>, idle: number, pins: (state: S) => boolean) => {
    const savedOf = (subject: string) => views.savedOf(subject) as Folded<S> | undefined;
    return createProjection(aggregate, ledger.eventsOf, { savedOf, pins, idle }, views.passedOver);
  };
  const folds = {
    alarms: projection(KINDS.alarms, IDLE.alarms, KINDS.alarms.goesOn),
    incidents: projection(KINDS.incidents, IDLE.others, () => false),
    runs: projection(KINDS.runs, IDLE.others, (run) => run.plan !== null && run.ended === null),
    walls: projection(KINDS.walls, IDLE.others, KINDS.walls.goesOn),
  };
  const every = Object.values(folds) as Projection<unknown>[];
  const byKind = Object.fromEntries(every.map((fold) => [fold.kind, fold]));
  const publish = createPublish({ states: folds, topics, readiness, shelving, ledger });
  const listeners = new Set<(subjects: readonly string[]) => void>();

  for (const [subject, folded] of views.beginning()) {
    own(byKind, kindOf(subject))?.restore(subject, folded);
    publish(subject, 'its-event');
  }

  function show(events: readonly LedgerEvent[]): void {
    const subjects = [...new Set(events.map((event) => event.subject))];
    for (const subject of subjects) publish(subject, 'now');
    for (const listener of [...listeners]) listener(subjects);
  }
  ledger.listen({
    fold(events) {
      for (const event of events) if (!own(byKind, kindOf(event.subject))) views.passedOver(event);
      for (const fold of every) fold.apply(events);
    },
    rolledBack(subjects) {
      for (const fold of every) fold.refold(subjects);
    },
    committed: show,
    kept: show,
  });
  views.follow({
    *unsaved() {
      for (const fold of every) yield* fold.unsaved();
    },
    saved() {
      for (const fold of every) fold.saved();
    },
  });

  return {
    alarm: (id) => folds.alarms.get(id) ?? KINDS.alarms.aggregate.initialState(id),
    incident: (id) => folds.incidents.get(id) ?? KINDS.incidents.aggregate.initialState(id),
    run: (id) => folds.runs.get(id) ?? KINDS.runs.aggregate.initialState(id),
    queue: () => folds.alarms.entries(),
    running: () => folds.runs.entries(),
    state: (subject) => own(byKind, kindOf(subject))?.get(subject) as object | undefined,
    execute: (decide, how) => ledger.transact(decide, how),
    foreign: views.foreign,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
