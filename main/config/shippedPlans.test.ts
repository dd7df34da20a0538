import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decideRun, type RunCommand } from '../../core/plans/decide.ts';
import { planDraft, planHash } from '../../core/plans/document.ts';
import { runAggregate } from '../../core/plans/evolve.ts';
import { factsOf, type PlanRun } from '../../core/plans/run.ts';
import { stepState } from '../../core/plans/states.ts';
import { PlanTemplate } from '../../core/plans/template.ts';
import { DEPARTMENTS } from '../../scripts/city/departments.ts';
import { PaperStation, sha256 } from '../../tests/fakes/fold.ts';
import { readYaml } from './readYaml.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
const files = globSync('resources/plans/*.yaml', { cwd: PROJECT }).sort();
const plans = files.map((file) => readYaml(file, read(file), PlanTemplate));
const kinds = (lang: string) => JSON.parse(read(`renderer/features/detail/words/${lang}.json`)).type;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Every way through a plan's decisions: an option for each. */
function waysThrough({ steps }: PlanTemplate): Record<string, string>[] {
  return steps.reduce<Record<string, string>[]>(
    (ways, { id, options }) =>
      options.length === 0 ? ways : ways.flatMap((way) => options.map((option) => ({ ...way, [id]: option.id }))),
    [{}],
  );
}

/** A run of a plan at one station, whose clock stands still but for what it is told. */
function launched(plan: PlanTemplate): PaperStation<PlanRun> {
  const station = new PaperStation<PlanRun>('A', runAggregate, 'run:1');
  const hash = planHash(plan, sha256);
  station.do(() => [planDraft(plan, hash, 'commander')], 0);
  station.do((run) => decideRun(run, { do: 'launch', plan, hash, incident: 'incident:1', actor: 'commander' }), 0);
  return station;
}

/** Ids of the steps that can be worked on now. */
function ready({ state }: PaperStation<PlanRun>): string[] {
  return (state.plan?.steps ?? []).flatMap((step) => (stepState(state, step) === 'ready' ? [step.id] : []));
}

/** Carries out whatever is ready until nothing is; @returns ids of the steps in the order in which they were done. */
function carryOut(station: PaperStation<PlanRun>, way: Record<string, string>): string[] {
  const done: string[] = [];
  for (let next = ready(station); next.length > 0; next = ready(station)) {
    for (const step of next) {
      const option = way[step];
      const command: RunCommand =
        option === undefined
          ? { do: 'finish', step, note: null, actor: 'a' }
          : { do: 'decide', step, option, actor: 'commander' };
      station.do((run) => decideRun(run, command), 0);
      done.push(step);
    }
  }
  return done;
}

describe.each(plans.map((plan) => [plan.plan, plan] as const))('the plan %s', (_name, plan) => {
  const { lanes, steps } = plan;
  const departments = new Set(DEPARTMENTS.map(({ id }) => id));

  test('is approved, has 15 to 25 steps, and a name by its file', () => {
    expect(plan.status).toBe('approved');
    expect(steps.length).toBeGreaterThanOrEqual(15);
    expect(steps.length).toBeLessThanOrEqual(25);
    expect(files).toContain(`resources/plans/${plan.plan}.yaml`);
  });

  test('says everything in both languages, each in its own, and in no more than a card has room for', () => {
    const titles = [...lanes, ...steps, ...steps.flatMap(({ options }) => options)].map(({ title }) => title);
    const details = steps.flatMap(({ detail }) => (detail ? [detail] : []));
    expect(plan.summary).toBeDefined();
    for (const { zh, en } of [plan.name, plan.summary ?? plan.name, ...titles, ...details]) {
      expect(zh, en).toMatch(/\p{Script=Han}/u);
      expect(en, zh).toMatch(/[a-z]/);
      expect(en, zh).not.toMatch(/\p{Script=Han}|[，。；：、]/u);
      expect(zh, en).not.toMatch(/[,;:?] ?\p{Script=Han}/u);
    }
    for (const { zh, en } of titles) {
      expect(zh.length, zh).toBeLessThanOrEqual(14);
      expect(en.length, en).toBeLessThanOrEqual(34);
    }
  });

  test('is for kinds of incident that have words', () => {
    for (const kind of plan.fits.incidents) {
      expect(kinds('zh-CN')[kind], kind).toMatch(/\p{Script=Han}/u);
      expect(kinds('en')[kind], kind).toMatch(/^[A-Z]/);
    }
  });

  test('has a department of the city for each lane, work for each lane, and escalates to a lane of its own', () => {
    for (const lane of lanes) {
      expect(departments, lane.id).toContain(lane.department);
      expect(steps.map((step) => step.lane)).toContain(lane.id);
    }
    const own = new Set(lanes.map(({ department }) => department));
    for (const { id, escalate } of steps) if (escalate !== undefined) expect(own, id).toContain(escalate);
    expect(new Set(lanes.map(({ department }) => department)).size).toBe(lanes.length);
  });

  test('gives every step time to be acknowledged and to be finished, such as people can keep', () => {
    for (const { id, acknowledge = 0, finish = 0 } of steps) {
      expect(acknowledge, id).toBeGreaterThanOrEqual(30);
      expect(acknowledge, id).toBeLessThanOrEqual(10 * MINUTE);
      expect(finish, id).toBeGreaterThanOrEqual(2 * acknowledge);
      expect(finish, id).toBeLessThanOrEqual(12 * HOUR);
    }
  });

  test('comes to its end whichever way is decided, and every step is on one of the ways', () => {
    const ways = waysThrough(plan);
    const reached = new Set<string>();
    for (const way of ways) {
      const station = launched(plan);
      const done = carryOut(station, way);
      const left = steps.filter(({ id }) => !done.includes(id));
      // What is left hangs on an option that was not chosen, and nothing else.
      for (const { id, when } of left) {
        expect(when && way[when.step], id).toBeDefined();
        expect(when?.option, id).not.toBe(way[when?.step ?? '']);
      }
      station.do((run) =>
        decideRun(run, { do: 'end', outcome: 'all-clear', reason: 'done', force: false, actor: 'commander' }),
      );
      expect(station.state.outcome).toBe('all-clear');
      for (const id of done) reached.add(id);
    }
    expect([...reached].sort()).toEqual(steps.map(({ id }) => id).sort());
    for (const { id, options } of steps) {
      for (const option of options)
        expect(
          steps.some(({ when }) => when?.step === id && when.option === option.id),
          `${id}: ${option.id}`,
        ).toBe(true);
    }
  });

  test('begins at once, and what nobody acknowledges is late, and escalated as it says', () => {
    const station = launched(plan);
    const first = steps.filter(({ id }) => ready(station).includes(id));
    expect(first.length).toBeGreaterThan(0);
    const latest = Math.max(...first.map(({ acknowledge = 0 }) => acknowledge));
    const readyAt = station.now;
    station.now += latest * 1000 + 1;
    const since = Object.fromEntries(first.map(({ id }) => [id, readyAt]));
    station.do((run) => decideRun(run, { do: 'check-time', now: station.now, since, actor: 'timer' }), 0);
    for (const { id, escalate = null } of first) {
      expect(factsOf(station.state, id).overdue, id).toBe('acknowledge');
      expect(factsOf(station.state, id).escalatedTo, id).toBe(escalate);
    }
  });
});
