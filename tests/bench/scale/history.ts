import { type Alarm, alarmAggregate, alarmSubject, isUp } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { decideIncident } from '../../../core/incidents/decide.ts';
import { incidentAggregate } from '../../../core/incidents/incident.ts';
import type { Documents } from '../../../core/ledger/documents.ts';
import type { EventDraft, LedgerEvent } from '../../../core/ledger/envelope.ts';
import { type Aggregate, foldStep } from '../../../core/ledger/projection.ts';
import { decideRun } from '../../../core/plans/decide.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import { stepState } from '../../../core/plans/states.ts';
import type { PlanTemplate } from '../../../core/plans/template.ts';
import type { Level } from '../../../core/words.ts';
import type { LedgerSizes } from './sizes.ts';

/** What a case becomes; all of it begins with an alarm. */
export interface Case {
  readonly incident: boolean;
  readonly run: boolean;
  /** Goes on to its end, or is still going on when the ledger ends. */
  readonly over: boolean;
  /** Of a case that goes on: its alarm is up too. */
  readonly up: boolean;
}

/** Writes drafts to the ledger, and answers them as events. */
export type Say = (drafts: readonly EventDraft[]) => readonly LedgerEvent[];

const text = (zh: string, en: string) => ({ zh, en });

/** The present state of one subject, moved by what is said about it. */
function follow<S>(aggregate: Aggregate<S>, subject: string, say: Say, documents?: Documents) {
  const fold = foldStep(aggregate, documents);
  let state = aggregate.initialState(subject);
  return {
    get now() {
      return state;
    },
    say(decide: (state: S) => readonly EventDraft[]) {
      for (const event of say(decide(state))) state = fold(state, event);
    },
  };
}

/**
 * The life of a city's hall as its own rules let it be: everything is decided by the deciders of core/ and folded by its aggregates.
 */
export function createHistory(options: {
  sizes: LedgerSizes;
  random: () => number;
  end: number;
  /** What runs carry out, and its document in every chain. */
  plan: PlanTemplate;
  hash: string;
  documents: Documents;
}) {
  const { sizes, random, end, plan, hash, documents } = options;
  const fold = foldStep(alarmAggregate);
  const points: Alarm[] = Array.from({ length: sizes.points }, (_, i) => {
    return alarmAggregate.initialState(alarmSubject('waterlogging', `WL-${String(i).padStart(5, '0')}`));
  });
  const busy = new Set<number>();
  let turn = 0;
  let made = 0;

  const free = (): number => {
    do turn = (turn + 1) % points.length;
    while (busy.has(turn) || isUp(points[turn] as Alarm));
    return turn;
  };

  /** One case, step by step: at each `yield` others go on. */
  function* live(it: Case, say: Say): Generator<undefined> {
    const point = free();
    busy.add(point);
    const alarm = (decide: (state: Alarm) => readonly EventDraft[]) => {
      for (const event of say(decide(points[point] as Alarm))) points[point] = fold(points[point] as Alarm, event);
    };
    const level = (2 + Math.floor(random() * 3)) as Level;
    const value = Math.round(15 + random() * 90) / 100;
    const name = text(`第${point}号易涝点`, `Underpass ${point}`);
    const place = { lon: 121.8 + (point % 200) * 0.002, lat: 29.1 + Math.floor(point / 200) * 0.002, name };
    const source = { kind: 'sensor', id: `WL-${String(point).padStart(5, '0')}` };
    const title = text('道路积水', 'Road waterlogging');
    const rule = 'waterlogging';
    const finding = { rule, title, level, source, value, unit: 'm', place };
    alarm((state) => decideAlarm(state, { do: 'raise', finding, actor: 'rule.waterlogging' }));
    yield;
    alarm((state) => decideAlarm(state, { do: 'acknowledge', actor: 'duty' }));
    yield;
    if (it.incident) yield* incident(it, say, { point, alarm, level, title: finding.title, place });
    if (it.over || !it.up)
      alarm((state) => decideAlarm(state, { do: 'clear', value: 0.02, actor: 'rule.waterlogging' }));
    busy.delete(point);
  }

  function* incident(
    it: Case,
    say: Say,
    from: {
      point: number;
      alarm(decide: (state: Alarm) => readonly EventDraft[]): void;
      level: Level;
      title: { zh: string; en: string };
      place: Alarm['place'];
    },
  ): Generator<undefined> {
    const number = ++made;
    const id = `incident:a${number}`;
    const { title, place, level } = from;
    const actor = 'commander';
    const state = follow(incidentAggregate, id, say);
    state.say((now) =>
      decideIncident(now, {
        ...{ do: 'open', type: 'urban-flooding', title, place, level, actor },
        alarm: (points[from.point] as Alarm).id,
      }),
    );
    from.alarm((alarm) => decideAlarm(alarm, { do: 'link', incident: id, over: true, actor }));
    yield;
    const reason = '现场水深继续上涨，影响主干道通行，提级处置';
    state.say((now) => decideIncident(now, { do: 'set-level', level: (level - 1) as Level, reason, actor }));
    yield;
    for (const words of [
      '泵站已启动两台机组，水位每分钟下降约 2 厘米',
      'Traffic diverted at both ends; two cars stand in the water',
    ]) {
      state.say((now) => decideIncident(now, { do: 'note', text: words, actor: 'water' }));
      yield;
    }
    if (it.run) {
      const run = `run:a${number}`;
      state.say((now) => decideIncident(now, { do: 'launch-plan', plan: plan.plan, run, actor }));
      yield* carryOut(it, say, run, id);
    }
    if (it.over) state.say((now) => decideIncident(now, { do: 'close', reason: '积水排除，恢复通行', actor }));
  }

  function* carryOut(it: Case, say: Say, id: string, of: string): Generator<undefined> {
    const run = follow(runAggregate, id, say, documents);
    run.say((now) => decideRun(now, { do: 'launch', plan, hash, incident: of, actor: 'commander' }));
    yield;
    let left = it.over ? Number.POSITIVE_INFINITY : 4;
    const ready = () => plan.steps.find((step) => stepState(run.now, step) === 'ready');
    for (let step = ready(); step !== undefined && left > 0; step = ready(), left--) {
      const { id: at, kind, options, lane } = step;
      const actor = plan.lanes.find((each) => each.id === lane)?.department ?? 'duty';
      run.say((now) => decideRun(now, { do: 'acknowledge', step: at, actor }));
      run.say((now) => decideRun(now, { do: 'start', step: at, actor }));
      yield;
      const option = options?.[0]?.id ?? '';
      run.say((now) =>
        decideRun(
          now,
          kind === 'decision'
            ? { do: 'decide', step: at, option, actor }
            : { do: 'finish', step: at, note: null, actor },
        ),
      );
      yield;
    }
    // What is late is written already, so that a hall that opens this ledger has nothing of it to write.
    if (!it.over) run.say((now) => decideRun(now, { do: 'check-time', now: end, actor: 'hall.timer' }));
    else
      run.say((now) =>
        decideRun(now, { do: 'end', outcome: 'all-clear', reason: '处置完毕', force: true, actor: 'commander' }),
      );
  }

  return { live };
}

/** All cases in the order in which they begin; those that go on come last. Plain alarms fill up the rest. */
export function* casesOf(sizes: LedgerSizes, random: () => number): Generator<Case> {
  const { incidents, runs, openIncidents, openRuns, up } = sizes;
  const plain: Case = { incident: false, run: false, over: true, up: false };
  const closed = incidents - openIncidents;
  for (let i = 0; i < closed; i++) {
    if (random() < 0.4) yield plain;
    yield { incident: true, run: i < runs - openRuns, over: true, up: false };
  }
  for (let i = 0; i < openIncidents; i++)
    yield { incident: true, run: i < openRuns, over: false, up: i % Math.ceil(openIncidents / up) === 0 };
  for (;;) yield plain;
}
