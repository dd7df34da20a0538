import { type AlarmRule, initialWatch, type WatchState, watch } from '../../core/alarms/rules.ts';
import { ONLY, type Scene } from '../../core/drills/conditions.ts';
import { nextActions, pendingActions, startDrill } from '../../core/drills/interpreter.ts';
import type { DrillOutcome } from '../../core/drills/outcome.ts';
import type { DrillScript } from '../../core/drills/script.ts';
import type { Action } from '../../core/drills/scriptShape.ts';
import { decideIncident, type IncidentCommand } from '../../core/incidents/decide.ts';
import { type Incident, incidentAggregate, levelOf } from '../../core/incidents/incident.ts';
import type { Conflict } from '../../core/ledger/register.ts';
import type { CitySensor } from '../../core/places/city.ts';
import { decideRun, type RunCommand } from '../../core/plans/decide.ts';
import { planDraft, planHash } from '../../core/plans/document.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import { progress as progressOf, stepState } from '../../core/plans/states.ts';
import type { PlanTemplate } from '../../core/plans/template.ts';
import type { Level } from '../../core/words.ts';
import { createWeather } from '../../simulator/weather.ts';
import { PaperStation, sha256 } from './fold.ts';

/** What the hall would have read. */
interface PaperFiles {
  plans: readonly PlanTemplate[];
  rules: readonly AlarmRule[];
}

/** What came of a drill on paper. */
export interface PaperDrill {
  outcome: DrillOutcome;
  /** What the seats did, a line each. */
  log: string[];
  /** Actions of the script that never came. */
  pending: Action[];
}

/** The longest a drill is played, in drill seconds. */
const LONGEST = 300;
const STATIONS = ['A', 'B'] as const;

type AtStation = Extract<Action, { do: 'acknowledge-alarm' | 'cut' | 'mend' }>;
const isAtStation = (action: Action): action is AtStation => ['acknowledge-alarm', 'cut', 'mend'].includes(action.do);
const aboutOf = (action: Exclude<Action, AtStation>): string => action.about ?? ONLY;

/** One incident with its run, as each of the two stations holds it. */
class PaperIncident {
  readonly incident: Readonly<Record<string, PaperStation<Incident>>>;
  readonly run: Readonly<Record<string, PaperStation<PlanRun>>>;
  readonly departments = new Set<string>();
  readonly subject: string;
  /** How many events both held when they last met. */
  private met = 0;

  constructor(about: string) {
    this.subject = `incident:${about}`;
    const each = <T>(make: (name: string) => T) => Object.fromEntries(STATIONS.map((name) => [name, make(name)]));
    this.incident = each((name) => new PaperStation<Incident>(name, incidentAggregate, this.subject));
    this.run = each((name) => new PaperStation<PlanRun>(name, runAggregate, `run:${about}`));
  }

  at(station: string): { incident: PaperStation<Incident>; run: PaperStation<PlanRun> } {
    const [incident, run] = [this.incident[station], this.run[station]];
    if (!incident || !run) throw new Error(`no station ${station}`);
    return { incident, run };
  }

  meet(): void {
    const [a, b] = [this.at('A'), this.at('B')];
    const held = () => [a, b].reduce((sum, { incident, run }) => sum + incident.events.length + run.events.length, 0);
    if (held() === this.met) return;
    a.incident.meet(b.incident);
    a.run.meet(b.run);
    this.met = held();
  }

  scene(station: string): Scene['incidents'][string] | null {
    const { incident, run } = this.at(station);
    const [i, r] = [incident.state, run.state];
    if (i.state === 'unknown') return null;
    return {
      ...{ state: i.state, level: levelOf(i).value },
      run: r.plan && {
        state: r.ended === null ? 'running' : 'ended',
        steps: r.plan.steps.map((step) => ({
          ...{ id: step.id, kind: step.kind, state: stepState(r, step) },
          department: r.plan?.lanes.find((lane) => lane.id === step.lane)?.department ?? '',
        })),
      },
      conflicts: [...i.conflicts, ...r.conflicts].filter((conflict) => conflict.seen === null).length,
    };
  }
}

/** The whole drill on paper: the real rules, plans and deciders, two stations, a tenth of a second at a time. */
export function playOnPaper(script: DrillScript, files: PaperFiles): PaperDrill {
  const incidents = new Map(Object.keys(script.expect.incidents).map((about) => [about, new PaperIncident(about)]));
  const alarms = watchedBy(script, files.rules);
  const weather = createWeather({ sensors: sensorsOf(script, files.rules) }, script.seed, script);
  const values: Record<string, number> = {};
  const log: string[] = [];
  let drill = startDrill(script);
  let [second, cutAt, mendAt] = [0, 0, 0];
  let connected = true;

  const scene = (station: string): Scene => ({
    alarms: alarms.flatMap(({ rule, sensor, up }) =>
      up === null ? [] : [{ rule: rule.rule, sensor, level: up, up: true }],
    ),
    incidents: Object.fromEntries(
      [...incidents].flatMap(([about, each]) => {
        const shown = each.scene(station);
        return shown ? [[about, shown]] : [];
      }),
    ),
    ...{ sensors: values, connected },
  });

  const carryOut = (action: Action): void => {
    log.push(`${action.station} ${action.seat} ${action.do}${isAtStation(action) ? '' : ` ${aboutOf(action)}`}`);
    if (action.do === 'cut') [connected, cutAt] = [false, second];
    if (action.do === 'mend') [connected, mendAt] = [true, second];
    if (isAtStation(action)) return;
    const about = incidents.get(aboutOf(action));
    if (!about) throw new Error(`nothing is expected of ${aboutOf(action)}`);
    const { incident, run } = about.at(action.station);
    incident.now = run.now = 1_000_000 + Math.round(second * 1000);
    act(about, action, files);
    if (!('step' in action)) return;
    const seat = script.seats.find((each) => each.seat === action.seat && each.station === action.station);
    for (const department of seat?.departments ?? []) about.departments.add(department);
  };

  const isOver = () => [...incidents.values()].every((each) => each.at('A').run.state.ended !== null);
  for (let tenth = 0; tenth < 10 * LONGEST && !isOver(); tenth++) {
    second = tenth / 10;
    if (tenth % 10 === 0) {
      for (const { sensor, value } of weather.observations(second, second, second * 1000)) values[sensor] = value;
      for (const alarm of alarms) alarm.hear(second, values[alarm.sensor] ?? 0);
    }
    const turn = nextActions(script, drill, second, { A: scene('A'), B: scene('B') });
    drill = turn.progress;
    for (const action of turn.actions) carryOut(action);
    if (connected) for (const each of incidents.values()) each.meet();
  }

  const states = (station: string) =>
    [...incidents.values()].map((each) => [each.at(station).incident.state, each.at(station).run.state]);
  return {
    outcome: {
      incidents: Object.fromEntries([...incidents].map(([about, each]) => [about, outcomeOf(each)])),
      ...{ apartSeconds: mendAt - cutAt, seconds: second },
      converged: JSON.stringify(states('A')) === JSON.stringify(states('B')),
    },
    ...{ log, pending: pendingActions(script, drill) },
  };
}

/** What an action does to an incident or its run, at its station. */
function act(about: PaperIncident, action: Exclude<Action, AtStation>, files: PaperFiles): void {
  const { incident, run } = about.at(action.station);
  const actor = action.seat;
  const ofIncident = (command: IncidentCommand) => incident.do((state) => decideIncident(state, command), 0);
  const ofRun = (command: RunCommand) => run.do((state) => decideRun(state, command), 0);
  switch (action.do) {
    case 'open-incident':
      ofIncident(opening(action, files.rules));
      return;
    case 'open-by-hand': {
      const { type, title, place, level, words, caller } = action;
      ofIncident({ do: 'open', type, title, place, level, alarm: null, words, caller, actor });
      return;
    }
    case 'set-level':
      ofIncident({ do: 'set-level', level: action.level, reason: action.reason, actor });
      return;
    case 'launch': {
      const plan = files.plans.find((each) => each.plan === action.plan);
      if (!plan) throw new Error(`there is no plan ${action.plan}`);
      const hash = planHash(plan, sha256);
      run.do(() => [planDraft(plan, hash, actor)], 0);
      ofRun({ do: 'launch', plan, hash, incident: about.subject, actor });
      return;
    }
    case 'acknowledge-step':
      ofRun({ do: 'acknowledge', step: action.step, actor });
      return;
    case 'start-step':
      ofRun({ do: 'start', step: action.step, actor });
      return;
    case 'finish-step':
      ofRun({ do: 'finish', step: action.step, note: action.note ?? null, actor });
      return;
    case 'skip-step':
      ofRun({ do: 'skip', step: action.step, reason: action.reason, actor });
      return;
    case 'decide':
      ofRun({ do: 'decide', step: action.step, option: action.option, actor });
      return;
    case 'all-clear':
      ofRun({ do: 'end', outcome: 'all-clear', reason: action.reason, force: false, actor });
      return;
    case 'see-conflicts':
      for (const { id } of incident.state.conflicts) ofIncident({ do: 'see-conflict', conflict: id, actor });
      for (const { id } of run.state.conflicts) ofRun({ do: 'see-conflict', conflict: id, actor });
  }
}

function opening(action: Extract<Action, { do: 'open-incident' }>, rules: readonly AlarmRule[]): IncidentCommand {
  const rule = ruleOf(rules, action.alarm.rule);
  return {
    ...{ do: 'open', type: rule.incident, title: rule.name, level: 2, alarm: 'a', actor: action.seat },
    place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
  };
}

function outcomeOf(about: PaperIncident): DrillOutcome['incidents'][string] {
  const { incident, run } = about.at('A');
  const conflictsOf = (of: 'incident' | 'run', conflicts: readonly Conflict[]) =>
    conflicts.map(({ field, values, stands }) => ({
      ...{ of, field, stands: values[stands]?.value ?? '' },
      values: values.map(({ value }) => value),
    }));
  return {
    steps: progressOf(run.state),
    departments: [...about.departments],
    conflicts: [...conflictsOf('incident', incident.state.conflicts), ...conflictsOf('run', run.state.conflicts)],
    allClear: run.state.outcome === 'all-clear',
  };
}

function ruleOf(rules: readonly AlarmRule[], id: string): AlarmRule {
  const rule = rules.find((each) => each.rule === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}

/** One rule watching one sensor, and the level at which its alarm is up. */
class PaperAlarm {
  up: Level | null = null;
  private watched: WatchState;
  readonly rule: AlarmRule;
  readonly sensor: string;

  constructor(rule: AlarmRule, sensor: string) {
    [this.rule, this.sensor, this.watched] = [rule, sensor, initialWatch(rule)];
  }

  hear(second: number, value: number): void {
    const { up } = this;
    const alarm = { ...{ occurrence: 1, holds: [] }, state: up ? 'unacknowledged' : 'normal', level: up ?? 4 } as const;
    const said = { t: second * 1000, value, quality: 'good' } as const;
    const { state, verdict } = watch(this.rule, this.watched, said, alarm, 'A');
    this.watched = state;
    if (verdict && 'raise' in verdict) this.up = verdict.raise;
    else if (verdict && 'clear' in verdict) this.up = null;
  }
}

/** The alarms that the script speaks of. */
function watchedBy(script: DrillScript, rules: readonly AlarmRule[]): PaperAlarm[] {
  const refs = script.actions.flatMap((action) => [
    ...('alarm' in action ? [action.alarm] : []),
    ...(action.when ?? []).flatMap(({ alarm }) => (alarm ? [alarm] : [])),
  ]);
  const wanted = new Map(refs.map(({ rule, sensor }) => [`${rule} ${sensor}`, { rule, sensor }]));
  return [...wanted.values()].map(({ rule, sensor }) => {
    const watching = ruleOf(rules, rule);
    const ids = watching.sensor?.ids;
    if (ids && !ids.includes(sensor)) throw new Error(`the rule ${rule} does not watch ${sensor}`);
    return new PaperAlarm(watching, sensor);
  });
}

/** Sensors that the script speaks of, of the kind that its rules watch. */
function sensorsOf(script: DrillScript, rules: readonly AlarmRule[]): CitySensor[] {
  return watchedBy(script, rules).map(({ rule, sensor }) => ({
    ...{ id: sensor, kind: rule.sensor?.kind as CitySensor['kind'], unit: '', zh: '', en: '', lon: 0, lat: 0 },
    place: { zh: '', en: '' },
  }));
}
