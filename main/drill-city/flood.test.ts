import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AlarmRules, initialWatch, watch } from '../../core/alarms/rules.ts';
import type { Scene } from '../../core/drills/conditions.ts';
import { nextActions, pendingActions, startDrill } from '../../core/drills/interpreter.ts';
import { type DrillOutcome, unmet } from '../../core/drills/outcome.ts';
import { type Action, DrillScript } from '../../core/drills/script.ts';
import { decideIncident, type Incident, incidentAggregate, levelOf } from '../../core/incidents/incident.ts';
import type { Conflict } from '../../core/ledger/register.ts';
import { decideRun, type RunCommand } from '../../core/plans/decide.ts';
import { planDraft, planHash } from '../../core/plans/document.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import type { PlanRun } from '../../core/plans/run.ts';
import { progress as progressOf, stepState } from '../../core/plans/states.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import type { Level } from '../../core/words.ts';
import { PaperStation, sha256 } from '../../tests/fakes/fold.ts';
import { readYaml } from '../config/readYaml.ts';
import { createWeather } from './weather.ts';

const resource = (path: string) => readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8');
const script = readYaml('resources/drills/flood.yaml', resource('drills/flood.yaml'), DrillScript);
const plan = readYaml('resources/plans/urban-flooding.yaml', resource('plans/urban-flooding.yaml'), PlanTemplate);
const HASH = planHash(plan, sha256);
const rules = readYaml('resources/rules/flood.yaml', resource('rules/flood.yaml'), AlarmRules).rules;
const sensor = {
  id: 'WL-001',
  kind: 'water-level',
  unit: 'm',
  zh: '',
  en: '',
  place: { zh: '', en: '' },
  lon: 0,
  lat: 0,
} as const;

/** The whole drill on paper: the real rules, plan and deciders, two stations, a tenth of a second at a time. */
function play(): { outcome: DrillOutcome; log: string[]; pending: Action[] } {
  const names = ['A', 'B'] as const;
  const incident = Object.fromEntries(
    names.map((n) => [n, new PaperStation<Incident>(n, incidentAggregate, 'incident:1')]),
  );
  const run = Object.fromEntries(names.map((n) => [n, new PaperStation<PlanRun>(n, runAggregate, 'run:1')]));
  const weather = createWeather({ sensors: [sensor] }, script.seed, script);
  const rule = rules.find((r) => r.rule === 'waterlogging');
  if (rule === undefined) throw new Error('no rule waterlogging');
  let watched = initialWatch(rule);
  let connected = true;
  let drill = startDrill(script);
  let cutAt = 0;
  let mendAt = 0;
  let value = 0;
  let up: Level | null = null;
  const log: string[] = [];
  const departments = new Set<string>();
  let second = 0;

  const scene = (name: string): Scene => {
    const i = incident[name]?.state;
    const r = run[name]?.state;
    return {
      alarms: up === null ? [] : [{ rule: 'waterlogging', sensor: 'WL-001', level: up, up: true }],
      incident: i === undefined || i.state === 'unknown' ? null : { state: i.state, level: levelOf(i).value },
      run: r?.plan
        ? {
            state: r.ended === null ? 'running' : 'ended',
            steps: r.plan.steps.map((s) => ({
              ...{ id: s.id, kind: s.kind, state: stepState(r, s) },
              department: r.plan?.lanes.find((l) => l.id === s.lane)?.department ?? '',
            })),
          }
        : null,
      sensors: { 'WL-001': value },
      connected,
      conflicts: [...(i?.conflicts ?? []), ...(r?.conflicts ?? [])].filter((c) => c.seen === null).length,
    };
  };

  const carryOut = (action: Action): void => {
    const actor = action.seat;
    const i = incident[action.station];
    const r = run[action.station];
    if (i === undefined || r === undefined) throw new Error(`no station ${action.station}`);
    i.now = 1_000_000 + Math.round(second * 1000);
    r.now = i.now;
    const stepDo = (command: RunCommand) => r.do((state) => decideRun(state, command), 0);
    log.push(`${action.station} ${action.seat} ${action.do}${'step' in action ? ` ${action.step}` : ''}`);
    if ('step' in action) {
      const of = script.seats.find((s) => s.seat === action.seat && s.station === action.station);
      for (const department of of?.departments ?? []) departments.add(department);
    }
    switch (action.do) {
      case 'open-incident':
        i.do(
          (s) =>
            decideIncident(s, {
              do: 'open',
              type: 'urban-flooding',
              title: { zh: '', en: '' },
              place: { lon: 0, lat: 0, name: { zh: '', en: '' } },
              level: 2,
              alarm: 'a',
              actor,
            }),
          0,
        );
        break;
      case 'set-level':
        i.do((s) => decideIncident(s, { do: 'set-level', level: action.level, reason: action.reason, actor }), 0);
        break;
      case 'launch':
        r.do(() => [planDraft(plan, HASH, actor)], 0);
        stepDo({ do: 'launch', plan, hash: HASH, incident: 'incident:1', actor });
        break;
      case 'acknowledge-step':
        stepDo({ do: 'acknowledge', step: action.step, actor });
        break;
      case 'start-step':
        stepDo({ do: 'start', step: action.step, actor });
        break;
      case 'finish-step':
        stepDo({ do: 'finish', step: action.step, note: action.note ?? null, actor });
        break;
      case 'skip-step':
        stepDo({ do: 'skip', step: action.step, reason: action.reason, actor });
        break;
      case 'decide':
        stepDo({ do: 'decide', step: action.step, option: action.option, actor });
        break;
      case 'all-clear':
        stepDo({ do: 'end', outcome: 'all-clear', reason: action.reason, force: false, actor });
        break;
      case 'see-conflicts':
        for (const c of i.state.conflicts)
          i.do((s) => decideIncident(s, { do: 'see-conflict', conflict: c.id, actor }), 0);
        for (const c of r.state.conflicts) r.do((s) => decideRun(s, { do: 'see-conflict', conflict: c.id, actor }), 0);
        break;
      case 'cut':
        connected = false;
        cutAt = second;
        break;
      case 'mend':
        connected = true;
        mendAt = second;
        break;
      case 'acknowledge-alarm':
        break;
    }
  };

  for (let tenth = 0; tenth < 1500 && run.A?.state.ended === null; tenth++) {
    second = tenth / 10;
    if (tenth % 10 === 0) {
      value = weather.observations(second, second, second * 1000)[0]?.value ?? value;
      const alarm = {
        ...{ occurrence: 1, holds: [] },
        state: up ? 'unacknowledged' : 'normal',
        level: up ?? 4,
      } as const;
      const { state, verdict } = watch(rule, watched, { t: second * 1000, value, quality: 'good' }, alarm, 'A');
      watched = state;
      if (verdict && 'raise' in verdict) up = verdict.raise;
      else if (verdict && 'clear' in verdict) up = null;
    }
    const turn = nextActions(script, drill, second, { A: scene('A'), B: scene('B') });
    drill = turn.progress;
    for (const action of turn.actions) carryOut(action);
    if (connected && incident.A && incident.B && run.A && run.B) {
      incident.A.meet(incident.B);
      run.A.meet(run.B);
    }
  }
  const conflictsOf = (of: 'incident' | 'run', conflicts: Conflict[]) =>
    conflicts.map((c) => ({
      of,
      field: c.field,
      values: c.values.map((v) => v.value),
      stands: c.values[c.stands]?.value ?? '',
    }));
  const [ia, ib, ra, rb] = [incident.A?.state, incident.B?.state, run.A?.state, run.B?.state];
  if (!ia || !ib || !ra || !rb) throw new Error('no stations');
  const outcome: DrillOutcome = {
    steps: progressOf(ra),
    departments: [...departments],
    conflicts: [...conflictsOf('incident', ia.conflicts), ...conflictsOf('run', ra.conflicts)],
    apartSeconds: mendAt - cutAt,
    seconds: second,
    converged: JSON.stringify([ia, ra]) === JSON.stringify([ib, rb]),
    allClear: ra.outcome === 'all-clear',
  };
  return { outcome, log, pending: pendingActions(script, drill) };
}

test('the flood drill comes to exactly what it expects, in time', () => {
  const { outcome, log, pending } = play();
  expect(pending).toEqual([]);
  expect(unmet(script.expect, outcome), log.join('\n')).toEqual([]);
  expect(outcome.seconds).toBeLessThan(90);
});

test('played twice it is the same, action by action', () => {
  expect(play()).toEqual(play());
});
