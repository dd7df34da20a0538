import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import { Refusal } from '../refusal.ts';
import { draft, type EndCommand, end, rate, reopened, reopenRun } from './decideEnd.ts';
import { lateSteps, type ReadySince } from './lateness.ts';
import type { PlanStep } from './planStep.ts';
import { chosenOf, factsOf, type PlanRun, stepOf } from './run.ts';
import { isSettled, stepState } from './states.ts';
import { decideUnit, type UnitCommand } from './stepUnits.ts';
import type { PlanTemplate } from './template.ts';

export type RunCommand =
  | {
      do: 'launch';
      plan: PlanTemplate;
      /** Names the plan's document, which stands in the chain before. */
      hash: string;
      incident: string;
      actor: string;
    }
  | { do: 'acknowledge'; step: string; actor: string }
  | { do: 'start'; step: string; actor: string }
  | { do: 'finish'; step: string; note: string | null; actor: string }
  | { do: 'skip'; step: string; reason: string; actor: string }
  | { do: 'decide'; step: string; option: string; actor: string }
  | { do: 'reopen-step'; step: string; reason: string; actor: string }
  | UnitCommand
  | EndCommand
  | {
      do: 'check-time';
      now: number;
      /** By the clock of `now`; without it steps count from their events' times. */
      since?: ReadySince;
      actor: string;
    }
  | { do: 'see-conflict'; conflict: string; actor: string };

type StepCommand = Extract<RunCommand, { step: string }>;

/** @throws Refusal naming the rule of SPEC.md that stands against the command. */
export function decideRun(run: PlanRun, command: RunCommand): EventDraft[] {
  if (command.do === 'launch') return launch(run, command);
  if (!run.plan) throw new Refusal('P11', { zh: `没有预案执行 ${run.id}`, en: `there is no plan run ${run.id}` });
  if (command.do === 'see-conflict') {
    if (!run.conflicts.some((c) => c.id === command.conflict))
      throw new Refusal('P11', { zh: '没有这条冲突', en: `no conflict ${command.conflict}` });
    return [draft(run, command.actor, 'conflict.seen', { conflict: command.conflict })];
  }
  if (command.do === 'check-time') return run.ended ? [] : overdue(run, command);
  if (command.do === 'end') return end(run, command);
  if (command.do === 'reopen') return reopenRun(run, command);
  if (command.do === 'rate') return rate(run, command);
  if (run.ended) throw new Refusal('P10', { zh: '该预案执行已结束', en: 'this plan run has ended' });
  return decideStep(run, command);
}

function launch(run: PlanRun, command: Extract<RunCommand, { do: 'launch' }>): EventDraft[] {
  if (run.plan) return [];
  const { plan, hash, incident, actor } = command;
  if (plan.status !== 'approved')
    throw new Refusal('P1', {
      zh: `《${plan.name.zh}》第 ${plan.version} 版未获批准（${plan.status}），不能启动`,
      en: `version ${plan.version} of "${plan.name.en}" is ${plan.status}; only an approved one is launched`,
    });
  const { version, name } = plan;
  return [draft(run, actor, 'run.launched', { incident, plan: { plan: plan.plan, version, name, hash } })];
}

function decideStep(run: PlanRun, command: StepCommand): EventDraft[] {
  const step = stepOf(run, command.step);
  if (!step)
    throw new Refusal('P11', { zh: `预案中没有任务 ${command.step}`, en: `the plan has no step "${command.step}"` });
  const state = stepState(run, step);
  const facts = factsOf(run, step.id);
  const make = (type: string, body: { [key: string]: Json } = {}) => [
    draft(run, command.actor, type, { step: step.id, ...body }),
  ];

  if (command.do === 'assign-unit' || command.do === 'release-unit') return decideUnit(run, step, state, command);
  if (command.do === 'reopen-step') {
    if (state === 'done' || state === 'skipped') return [reopened(run, step.id, command)];
    if (state !== 'not-taken') return [];
    throw new Refusal('P14', {
      zh: `“${step.title.zh}”本次不执行；请撤回其所依据的决策`,
      en: `"${step.title.en}" is not taken in this run; withdraw the decision it hangs on`,
    });
  }
  if (command.do === 'skip') {
    if (state === 'skipped') return [];
    if (state === 'done' || state === 'not-taken')
      throw new Refusal('P5', {
        zh: `“${step.title.zh}”${state === 'done' ? '已完成' : '本次不执行'}，不能跳过`,
        en: `"${step.title.en}" is ${state}; it cannot be skipped`,
      });
    return make('step.skipped', { reason: command.reason, seen: seenOf(facts.outcome) });
  }
  if (state === 'waiting') {
    const open = step.needs.filter((need) => !isSettled(run, need)).map((need) => stepOf(run, need)?.title);
    const zh = open.map((title) => `“${title?.zh}”`).join('、') || '决策';
    const en = open.map((title) => `"${title?.en}"`).join(', ') || 'a decision';
    throw new Refusal('P2', { zh: `“${step.title.zh}”须等待${zh}`, en: `"${step.title.en}" waits for ${en}` });
  }
  if (state === 'not-taken')
    throw new Refusal('P3', { zh: `“${step.title.zh}”本次不执行`, en: `"${step.title.en}" is not taken in this run` });
  switch (command.do) {
    case 'acknowledge':
      return facts.acknowledged || state === 'done' || state === 'skipped' ? [] : make('step.acknowledged');
    case 'start':
      return facts.started || state === 'done' || state === 'skipped' ? [] : make('step.started');
    case 'finish':
      if (step.kind === 'decision')
        throw new Refusal('P6', {
          zh: `“${step.title.zh}”是决策项，请选择其中一项`,
          en: `"${step.title.en}" is a decision: choose one of its options`,
        });
      if (state === 'done') return [];
      return make('step.finished', { note: command.note, seen: seenOf(facts.outcome) });
    case 'decide':
      return choose(step, chosenOf(facts), command.option, () =>
        make('step.decided', { option: command.option, seen: [...seenOf(facts.chosen), ...seenOf(facts.outcome)] }),
      );
  }
}

function choose(step: PlanStep, chosen: string | null, option: string, make: () => EventDraft[]): EventDraft[] {
  if (step.kind !== 'decision')
    throw new Refusal('P6', { zh: `“${step.title.zh}”不是决策项`, en: `"${step.title.en}" is not a decision` });
  if (!step.options.some((o) => o.id === option))
    throw new Refusal('P6', {
      zh: `“${step.title.zh}”没有选项 ${option}`,
      en: `"${step.title.en}" has no option "${option}"`,
    });
  if (chosen === option) return [];
  if (chosen !== null)
    throw new Refusal('P6', {
      zh: `“${step.title.zh}”已决定：${chosen}`,
      en: `"${step.title.en}" has been decided: ${chosen}`,
    });
  return make();
}

function overdue(run: PlanRun, command: Extract<RunCommand, { do: 'check-time' }>): EventDraft[] {
  return lateSteps(run, command.now, command.since).map(({ step, which }) =>
    draft(run, command.actor, 'step.overdue', { step: step.id, which, escalate: step.escalate ?? null }),
  );
}
