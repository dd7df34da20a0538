import { ContractError } from '../../../contract/errors.ts';
import type { PlanOffer } from '../../../contract/features/plans.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import { decideIncident } from '../../../core/incidents/decide.ts';
import { type Incident, incidentAggregate, levelOf } from '../../../core/incidents/incident.ts';
import { documentSubject } from '../../../core/ledger/documents.ts';
import { splitKey } from '../../../core/ledger/stream.ts';
import type { DepartmentNames } from '../../../core/people/names.ts';
import { decideRun, type RunCommand } from '../../../core/plans/decide.ts';
import { PLAN_DOCUMENT, planDraft, planHash } from '../../../core/plans/document.ts';
import { runAggregate } from '../../../core/plans/evolve.ts';
import type { PlanTemplate } from '../../../core/plans/template.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Unit } from '../../../core/units/unit.ts';
import { NUMERAL } from '../../../core/words.ts';
import type { Clock } from '../../clock.ts';
import { decided, type Unsigned } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { LedgerThread } from '../../ledger/ledgerTasks.ts';
import { sha256 } from '../../ledger/sha256.ts';
import type { OfDrill } from './report/drillOf.ts';
import type { runTasks } from './report/tellRuns.ts';
import { needScope } from './scope.ts';

type Served =
  | 'plans.offer'
  | 'runs.launch'
  | 'runs.acknowledge'
  | 'runs.start'
  | 'runs.finish'
  | 'runs.skip'
  | 'runs.decide'
  | 'runs.reopenStep'
  | 'runs.assignUnit'
  | 'runs.releaseUnit'
  | 'runs.allClear'
  | 'runs.abort'
  | 'runs.reopen'
  | 'runs.rate'
  | 'runs.timeline'
  | 'runs.report';

type StepCommand = Extract<RunCommand, { step: string }>;

function offer(plan: PlanTemplate, incident: Incident, running: boolean): PlanOffer {
  const level = levelOf(incident).value;
  const type = plan.fits.incidents.includes(incident.type);
  const severe = level <= plan.fits.level;
  const why = running
    ? { zh: '该预案正在为此事件执行', en: 'runs for this incident already' }
    : !type
      ? { zh: '事件类型不在适用范围', en: 'not meant for incidents of this kind' }
      : severe
        ? { zh: `类型相符，等级 ${NUMERAL[level]}`, en: `type fits, level ${NUMERAL[level]}` }
        : {
            zh: `等级 ${NUMERAL[level]} 低于启动条件 ${NUMERAL[plan.fits.level]}`,
            en: `level ${NUMERAL[level]} is milder than its ${NUMERAL[plan.fits.level]}`,
          };
  return {
    id: plan.plan,
    version: plan.version,
    name: plan.name,
    departments: [...new Set(plan.lanes.map((lane) => lane.department))],
    steps: plan.steps.length,
    fits: type && severe && !running,
    running,
    why,
  };
}

const RUNS_ALREADY = { zh: '该预案正在为此事件执行', en: 'this plan is already running for the incident' };

/** Plans offered and launched; steps taken; the run's end, timeline and report. */
export function runHandlers(options: {
  domain: Domain;
  ledger: Ledger;
  clock: Clock;
  station: string;
  /** The hall's time zone, an IANA name, as reports are dated. */
  zone: string;
  /** What the hall calls its departments. */
  departments: DepartmentNames;
  /** Of which drill reports are; null for live work. */
  drill(): OfDrill | null;
  plans(): readonly PlanTemplate[];
  units: readonly Pick<Unit, 'id' | 'callSign'>[];
  newId(): string;
  /** Makes timelines and reports beside the work. */
  teller: Pick<LedgerThread<typeof runTasks>, 'ask'>;
}): Pick<Handlers, Served> {
  const { domain, ledger, clock, station, zone, departments, drill, plans, newId, teller } = options;
  const runs = domain.of(runAggregate);
  const incidents = domain.of(incidentAggregate);
  const callSigns = new Map(options.units.map(({ id, callSign }) => [id, callSign]));

  const act = async (id: string, caller: Caller, command: Unsigned<StepCommand>) => {
    await decided(domain, caller, (actor) => {
      const run = runs.get(id);
      needScope(caller, run, command.step);
      return decideRun(run, { ...command, actor });
    });
    return {};
  };
  const runsAlready = (incident: string, plan: string): boolean =>
    [...runs.staying()].some(([, run]) => run.incident === incident && run.plan?.plan === plan);
  const incidentOrThrow = (id: string): Incident => {
    const incident = incidents.get(id);
    if (incident.state === 'unknown') throw new ContractError('not-found', `there is no incident ${id}`);
    return incident;
  };
  /** Whether the chain that is written has an event of the subject. */
  const isHeld = (subject: string): boolean =>
    ledger.eventsOf(subject).some(({ station: chain }) => chain === ledger.chain);
  const runOrThrow = (id: string) => {
    const run = runs.get(id);
    if (!run.plan) throw new ContractError('not-found', `there is no plan run ${id}`);
    return run;
  };
  const whichRun = (id: string) => ({ run: id, stream: splitKey(runOrThrow(id).launched?.event ?? '').stream });
  /** The subjects whose events a run's story is made of. */
  const told = (id: string): string[] => {
    const { incident } = runs.get(id);
    const { alarm } = incidents.get(incident);
    return [id, incident, ...(alarm === null ? [] : [alarm])];
  };

  return {
    'plans.offer'({ incident }) {
      const about = incidentOrThrow(incident);
      const offers = plans()
        .filter((plan) => plan.status === 'approved')
        .map((plan) => offer(plan, about, runsAlready(incident, plan.plan)))
        .sort(
          (a, b) => Number(b.fits) - Number(a.fits) || Number(a.running) - Number(b.running) || (a.id < b.id ? -1 : 1),
        );
      return { plans: offers };
    },
    async 'runs.launch'({ incident, plan: planId, version }, caller) {
      const plan = plans().find((candidate) => candidate.plan === planId && candidate.version === version);
      if (!plan) throw new ContractError('not-found', `there is no version ${version} of plan ${planId}`);
      incidentOrThrow(incident);
      const id = `run:${newId()}`;
      const hash = planHash(plan, sha256);
      await decided(domain, caller, (actor) => {
        if (incidents.get(incident).state === 'closed')
          throw new Refusal('P1', { zh: '事件已结束，不能启动预案', en: 'the incident is closed' });
        if (runsAlready(incident, planId)) throw new Refusal('P1', RUNS_ALREADY);
        return [
          ...(isHeld(documentSubject(PLAN_DOCUMENT, hash)) ? [] : [planDraft(plan, hash, actor)]),
          ...decideRun(runs.get(id), { do: 'launch', plan, hash, incident, actor }),
          ...decideIncident(incidents.get(incident), {
            do: 'launch-plan',
            plan: planId,
            run: id,
            actor,
          }),
        ];
      });
      return { run: id };
    },
    'runs.acknowledge': ({ run, step }, caller) => act(run, caller, { do: 'acknowledge', step }),
    'runs.start': ({ run, step }, caller) => act(run, caller, { do: 'start', step }),
    'runs.finish': ({ run, step, note }, caller) => act(run, caller, { do: 'finish', step, note: note ?? null }),
    'runs.skip': ({ run, step, reason }, caller) => act(run, caller, { do: 'skip', step, reason }),
    'runs.decide': ({ run, step, option }, caller) => act(run, caller, { do: 'decide', step, option }),
    'runs.reopenStep': ({ run, step, reason }, caller) => act(run, caller, { do: 'reopen-step', step, reason }),
    async 'runs.assignUnit'({ run, step, unit }, caller) {
      const name = callSigns.get(unit);
      if (name === undefined)
        throw new ContractError('not-found', caller.lang === 'en' ? `there is no unit ${unit}` : `没有力量 ${unit}`);
      return act(run, caller, { do: 'assign-unit', step, unit, name });
    },
    'runs.releaseUnit': ({ run, step, unit }, caller) => act(run, caller, { do: 'release-unit', step, unit }),
    async 'runs.allClear'({ run: id, reason, force = false }, caller) {
      runOrThrow(id);
      await decided(domain, caller, (actor) => {
        const run = runs.get(id);
        const ends = decideRun(run, { do: 'end', outcome: 'all-clear', reason, force, actor });
        const incident = incidents.get(run.incident);
        const others = [...runs.staying()].some(([, r]) => r.id !== id && r.incident === run.incident);
        if (incident.state !== 'open' || others) return ends; // The incident lives on while another plan runs for it.
        return [...ends, ...decideIncident(incident, { do: 'close', reason, actor })];
      });
      return {};
    },
    async 'runs.abort'({ run: id, reason }, caller) {
      runOrThrow(id);
      await decided(domain, caller, (actor) =>
        decideRun(runs.get(id), { do: 'end', outcome: 'aborted', reason, force: false, actor }),
      );
      return {};
    },
    async 'runs.reopen'({ run: id, reason }, caller) {
      runOrThrow(id);
      await decided(domain, caller, (actor) => {
        const run = runs.get(id);
        if (!run.ended) return [];
        if (runsAlready(run.incident, run.plan?.plan ?? '')) throw new Refusal('P1', RUNS_ALREADY);
        const incident = incidents.get(run.incident);
        return [
          // An all-clear closed it: both go on.
          ...(incident.state === 'closed' ? decideIncident(incident, { do: 'reopen', reason, actor }) : []),
          ...decideRun(run, { do: 'reopen', reason, actor }),
        ];
      });
      return {};
    },
    async 'runs.rate'({ run: id, stars, words }, caller) {
      runOrThrow(id);
      await decided(domain, caller, (actor) => decideRun(runs.get(id), { do: 'rate', stars, words, actor }));
      return {};
    },
    'runs.timeline': ({ run, from = 0 }) => teller.ask('timeline', { ...whichRun(run), from }, told(run)),
    'runs.report': ({ run, lang, from = 0, madeAt = clock.now() }) =>
      teller.ask(
        'report',
        { ...whichRun(run), lang, from, madeAt, station, zone, departments, drill: drill() },
        told(run),
      ),
  };
}
