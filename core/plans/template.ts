import { z } from 'zod';
import { LevelBody } from '../bodies.ts';
import { complaint } from '../complaint.ts';
import { fitsLimits } from '../ledger/canonical.ts';
import { MAX_EVENT_CHARS, MAX_EVENT_DEPTH } from '../ledger/texts.ts';
import { WrittenText } from '../plainText.ts';
import type { Text } from '../words.ts';
import { compileGraph } from './graph.ts';
import { Name, PlanStep } from './planStep.ts';

const Shape = z
  .object({
    plan: Name,
    version: z.number().int().positive(),
    status: z.enum(['draft', 'approved', 'retired']),
    name: WrittenText,
    summary: WrittenText.optional(),
    /** What it is meant for: kinds of incident, and the mildest level it is offered at. */
    fits: z.object({ incidents: z.array(z.string()).min(1), level: LevelBody }).strict(),
    lanes: z
      .array(z.object({ id: Name, department: Name, title: WrittenText }).strict())
      .min(1)
      .max(30),
    steps: z.array(PlanStep).min(1).max(300),
  })
  .strict();

type Shaped = z.infer<typeof Shape>;
type Complaint = (path: (string | number)[], message: Text) => void;

function checkUnique(ids: readonly string[], at: string, complain: Complaint): void {
  const seen = new Set<string>();
  ids.forEach((id, i) => {
    const twice = { zh: `编号“${id}”用了两次`, en: `"${id}" is used twice; every id must be its own` };
    if (seen.has(id)) complain([at, i, 'id'], twice);
    seen.add(id);
  });
}

function checkReferences(plan: Shaped, complain: Complaint): void {
  const lanes = new Set(plan.lanes.map((lane) => lane.id));
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  plan.steps.forEach((step, i) => {
    if (!lanes.has(step.lane)) complain(['steps', i, 'lane'], none('泳道', 'lane', step.lane));
    step.needs.forEach((need, j) => {
      if (!steps.has(need)) complain(['steps', i, 'needs', j], none('任务', 'step', need));
    });
    if (step.kind === 'decision' && step.options.length < 2)
      complain(['steps', i, 'options'], { zh: '决策至少要有两个选项', en: 'a decision needs at least two options' });
    if (step.kind === 'task' && step.options.length > 0)
      complain(['steps', i, 'options'], {
        zh: '只有决策才有选项；请加上 kind: decision',
        en: 'only a decision has options; add kind: decision',
      });
    if (!step.when) return;
    const decision = steps.get(step.when.step);
    if (decision?.kind !== 'decision')
      complain(['steps', i, 'when', 'step'], {
        zh: `“${step.when.step}”不是决策`,
        en: `"${step.when.step}" is not a decision`,
      });
    else if (!decision.options.some((option) => option.id === step.when?.option))
      complain(['steps', i, 'when', 'option'], {
        zh: `“${step.when.step}”没有选项“${step.when.option}”`,
        en: `"${step.when.step}" has no option "${step.when.option}"`,
      });
  });
}

const none = (zh: string, en: string, id: string): Text => ({
  zh: `没有${zh}“${id}”`,
  en: `there is no ${en} "${id}"`,
});

function checkAcyclic(plan: Shaped, complain: Complaint): void {
  const settled = new Set(compileGraph(plan).order);
  plan.steps.forEach((step, i) => {
    if (settled.has(i)) return;
    complain(['steps', i, 'needs'], {
      zh: `“${step.id}”在循环中等待自己`,
      en: `"${step.id}" waits for itself in a circle of needs`,
    });
  });
}

/**
 * The whole plan, in characters as a ledger counts them: a launch carries it in one event, with room for the rest of that event.
 * See core/ledger/texts.ts.
 */
export const MAX_PLAN_CHARS = MAX_EVENT_CHARS - 8 * 1024;

/** A plan as written in resources/plans/*.yaml: shape, references and freedom from circles are checked. */
export const PlanTemplate = Shape.superRefine((plan, context) => {
  const complain: Complaint = (path, said) => context.addIssue({ code: 'custom', path, ...complaint(said) });
  if (!fitsLimits(plan, { chars: MAX_PLAN_CHARS, depth: MAX_EVENT_DEPTH }))
    context.addIssue({
      code: 'custom',
      path: [],
      ...complaint(
        {
          zh: `整个预案超过 ${MAX_PLAN_CHARS} 个字符，启动后无法记录`,
          en: `the whole plan has more than ${MAX_PLAN_CHARS} characters; a launch could not be recorded`,
        },
        { zh: '请缩短说明，或拆成两个预案', en: 'Shorten the details, or make two plans of it.' },
      ),
    });
  checkUnique(
    plan.lanes.map((lane) => lane.id),
    'lanes',
    complain,
  );
  checkUnique(
    plan.steps.map((step) => step.id),
    'steps',
    complain,
  );
  checkReferences(plan, complain);
  checkAcyclic(plan, complain);
});
export type PlanTemplate = z.infer<typeof PlanTemplate>;
