import type { EventDraft, Json } from '../ledger/envelope.ts';
import { seenOf } from '../ledger/register.ts';
import { Refusal } from '../refusal.ts';
import { factsOf, outcomeOf, type PlanRun, type RunOutcome } from './run.ts';
import { isSettled } from './states.ts';

/** What a run as a whole comes to. */
export type EndCommand =
  | { do: 'end'; outcome: RunOutcome; reason: string; force: boolean; actor: string }
  | { do: 'reopen'; reason: string; actor: string }
  | { do: 'rate'; stars: number; words: string; actor: string };

type Command<D extends EndCommand['do']> = Extract<EndCommand, { do: D }>;

/** An event of the run. */
export function draft(run: PlanRun, actor: string, type: string, body: { [key: string]: Json }): EventDraft {
  return { type, subject: run.id, actor, body };
}

/** Opens a settled step again, having seen how it was settled everywhere. */
export function reopened(run: PlanRun, step: string, { reason, actor }: { reason: string; actor: string }): EventDraft {
  const facts = factsOf(run, step);
  return draft(run, actor, 'step.reopened', {
    ...{ step, reason },
    seen: [...new Set([...seenOf(facts.outcome), ...seenOf(facts.chosen)])],
  });
}

/** All-clear, or abort: the one wants every step settled, the other leaves what is open as it is (P10, P15). */
export function end(run: PlanRun, command: Command<'end'>): EventDraft[] {
  if (run.ended) return [];
  const { outcome, reason, force, actor } = command;
  const ended = draft(run, actor, 'run.ended', { outcome, reason, seen: seenOf(run.end) });
  if (outcome === 'aborted') return [ended];
  const open = (run.plan?.steps ?? []).filter((step) => !isSettled(run, step.id));
  if (open.length > 0 && !force) {
    const first = open.slice(0, 3).map((step) => step.title);
    const rest = open.length - first.length;
    throw new Refusal('P10', {
      zh: `尚有 ${open.length} 项任务未结束：${first.map((t) => `“${t.zh}”`).join('、')}${rest > 0 ? '等' : ''}；请完成或跳过，或勾选“跳过未完成的 ${open.length} 项”并注明原因`,
      en: `still open: ${first.map((t) => `"${t.en}"`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}; finish or skip them, or tick “Skip the ${open.length} still open” and give a reason`,
    });
  }
  const skips = open.map((step) =>
    draft(run, actor, 'step.skipped', {
      ...{ step: step.id, reason, forced: true },
      seen: seenOf(factsOf(run, step.id).outcome),
    }),
  );
  return [...skips, ended];
}

/** The run goes on, with the steps that its end had skipped. */
export function reopenRun(run: PlanRun, { reason, actor }: Command<'reopen'>): EventDraft[] {
  if (!run.ended) return [];
  const skipped = (run.plan?.steps ?? []).filter(({ id }) => {
    const facts = factsOf(run, id);
    return facts.forced && outcomeOf(facts) === 'skipped'; // Done elsewhere meanwhile, it stays done (P7).
  });
  return [
    draft(run, actor, 'run.reopened', { reason, seen: seenOf(run.end) }),
    ...skipped.map(({ id }) => reopened(run, id, { reason, actor })),
  ];
}

export function rate(run: PlanRun, { stars, words, actor }: Command<'rate'>): EventDraft[] {
  if (!run.ended)
    throw new Refusal('P16', {
      zh: '预案仍在执行；解除响应后再评价',
      en: 'the plan is still running; rate it after the all-clear',
    });
  if (run.rating?.stars === stars && run.rating.words === words) return [];
  return [draft(run, actor, 'run.rated', { stars, words })];
}
